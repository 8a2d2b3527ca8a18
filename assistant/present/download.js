// Runs once when the hidden place for files loads: what the server puts there is saved as a file.
watch('value', () => {
  const told = element.textContent.trim();
  if (!told) return;
  const file = JSON.parse(told);
  const bytes = Uint8Array.from(atob(file.base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([bytes], { type: file.type }));
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
});
