// A filter of a convolutional layer at every place of a picture.

import { SIDE } from '../../../state/units.js';

/**
 * One filter.
 * @typedef {object} Filter
 * @property {number} side of its square
 * @property {Float64Array} weights row by row
 * @property {number} bias
 */

/** The filters of a layer that reads one channel: W is (side, side, 1, filters).
 * @param {import('../../../state/types.js').Weights | null | undefined} weights @param {string} layer
 * @returns {Filter[] | null} null where there are none */
export function filtersOf(weights, layer) {
  const [kernel, bias] = [weights?.get(`${layer}/W`), weights?.get(`${layer}/b`)];
  if (!kernel || !bias || kernel.shape.length !== 4 || kernel.shape[2] !== 1) return null;
  const [side, , , count] = kernel.shape;
  return Array.from({ length: count }, (_, k) => ({
    side,
    weights: Float64Array.from({ length: side * side }, (__, i) => kernel.data[i * count + k]),
    bias: bias.data[k],
  }));
}

/** What a filter gives with its middle at one place, before the ReLU; beyond the edge is empty paper.
 * @param {Filter} filter @param {ArrayLike<number>} pixels @param {number} at */
export function sumAt({ side, weights, bias }, pixels, at) {
  const half = (side - 1) / 2;
  const [row, column] = [Math.floor(at / SIDE), at % SIDE];
  let sum = bias;
  for (let y = 0; y < side; y += 1) {
    for (let x = 0; x < side; x += 1) {
      const [r, c] = [row + y - half, column + x - half];
      if (r >= 0 && c >= 0 && r < SIDE && c < SIDE)
        sum += weights[y * side + x] * pixels[r * SIDE + c];
    }
  }
  return sum;
}

/** The whole map of a filter, with its ReLU. @param {Filter} filter @param {ArrayLike<number>} pixels */
export const mapOf = (filter, pixels) =>
  Float64Array.from({ length: SIDE * SIDE }, (_, at) => Math.max(0, sumAt(filter, pixels, at)));

/** How many pixels two places lie apart, along rows or columns, whichever is more. @param {number} one
 * @param {number} other */
export const apart = (one, other) =>
  Math.max(
    Math.abs(Math.floor(one / SIDE) - Math.floor(other / SIDE)),
    Math.abs((one % SIDE) - (other % SIDE)),
  );

/** Where a map is brightest; of places just as bright, the one nearest to another. @param {Float64Array} map
 * @param {number} at */
export function bestOf(map, at) {
  let best = at;
  map.forEach((value, place) => {
    const isNearer = value === map[best] && apart(at, place) < apart(at, best);
    if (value > map[best] || isNearer) best = place;
  });
  return best;
}

/** How near a place is to the brightest of a map, or to one just as bright. @param {Float64Array} map
 * @param {number} at */
export const nearness = (map, at) => apart(at, bestOf(map, at));
