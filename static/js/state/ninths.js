// Where in a drawing: the nine parts of the box around its ink.

import { SIDE } from './units.js';

const PARTS = 3; // the ink's box is parted so often each way
/** Nine places, row by row. */
export const PLACES = ['nw', 'n', 'ne', 'w', 'c', 'e', 'sw', 's', 'se'];

/**
 * What each ninth of the ink has: Σ of its pixels' parts. The ninths are those of the box around the pixels
 * that have a part, or that have ink.
 * @param {ArrayLike<number>} values 784 parts, row by row
 * @param {ArrayLike<number>} [ink] 784, where the box is to be around all of it
 * @returns {number[]} nine sums, row by row; all 0 where nothing is drawn
 */
export function ninthsOf(values, ink = values) {
  const [rows, columns] = [new Set(), new Set()];
  for (let i = 0; i < values.length; i++) {
    if (!ink[i]) continue;
    rows.add(Math.floor(i / SIDE));
    columns.add(i % SIDE);
  }
  const sums = new Array(PARTS * PARTS).fill(0);
  if (!rows.size) return sums;
  const [top, left] = [Math.min(...rows), Math.min(...columns)];
  const [high, wide] = [Math.max(...rows) - top + 1, Math.max(...columns) - left + 1];
  for (let i = 0; i < values.length; i++) {
    if (!ink[i]) continue;
    const row = Math.floor((PARTS * (Math.floor(i / SIDE) - top)) / high);
    const column = Math.floor((PARTS * ((i % SIDE) - left)) / wide);
    sums[PARTS * row + column] += values[i];
  }
  return sums;
}
