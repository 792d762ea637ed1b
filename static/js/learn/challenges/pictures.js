// Pictures of our own to try a neuron of the first layer with: a lying and a standing stroke, each at
// seven places, and a filled block.

import { SIDE } from '../../state/units.js';

const SHIFTS = [-3, -2, -1, 0, 1, 2, 3]; // rows of a lying stroke, columns of a standing one

/** The pixels of a filled rectangle, both ends included. @param {number} top @param {number} bottom
 * @param {number} left @param {number} right */
function rectangle(top, bottom, left, right) {
  const pixels = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= right; column += 1) pixels.push(row * SIDE + column);
  }
  return pixels;
}

/** Which pixels are 1, the picture in the middle first. @type {Record<string, number[][]>} */
const PICTURES = {
  bar: [0, ...SHIFTS.filter(Boolean)].map((by) => rectangle(13 + by, 14 + by, 7, 20)),
  post: [0, ...SHIFTS.filter(Boolean)].map((by) => rectangle(7, 20, 13 + by, 14 + by)),
  block: [rectangle(9, 18, 7, 20)],
};

/** @param {string} name @returns {number[][]} none for a name that there is not */
export const picturesOf = (name) => (Object.hasOwn(PICTURES, name) ? PICTURES[name] : []);
