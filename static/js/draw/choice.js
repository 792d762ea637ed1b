// What is pointed at and what is kept: by a click in the picture, in the answer, or in a text; and its
// numbers, where the reading came without.

import { createLate } from '../page/late.js';
import { stepsOf } from '../state/steps.js';
import { isCovered } from '../state/store.js';
import { same } from '../views/network/pointing.js';

/** @import { Neuron, State } from '../state/types.js' */

/**
 * The first layer that is looked at and has numbers that are not there yet.
 * @param {State} state as it is shown
 */
export const lacking = ({ reading, hovered, selected, held }) =>
  [held, hovered, selected]
    .map((neuron) => neuron?.layer)
    .find((name) => {
      const found = reading?.layers.find((layer) => layer.name === name);
      return found && !found.z;
    });

/**
 * @param {object} page
 * @param {{get(): State, set(change: Partial<State>): void}} page.store
 * @param {ReturnType<typeof import('../server/api.js')['createApi']>} page.api
 * @param {ReturnType<typeof import('../views/status.js')['createTroubles']>} page.tell
 */
export function createMissing({ store, api, tell }) {
  const want = createLate(async () => {
    const { createDetails } = await import('../sessions/details.js');
    return createDetails(api.details, store, tell('details'));
  })('want');

  return {
    /** @param {State} state as it is shown */
    follow(state) {
      const layer = lacking(state);
      if (layer) want(layer);
    },
  };
}

/** @param {{get(): State, set(change: Partial<State>): void}} store */
export function createChoice(store) {
  /** @param {Neuron | null} selected */
  const onSelect = (selected) =>
    store.set({ selected, from: null, ...(selected ? { against: null } : { tracing: false }) });

  /** Let go; a unit that was named by a question leads back to that. */
  function onBack() {
    const { from } = store.get();
    onSelect(null);
    if (from !== null) store.set({ against: from });
  }

  /** @type {Neuron | null} what was kept last */
  let kept = null;
  const onKept = () => onSelect(kept);

  /** What is so before something takes the network's place stays so below it.
   * @param {(state: State) => boolean} isOn */
  function whole(isOn) {
    let was = false;
    return () => {
      const state = store.get();
      const is = isOn(state);
      return (was = isCovered(state) ? was && is : is);
    };
  }

  return {
    onSelect,
    onBack,
    /** What was kept last is kept again. */
    onKept,
    /** @param {Neuron | null} hovered */
    onHover: (hovered) => store.set({ hovered }),

    /** Keep what is clicked, or let it go when it was kept. @param {Neuron} neuron */
    onKeep: (neuron) => onSelect(same(neuron, store.get().selected) ? null : neuron),

    /** A tap on the picture; while its arithmetic is open another unit takes the place, none leaves
     * it. @param {Neuron | null} neuron */
    onTap(neuron) {
      if (!store.get().inspecting || (neuron && neuron.layer !== 'input')) onSelect(neuron);
    },

    /** How far an LSTM is shown to have read. @param {number} row */
    onRow: (row) => store.set({ row: row < stepsOf(store.get().reading) ? row : null }),

    /** What Escape and Back let go while the whole network is to be seen. @param {() => boolean} isSmall the
     * screen: what is kept there lies in a sheet
     * @returns {import('../page/layers.js').Layer[]} */
    layers: (isSmall) => [
      {
        name: 'kept',
        isOpen: whole(({ selected }) => {
          kept = selected ?? kept;
          return !isSmall() && selected !== null;
        }),
        close: onBack,
        open: onKept,
      },
      {
        name: 'trace',
        isOpen: whole(({ tracing }) => tracing),
        close: () => store.set({ tracing: false }),
        open: () => store.set({ tracing: true }),
      },
    ],

    /** Units named in texts. */
    units: {
      onHover: (/** @type {Neuron | null} */ ringed) => store.set({ ringed }),
      onGo(/** @type {Neuron} */ selected) {
        const { against, from } = store.get();
        store.set({ selected, ringed: null, against: null, from: against ?? from, tracing: false });
      },
    },
  };
}
