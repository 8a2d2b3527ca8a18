// Runs once when the place for an opened article loads: each article opens as a dialog, which
// gives the focus back to what opened it when it is closed.
watch('value', () => {
  const dialog = element.querySelector('dialog.reading');
  if (!dialog || dialog.open) return;
  dialog.showModal();
  dialog.querySelector('#reading-title').focus();
});
element.addEventListener('click', (event) => {
  if (event.target instanceof Element && event.target.closest('[data-close]')) element.querySelector('dialog').close();
});
