// Why this answer and not another: asked under the answer, told below the network. At a mistake it
// opens by itself. What tells it comes when it is first asked.

import { byId, loadSheet } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { joined } from '../../page/words.js';
import { missed, rivalsOf } from '../../state/ends.js';
import { createChanged, isCovered } from '../../state/store.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { UnitEvents } from '../../views/unit-link.js' */

/**
 * @param {object} page
 * @param {{get(): State, set(change: Partial<State>): void}} page.store
 * @param {ReturnType<typeof import('../../server/api.js')['createApi']>} page.api
 * @param {ReturnType<typeof import('../../views/status.js')['createTroubles']>} page.tell
 * @param {UnitEvents} page.events
 * @param {boolean} page.isClosed nothing was asked when the visitor left: at what is brought back nothing opens
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createWhy({ store, api, tell, events, isClosed }, t, numbers) {
  /** @typedef {{derive: (state: State) => State, follow: (whole: State, state: State, isOpen: boolean) => void,
   *   update: (state: State) => void}} Telling */
  /** @type {Telling | null} */
  let telling = null;
  let isComing = false;
  let byItself = false;
  let isFirst = true; // reading of this page
  let came = false; // with the page: whoever goes back wants the page from before, not its closing
  /** What was asked last. @type {[against: number | 'next', asked: number]} */
  let last = ['next', 0];
  const changed = createChanged();

  /** @param {number | 'next' | null} against what the answer is held against, null to close
   * @param {number} [asked] which output's answer */
  function onAsk(against, asked = 0) {
    byItself = came = false;
    store.set(
      against === null
        ? { against, from: null }
        : {
            against,
            from: null,
            asked,
            selected: null, // the picture is the question's, no kept neuron's
            tracing: false,
            inspecting: false,
            comparing: false,
            teaching: false,
          },
    );
  }

  async function fetchTelling() {
    isComing = true;
    const [{ createTelling }, words] = await Promise.all([
      import('./telling.js'),
      loadWords('told'),
      loadSheet('why'),
    ]).finally(() => (isComing = false));
    telling = createTelling(
      {
        container: byId('why'),
        store,
        ask: api.lead,
        tell: tell('lead'),
        events,
        onClose: () => onAsk(null),
      },
      joined(t, words),
      numbers,
    );
    store.set({});
  }

  /** @param {State} whole */
  function watchMistakes(whole) {
    const { readOf, reading } = whole;
    if (!reading || !changed({ readOf, model: reading.model })) return;
    const label = isClosed ? null : missed(whole);
    const isArrival = isFirst;
    isClosed = isFirst = false;
    if (whole.teaching || whole.quiet) return; // a mistake is what one looks for there, or is told of
    if (label !== null && whole.selected === null) {
      if (!byItself) came = isArrival;
      byItself = true;
      store.set({ against: label, asked: 0 });
    } else if (byItself) onAsk(null);
  }

  /** @param {State} state */
  const isOpen = (state) =>
    state.against !== null &&
    !state.moment &&
    !state.tracing &&
    !isCovered(state) &&
    rivalsOf(state.reading, 0, state.asked) !== null;

  return {
    onAsk,
    /** @type {import('../../page/layers.js').Layer} */
    layer: {
      name: 'why',
      isOpen: () => !isCovered(store.get()) && store.get().against !== null,
      close: () => onAsk(null),
      get open() {
        return came ? undefined : () => onAsk(...last);
      },
    },
    /** The state with what follows from the question. @param {State} whole @param {State} state as it
     * is shown @returns {State} */
    derive(whole, state) {
      watchMistakes(whole);
      if (whole.against !== null) last = [whole.against, whole.asked];
      const open = isOpen(state);
      telling?.follow(whole, state, open && whole.reading?.input.pixels !== undefined);
      if (!open) return state;
      if (!telling && !isComing) fetchTelling();
      return telling?.derive(state) ?? state;
    },
    /** @param {State} state */
    update(state) {
      byId('why').hidden = state.lead === null;
      byId('readout').hidden = state.lead !== null;
      telling?.update(state);
    },
  };
}
