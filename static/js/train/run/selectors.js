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

/** The checkpoint whose network reads the drawing: where new ones come faster than they are read, what is said
 * and what is seen are the same one's. @param {TrainState} state @returns {Checkpoint | null} */
export function readCheckpoint(state) {
  const wanted = shownCheckpoint(state);
  if (!wanted || !isSound(wanted) || state.batch !== null) return wanted;
  const read = watchedRun(state)?.checkpoints.find(
    ({ batch }) => state.reads === `${state.watched}-${batch}`,
  );
  return read ?? wanted;
}

/** Whether a run is watched whose first weights are still to come.
 * @param {TrainState} state */
export const isAwaited = (state) => state.watched !== null && shownCheckpoint(state) === null;

/** Where the words are for who reads the drawing, or why nobody does.
 * @param {TrainState} state @param {boolean} isRead there is a network that reads it */
export function whoReads(state, isRead) {
  if (isAwaited(state)) return isRead ? 'mine.until' : 'mine.waits';
  if (isRead) return 'mine.about';
  return shownCheckpoint(state) && shownModel(state) === null ? 'mine.none' : 'mine.waits';
}

/** The network's id as of the checkpoint that is looked at; null when there is none to show.
 * @param {TrainState} state */
export function shownModel(state) {
  const checkpoint = shownCheckpoint(state);
  return checkpoint && isSound(checkpoint) ? `${state.watched}-${checkpoint.batch}` : null;
}
