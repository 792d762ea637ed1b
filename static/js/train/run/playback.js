// The learning as a film: checkpoint after checkpoint, the next once the last one is on the screen.

import { indexOf, shownModel, watchedRun } from './selectors.js';

/** @import { State } from '../../state/types.js' */
/** @import { TrainState } from '../types.js' */

const FRAME = 140; // ms that a checkpoint stands at least

/**
 * @param {{get(): TrainState, set(change: Partial<TrainState>): void}} store
 * @param {() => State} page what is on the screen
 */
export function createFilm(store, page) {
  /** @type {ReturnType<typeof setTimeout> | null} */
  let timer = null;

  function step() {
    timer = null;
    const state = store.get();
    const checkpoints = watchedRun(state)?.checkpoints ?? [];
    if (!state.playing) return;
    const wanted = shownModel(state);
    if (wanted === null || page().model?.id === wanted) {
      const next = indexOf(checkpoints, state.batch) + 1;
      if (next >= checkpoints.length) {
        store.set({ playing: false, batch: null });
        return;
      }
      store.set({ batch: checkpoints[next].batch });
    }
    timer = setTimeout(step, FRAME);
  }

  return {
    /** From the checkpoint that is looked at, or from the first one when that is the last. */
    toggle() {
      const state = store.get();
      const checkpoints = watchedRun(state)?.checkpoints ?? [];
      if (state.playing || checkpoints.length < 2) {
        store.set({ playing: false });
        return;
      }
      const at = indexOf(checkpoints, state.batch);
      const batch = at === checkpoints.length - 1 ? checkpoints[0].batch : checkpoints[at].batch;
      store.set({ playing: true, batch });
      if (timer === null) timer = setTimeout(step, FRAME);
    },
  };
}
