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
    const isClear = box && edge && box.bottom < edge.top - MARGIN && box.top > 4 * MARGIN;
    if (!box?.height || !edge?.height || isClear) return;
    window.scrollBy({ top: box.bottom - (2 * edge.top) / 3, behavior: 'instant' });
  }

  return {
    /** @param {State} state */
    update(state) {
      const { inspecting, selected } = state;
      const isUp = inspecting || isSheet(state);
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
