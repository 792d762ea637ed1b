// Keys that work anywhere on the page.

/** @typedef {'trace' | 'play' | 'erase'} Letter */

const LETTERS = /** @type {Record<string, Letter>} */ ({ t: 'trace', p: 'play', e: 'erase' });
const TEXT = 'select, textarea, input:not([type="range"], [type="checkbox"], [type="radio"])';

/**
 * @param {KeyboardEvent} event
 * @returns {'undo' | 'redo' | 'clear' | 'escape' | Letter | null} what the keys ask for
 */
export function askedBy({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  const command = ctrlKey || metaKey;
  const pressed = key.toLowerCase();
  if (altKey) return null;
  if (command && pressed === 'z') return shiftKey ? 'redo' : 'undo';
  if (command) return pressed === 'y' ? 'redo' : null;
  if (pressed === 'delete' || pressed === 'backspace') return 'clear';
  return pressed === 'escape' ? 'escape' : (LETTERS[pressed] ?? null);
}

/**
 * @param {Record<'undo' | 'redo' | 'clear' | 'escape' | Letter, () => void>} actions
 */
export function listenForKeys(actions) {
  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || target.closest('[open], input[type="text"], textarea')) return;
    const asked = askedBy(event);
    if (!asked || (event.key in LETTERS && target.closest(TEXT))) return;
    event.preventDefault();
    actions[asked]();
  });
}
