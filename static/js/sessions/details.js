// Fetches the numbers that a reading came without, of a layer that is looked at: a convolution's sums z,
// an LSTM's cell and gates.

import { createFollower } from '../server/follower.js';
import { isRefusal } from '../server/api.js';

/** @import { Status } from '../server/follower.js' */
/** @import { Edit, LayerActivations, Reading, State } from '../state/types.js' */

/**
 * @param {(reading: Reading, layer: string, edits: Edit[], signal: AbortSignal) => Promise<LayerActivations>} ask
 * @param {{get(): State, set(change: Partial<State>): void}} store
 * @param {(status: Status, detail?: string) => void} tell
 * @param {import('../server/follower.js').Clock} [clock]
 */
export function createDetails(ask, store, tell, clock) {
  /** @typedef {{reading: Reading, layer: string, edits: Edit[]}} Wanted */
  /** @type {Wanted | null} */
  let newest = null;

  /** @type {ReturnType<typeof createFollower<Wanted, LayerActivations>>} */
  const follower = createFollower({
    request: ({ reading, layer, edits }, signal) => ask(reading, layer, edits, signal),
    onReply: ({ z, gates }, { reading, layer }) => {
      const found = reading.layers.find(({ name }) => name === layer);
      if (found) Object.assign(found, { z, gates });
      store.set({ detailed: store.get().detailed + 1 });
    },
    onStale: () => {},
    onStatus: tell,
    isFinal: isRefusal,
    clock,
  });

  return {
    /** Every number of a layer, for the reading that is shown. @param {string} layer */
    want(layer) {
      const { reading, edits } = store.get();
      if (!reading || (newest?.reading === reading && newest.layer === layer)) return;
      newest = { reading, layer, edits: edits[reading.model] ?? [] };
      follower.want(newest);
    },
  };
}
