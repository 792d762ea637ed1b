// Which checkpoint is looked at: pure functions of a run's checkpoints and the choice.

import { isSound } from '../../state/checkpoints.js';

/** @import { Checkpoint, Details, TrainState } from '../types.js' */

/** The run that is watched. @param {TrainState} state @returns {Details | null} */
export const watchedRun = ({ watched, details }) => (watched && details[watched]) || null;

/** Which one it is, from 0; the newest unless another was chosen; -1 without any.
 * @param {Checkpoint[]} checkpoints @param {number | null} batch */
export function indexOf(checkpoints, batch) {
  if (batch === null) return checkpoints.length - 1;
  let found = 0;
  checkpoints.forEach((each, i) => {
    if (Math.abs(each.batch - batch) < Math.abs(checkpoints[found].batch - batch)) found = i;
  });
  return checkpoints.length ? found : -1;
}

/** The checkpoint that is looked at. @param {TrainState} state @returns {Checkpoint | null} */
export function shownCheckpoint(state) {
  const checkpoints = watchedRun(state)?.checkpoints ?? [];
  return checkpoints[indexOf(checkpoints, state.batch)] ?? null;
}

/** The network's id as of the checkpoint that is looked at; null when there is none to show.
 * @param {TrainState} state */
export function shownModel(state) {
  const checkpoint = shownCheckpoint(state);
  return checkpoint && isSound(checkpoint) ? `${state.watched}-${checkpoint.batch}` : null;
}
