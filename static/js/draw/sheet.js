// On a small screen what is kept or looked into comes as a sheet from below; its head says the answer,
// which would be out of sight otherwise.

import { byId, say } from '../page/dom.js';
import { isSheet } from '../state/store.js';
import { words } from '../views/answer.js';

/** @import { Neuron, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

const WAIT = 120; // frames

/**
 * @param {{store: {get(): State}, onSelect: (neuron: Neuron | null) => void, onClose: () => void}} page
 *   `onClose`: the inspector is to be closed
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createSheet({ store, onSelect, onClose }, t, numbers) {
  const head = byId('sheet-head');
  const readout = byId('readout');
  let wasOpen = false;
  byId('sheet-close').addEventListener('click', () =>
    store.get().inspecting ? onClose() : onSelect(null),
  );

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
    if (!box?.height || !edge?.height || box.bottom < edge.top - 16) return;
    window.scrollBy({ top: box.bottom - edge.top / 2, behavior: 'instant' });
  }

  return {
    /** @param {State} state */
    update(state) {
      const { inspecting } = state;
      const isUp = inspecting || isSheet(state);
      head.hidden = !isUp;
      readout.classList.toggle('sheet', isUp && !inspecting);
      if (isUp) {
        const answer = state.reading?.prediction ?? null;
        const digit =
          answer !== null && !state.reading?.probabilities ? numbers.dollars(answer) : answer;
        say(byId('sheet-digit'), digit === null ? '' : String(digit));
        say(byId('sheet-sure'), words(state, t, numbers).sure);
        if (!wasOpen) requestAnimationFrame(() => uncover());
      }
      wasOpen = isUp;
    },
  };
}
