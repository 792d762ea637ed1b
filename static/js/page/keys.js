// Keys that work anywhere on the page, and those that walk along a row of buttons.

/** @typedef {'trace' | 'play' | 'erase'} Letter */

const LETTERS = /** @type {Record<string, Letter>} */ ({ t: 'trace', p: 'play', e: 'erase' });
const TEXT = 'select, textarea, input:not([type="range"], [type="checkbox"], [type="radio"])';
const OWN = 'dialog[open], .menu[open]'; // has keys of its own

/**
 * What a key means in Latin letters. Under a Korean, Cyrillic or Greek keyboard, or while a word is
 * composed ("Process"), the letter is the one printed on the key in its place.
 * @param {string} key @param {string} [code]
 */
function letterOf(key, code = '') {
  const isLatin = /^\p{Script=Latin}$/u.test(key);
  const place = /^Key([A-Z])$/.exec(code);
  return (isLatin || !place ? key : place[1]).toLowerCase();
}

/**
 * @param {KeyboardEvent} event
 * @returns {'undo' | 'redo' | 'clear' | 'escape' | Letter | null} what the keys ask for
 */
export function askedBy({ key, code, ctrlKey, metaKey, altKey, shiftKey }) {
  const command = ctrlKey || metaKey;
  const pressed = letterOf(key, code);
  if (altKey) return null;
  if (command && pressed === 'z') return shiftKey ? 'redo' : 'undo';
  if (command) return pressed === 'y' ? 'redo' : null;
  if (pressed === 'delete') return 'clear';
  return pressed === 'escape' ? 'escape' : (LETTERS[pressed] ?? null);
}

/**
 * In a field of text the keys are the text's; Escape leaves the field, and what was typed stays.
 * @param {Record<'undo' | 'redo' | 'clear' | 'escape' | Letter, () => void>} actions
 */
export function listenForKeys(actions) {
  document.addEventListener('keydown', (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.defaultPrevented || target.closest(OWN)) return;
    const asked = askedBy(event);
    const isText = target.closest('input[type="text"], textarea') !== null;
    if (isText && asked === 'escape') target.blur();
    const isLetter = Object.values(LETTERS).some((each) => each === asked);
    if (!asked || isText || (isLetter && target.closest(TEXT))) return;
    if (asked !== 'escape') event.preventDefault();
    actions[asked]();
  });
}

/**
 * A row of buttons that is one stop of the Tab key: arrows walk within it.
 * @param {HTMLElement} row
 * @returns {HTMLButtonElement[]} its buttons
 */
export function rove(row) {
  const buttons = [...row.querySelectorAll('button')];

  /** @param {number} to */
  function stopAt(to) {
    buttons.forEach((button, i) => {
      button.tabIndex = i === to ? 0 : -1;
    });
  }

  row.addEventListener('keydown', (event) => {
    const from = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (from < 0 || step === undefined) return;
    event.preventDefault();
    buttons[(from + step + buttons.length) % buttons.length].focus();
  });
  row.addEventListener('focusin', (event) => {
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (at >= 0) stopAt(at);
  });
  stopAt(0);
  return buttons;
}
