// A picture of a digit instead of a drawing: chosen, pasted, or dropped on the page.

/**
 * The first picture among files, if there is one; a file of another kind is the server's to refuse.
 * @param {DataTransfer | null} transfer
 */
const fileOf = (transfer) => transfer?.files[0] ?? null;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLInputElement} input
 * @param {HTMLElement} pad
 * @param {(file: File) => void} onImage
 */
export function listenForImages(button, input, pad, onImage) {
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = ''; // the same file may be chosen again
    if (file) onImage(file);
  });
  document.addEventListener('paste', (event) => {
    const file = fileOf(event.clipboardData);
    if (file) onImage(file);
  });
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    pad.classList.add('dropping');
  });
  for (const end of ['dragleave', 'drop']) {
    document.addEventListener(end, () => pad.classList.remove('dropping'));
  }
  document.addEventListener('drop', (event) => {
    const file = fileOf(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    onImage(file);
  });
}
