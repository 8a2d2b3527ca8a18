// Runs once when the place below the line for a new source loads: a source that was taken leaves
// the line empty for the next one, one that was not stays to be corrected.
watch('value', () => {
  const line = document.querySelector('#new-source');
  if (!line) return;
  line.setAttribute('aria-invalid', element.querySelector('.trouble') ? 'true' : 'false');
  if (element.querySelector('.added')) line.value = '';
});
