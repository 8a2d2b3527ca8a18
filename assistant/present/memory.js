// Keeps the conversation in this tab, over a reload and no longer: what the server packed comes
// here, "-" forgets it. Nothing of it is read here.
const KEY = 'townbook.conversation';
watch('value', () => {
  const packed = element.textContent.trim();
  try {
    if (packed === '-' || !packed) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, packed);
  } catch { /* no room, or not allowed: the conversation then ends with the page */ }
});
