// A training's checkpoints as a way through maps: a few of them, from random weights to the newest.

/** @import { Run } from '../types.js' */
/** @import { Way } from './tour.js' */

const STOPS = 12;

/** Some of the batches, evenly among the checkpoints, the first and the newest with them.
 * @param {number[]} kept in order @param {number} [most] */
export function stopsOf(kept, most = STOPS) {
  if (kept.length <= most) return kept;
  return Array.from(
    { length: most },
    (_, i) => kept[Math.round((i * (kept.length - 1)) / (most - 1))],
  );
}

/**
 * @param {Run} run @param {number} batch that is shown @param {boolean} isThere
 * @returns {Way} by the ids of the networks
 */
export function wayThrough({ id, kept, isGrowing }, batch, isThere) {
  const stops = stopsOf(kept);
  const following = stops.find((each) => each > batch);
  return {
    first: `${id}-${stops[0] ?? batch}`,
    now: `${id}-${batch}`,
    following: following === undefined ? null : `${id}-${following}`,
    isThere,
    isGrowing,
  };
}
