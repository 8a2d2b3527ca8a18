// Runs once when the line beside the question loads. While a question is edited it says so; the
// words to be changed are selected, and one button leaves all as it was.
watch('value', () => {
  const told = element.querySelector('[data-editing]');
  if (!told) return;
  requestAnimationFrame(() => requestAnimationFrame(() => {
    const box = document.querySelector('#question textarea');
    if (!box) return;
    box.focus();
    const { start, end } = told.dataset;
    if (start !== undefined) box.setSelectionRange(Number(start), Number(end));
    else box.setSelectionRange(box.value.length, box.value.length);
  }));
});
element.addEventListener('click', (event) => {
  if (!(event.target instanceof Element) || !event.target.closest('#keep')) return;
  trigger('keep');
  document.querySelector('#question textarea')?.focus();
});
