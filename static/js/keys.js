// Keys that work anywhere on the page.

/**
 * @param {KeyboardEvent} event
 * @returns {'undo' | 'redo' | 'clear' | 'escape' | null} what the keys ask for
 */
export function askedBy({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const command = ctrlKey || metaKey;
  const pressed = key.toLowerCase();
  if (altKey) return null;
  if (command && pressed === 'z') return shiftKey ? 'redo' : 'undo';
  if (command) return pressed === 'y' ? 'redo' : null;
  if (pressed === 'delete' || pressed === 'backspace') return 'clear';
  return pressed === 'escape' ? 'escape' : null;
}

/**
 * @param {Record<'undo' | 'redo' | 'clear' | 'escape', () => void>} actions
 */
export function listenForKeys(actions) {
  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || target.closest('[open], input[type="text"], textarea')) return;
    const asked = askedBy(event);
    if (!asked) return;
    event.preventDefault();
    actions[asked]();
  });
}
