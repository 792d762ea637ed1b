// What a brush does to a neuron's weights, and what is done to all of them at once.

import { cellOf } from '../../../views/pictures.js';

/** @import { Cells } from '../../../views/pictures.js' */

/** @typedef {'raise' | 'lower' | 'erase'} Brush */

/**
 * The weights within a brush's reach.
 * @param {Cells} cells
 * @param {number} count of weights
 * @param {number} index the weight under its middle
 * @param {number} width in cells: 1, 3, 5
 */
export function reached(cells, count, index, width) {
  const [middle, map] = [cellOf(cells, index), index % cells.maps];
  const most = (width / 2) ** 2;
  const found = [];
  for (let i = map; i < count; i += cells.maps) {
    const { x, y } = cellOf(cells, i);
    if ((x - middle.x) ** 2 + (y - middle.y) ** 2 <= most) found.push(i);
  }
  return found;
}

/**
 * @param {number} weight
 * @param {Brush} brush
 * @param {number} amount by which a stroke raises or lowers
 */
export function stroked(weight, brush, amount) {
  if (brush === 'erase') return 0;
  return brush === 'raise' ? weight + amount : weight - amount;
}

/** Left and right change places. @param {ArrayLike<number>} weights @param {Cells} cells */
export function mirrored(weights, { columns, maps }) {
  return Float64Array.from(weights, (_, i) => {
    const place = Math.floor(i / maps);
    const column = place % columns;
    return weights[(place + columns - 1 - 2 * column) * maps + (i % maps)];
  });
}

/** Every weight becomes the mean of itself and its neighbours.
 * @param {ArrayLike<number>} weights @param {Cells} cells */
export function smoothed(weights, { rows, columns, maps }) {
  return Float64Array.from(weights, (_, i) => {
    const place = Math.floor(i / maps);
    const [row, column] = [Math.floor(place / columns), place % columns];
    let [sum, count] = [0, 0];
    for (let y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
      for (let x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
        sum += weights[(y * columns + x) * maps + (i % maps)];
        count += 1;
      }
    }
    return sum / count;
  });
}

/**
 * An edge detector: a positive strip, negative around it, so that all weights add up to 0 and a
 * filled area counts for nothing.
 * @param {Cells} cells
 * @param {number} strength of the strip's weights
 */
export function edgeDetector({ rows, columns, maps }, strength) {
  const thick = Math.max(1, Math.round(rows / 9)); // 3 of 28 rows
  const top = Math.floor(rows / 3) - (rows < 9 ? 0 : 1);
  const [left, right] =
    columns < 9 ? [0, columns] : [Math.round(columns * 0.3), Math.round(columns * 0.7)];
  /** How far a place lies outside the strip. @param {number} row @param {number} column */
  const outside = (row, column) =>
    Math.max(top - row, row - (top + thick - 1), left - column, column - (right - 1), 0);
  const places = Array.from({ length: rows * columns }, (_, i) =>
    outside(Math.floor(i / columns), i % columns),
  );
  const inside = places.filter((distance) => distance === 0).length;
  const around = places.filter((distance) => distance > 0 && distance <= thick).length;
  return Float64Array.from({ length: rows * columns * maps }, (_, i) => {
    const distance = places[Math.floor(i / maps)];
    if (distance > thick) return 0;
    return distance === 0 ? strength : (-strength * inside) / around;
  });
}
