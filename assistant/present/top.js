// Runs once when the top bar loads; element and watch belong to the bar. The document is in the
// language that the bar marks as chosen: screen readers pronounce the page by it.
watch('value', () => {
  const chosen = element.querySelector('nav.languages a[aria-current]');
  if (chosen) document.documentElement.lang = chosen.lang;
});
