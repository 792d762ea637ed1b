// On a small screen what is kept or looked into comes as a sheet from below; its head says the answer,
// which would be out of sight otherwise.

import { byId, say } from '../../page/dom.js';
import { same } from '../../views/network/pointing.js';
import { isSheet } from '../../state/store.js';
import { answerIn } from './strip.js';

/** @import { Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const WAIT = 120; // frames
const MARGIN = 16; // px that stay free around what was tapped

/**
 * How far the page has to be scrolled for what was tapped to be seen; 0 if it is.
 * @param {Pick<DOMRect, 'top' | 'bottom'>} box of what was tapped, in the window
 * @param {Pick<DOMRect, 'top' | 'left'>} edge of the sheet: it lies below, or on a phone on its side beside
 * @param {number} height px of the window
 */
export function toUncover({ top, bottom }, { top: edge, left }, height) {
  const free = left > 0 ? height : edge;
  return bottom < free - MARGIN && top > 4 * MARGIN ? 0 : bottom - (2 * free) / 3;
}

/**
 * @param {{store: {get(): State}, onSelect: (neuron: Neuron | null) => void, onClose: () => void}} page
 *   `onClose`: the inspector is to be closed
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createSheet({ store, onSelect, onClose }, t, numbers) {
  const head = byId('sheet-head');
  const readout = byId('readout');
  /** @type {Neuron | null} */
  let shown = null;
  /** How the page was scrolled before the sheet, and for it. @type {{from: number, to: number} | null} */
  let scrolled = null;
  byId('sheet-close').addEventListener('click', () => {
    if (store.get().inspecting) onClose();
    onSelect(null); // no other sheet comes up in its place; Back is for that
  });

  /** What was tapped stays in sight, above the sheet. Its value comes a moment later, the first time.
   * @param {number} [frames] to wait for it */
  function uncover(frames = WAIT) {
    const [box, edge] = [document.querySelector('.neuron-chip:not([hidden])'), head].map((each) =>
      each?.getBoundingClientRect(),
    );
    if (!box?.height && frames > 0 && store.get().selected) {
      requestAnimationFrame(() => uncover(frames - 1));
      return;
    }
    if (!box?.height || !edge?.height) return;
    const by = toUncover(box, edge, window.innerHeight);
    if (!by) return;
    const from = scrolled?.to === window.scrollY ? scrolled.from : window.scrollY;
    window.scrollBy({ top: by, behavior: 'instant' });
    scrolled = { from, to: window.scrollY };
  }

  /** Back to where one was, unless one has scrolled since. */
  function restore() {
    if (scrolled?.to === window.scrollY)
      window.scrollTo({ top: scrolled.from, behavior: 'instant' });
    scrolled = null;
  }

  return {
    /** @param {State} state */
    update(state) {
      const { inspecting, selected } = state;
      const isUp = inspecting || isSheet(state);
      if (!isUp && shown) restore();
      head.hidden = !isUp;
      readout.classList.toggle('sheet', isUp && !inspecting);
      if (isUp) {
        const { digit, sure } = answerIn(state, t, numbers);
        say(byId('sheet-digit'), digit);
        say(byId('sheet-sure'), sure);
        if (!same(selected, shown)) requestAnimationFrame(() => uncover());
      }
      shown = isUp ? selected : null;
    },
  };
}
