// Text to the clipboard, also where the page came over plain http and the browser has none to offer.

/**
 * Copy what an element shows. Without the browser's clipboard what is selected is copied the old way;
 * it stays selected, so that the keys for copying work where nothing else does.
 * @param {HTMLElement} element a field, or any element with text
 * @returns {Promise<boolean>} whether it was copied
 */
export async function copyFrom(element) {
  const isField = element instanceof HTMLInputElement;
  const text = isField ? element.value : (element.textContent ?? '');
  const copied = await navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  );
  if (isField) element.select();
  else if (!copied) getSelection()?.selectAllChildren(element);
  return copied || document.execCommand('copy');
}
