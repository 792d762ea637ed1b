// What is presented, known to all windows of this browser that present it: either may drive, a reload
// loses nothing, and no network is needed.

const KEY = 'present';

/**
 * @typedef {object} Deck
 * @property {string} chapter
 * @property {string} step
 * @property {boolean} black
 * @property {number} began ms since 1970
 * @property {Asked | null} poll what the class is asked
 * @property {number[]} shown what of the step has been shown, by `partsOf` (press.js)
 * @property {Record<string, number[]>} seen what was last shown of each step of the talk, by `placeKey`
 * @property {{chapter: string, step: string} | null} last where the talk was, also from the list of chapters
 */

/** @typedef {{part: number, round: 'first' | 'second' | 'shown'}} Asked a poll about a part of the step */

/** @param {unknown} value @returns {Asked | null} */
function asked(value) {
  if (typeof value !== 'object' || value === null) return null;
  const { part, round } = /** @type {Record<string, unknown>} */ (value);
  const isRound = round === 'first' || round === 'second' || round === 'shown';
  return isRound && typeof part === 'number' && Number.isInteger(part) && part >= 0
    ? { part, round }
    : null;
}

/** @param {unknown} value @returns {Deck['last']} */
function place(value) {
  if (typeof value !== 'object' || value === null) return null;
  const { chapter, step } = /** @type {Record<string, unknown>} */ (value);
  return typeof chapter === 'string' && typeof step === 'string' ? { chapter, step } : null;
}

/** A step's name within the talk; '' is a chapter's first. @param {string} chapter @param {string} step */
export const placeKey = (chapter, step) => `${chapter}/${step}`;

/** @param {unknown} value @returns {number[]} */
const parts = (value) =>
  Array.isArray(value) ? value.filter((part) => Number.isInteger(part) && part >= 0) : [];

/** @param {unknown} value @returns {Deck['seen']} */
const seenIn = (value) =>
  typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([key, shown]) => [key, parts(shown)]))
    : {};

/** What was shown, with what is shown of a step now; a chapter that begins anew has shown nothing yet.
 * @param {Deck} deck @returns {Deck['seen']} */
function seenWith({ chapter, step, shown, seen }) {
  if (!chapter) return seen;
  const others = Object.entries(seen).filter(([key]) => step || !key.startsWith(`${chapter}/`));
  return { ...Object.fromEntries(others), [placeKey(chapter, step)]: shown };
}

/** @param {unknown} value @returns {Partial<Deck>} what of it can be used */
function usable(value) {
  if (typeof value !== 'object' || value === null) return {};
  const { chapter, step, black, began, poll, shown, seen, last } =
    /** @type {Record<string, unknown>} */ (value);
  return {
    ...(typeof chapter === 'string' ? { chapter } : {}),
    ...(typeof step === 'string' ? { step } : {}),
    ...(typeof black === 'boolean' ? { black } : {}),
    poll: asked(poll),
    shown: parts(shown),
    seen: seenIn(seen),
    last: place(last),
    ...(typeof began === 'number' && Number.isFinite(began) ? { began } : {}),
  };
}

/**
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} storage
 * @param {(deck: Deck) => void} onChange another window has changed it
 * @param {Pick<Window, 'addEventListener'>} [browser]
 */
export function createDeck(storage, onChange, browser = window) {
  /** @type {Deck} */
  let deck = {
    chapter: '',
    step: '',
    black: false,
    began: Date.now(),
    poll: null,
    shown: [],
    seen: {},
    last: null,
  };

  function load() {
    try {
      deck = { ...deck, ...usable(JSON.parse(storage().getItem(KEY) ?? 'null')) };
    } catch {
      // a browser that keeps nothing presents in one window
    }
  }

  load();
  browser.addEventListener('storage', (event) => {
    if (event.key !== KEY) return;
    load();
    onChange(deck);
  });

  return {
    get: () => deck,
    /** @param {Partial<Deck>} change */
    set(change) {
      const isOther =
        (change.chapter ?? deck.chapter) !== deck.chapter ||
        (change.step ?? deck.step) !== deck.step;
      deck = { ...deck, ...(isOther ? { poll: null, shown: [] } : {}), ...change };
      deck.seen = seenWith(deck);
      if (deck.chapter) deck.last = { chapter: deck.chapter, step: deck.step };
      try {
        storage().setItem(KEY, JSON.stringify(deck));
      } catch {
        // this window goes on alone
      }
      onChange(deck);
    },
  };
}

/** @typedef {'next' | 'back' | 'black' | 'light' | 'screen' | 'speaker' | 'poll' | 'reveal'} Wish */

const WRITES = 'input:not([type=radio], [type=checkbox]), select, textarea, [contenteditable]';
const PRESSED = 'a[href], button, input, select, textarea, summary, [role=button], [tabindex="0"]';

/**
 * What a key asks for where it was pressed: one that a field or a button needs stays with it, and a page
 * is turned by Page Up and Page Down from anywhere.
 * @param {Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'target' | 'defaultPrevented'>} event
 * @returns {Wish | null}
 */
export function wishOf(event) {
  if (['PageDown', 'PageUp', 'Escape'].includes(event.key)) return askedBy(event);
  if (event.defaultPrevented) return null;
  // not instanceof: what was pressed may lie in a frame
  const at = /** @type {Element | null} */ (event.target);
  const within = (/** @type {string} */ kinds) => Boolean(at?.closest?.(kinds));
  if (within(WRITES)) return null;
  if ((event.key === 'Enter' || event.key === ' ') && within(PRESSED)) return null;
  if (['ArrowUp', 'ArrowDown'].includes(event.key) && within('input')) return null; // among choices
  return askedBy(event);
}

/**
 * What a key of a keyboard or a clicker asks for.
 * @param {Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey'>} event
 * @returns {Wish | null}
 */
export function askedBy({ key, code, ctrlKey, metaKey, altKey }) {
  if (ctrlKey || metaKey || altKey) return null;
  if (['ArrowRight', 'ArrowDown', 'PageDown', 'Enter', ' '].includes(key)) return 'next';
  if (['ArrowLeft', 'ArrowUp', 'PageUp'].includes(key)) return 'back';
  if (key === '.' || code === 'KeyB') return 'black';
  if (key === 'Escape') return 'light'; // no longer black; of itself it ends the full screen
  if (code === 'KeyF') return 'screen';
  if (code === 'KeyV') return 'poll';
  if (code === 'KeyR') return 'reveal';
  return code === 'KeyS' ? 'speaker' : null;
}
