// What is fetched when first a run is watched.

/** @import { TrainState } from './types.js' */

/** @param {() => Promise<{update(state: TrainState): unknown}>} load */
export function createLate(load) {
  /** @type {{update(state: TrainState): unknown} | null} */
  let view = null;
  let isComing = false;
  /** @type {TrainState} */
  let latest;
  return {
    /** @param {TrainState} state */
    update(state) {
      latest = state;
      view?.update(state);
      if (state.watched === null || isComing) return;
      isComing = true;
      load().then(
        (made) => {
          view = made;
          made.update(latest);
        },
        () => (isComing = false), // with the next news of the run
      );
    },
  };
}
