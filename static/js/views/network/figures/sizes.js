// How large each layer's figure is in the room there is: pixels, circles, a grid of small circles.

import { Lattice } from './lattice.js';

/** @import { Kit } from '../kit.js' */

/**
 * @typedef {object} Room
 * @property {boolean} sideways the pass runs from left to right, else from top to bottom
 * @property {number} across px that the figures have along the pass
 * @property {number} along px that a layer may be long, square to the pass
 * @property {number} rem the page's type size in px
 * @property {number} ratio device pixels in a CSS pixel
 * @property {'grid' | 'column'} [inputAs] how the input stands
 * @property {Kit | null} [kit] what draws maps, steps and a column, once it is here
 */

export const MOST_CIRCLES = 24; // larger layers are grids

/**
 * Down to a whole device pixel, so that cells are crisp.
 * @param {number} value @param {number} ratio
 */
export const crisp = (value, ratio) => Math.floor(value * ratio) / ratio;

/**
 * The input: a cell for every pixel.
 * @param {number} count @param {number} columns @param {number} share of the room, at most
 * @param {Room} room
 */
export function pixels(count, columns, share, { sideways, across, along, rem, ratio }) {
  const side = sideways
    ? Math.min(along * 0.78, across * share, 26 * rem)
    : Math.min(along * share, 15 * rem);
  const cell = Math.max(3, crisp(side / columns, ratio));
  return new Lattice({ count, columns, pitchX: cell, pitchY: cell, size: cell });
}

/**
 * A small layer: a line of circles.
 * @param {number} count @param {boolean} last the output has more room @param {Room} room
 */
export function circles(count, last, { sideways, along, rem }) {
  const pitch = Math.min(along / Math.max(count, 8), (last ? 3.25 : 2.75) * rem);
  const size = Math.min(pitch * 0.76, (last ? 2.25 : 2) * rem);
  return sideways
    ? new Lattice({ count, columns: 1, pitchX: size, pitchY: pitch, size })
    : new Lattice({ count, columns: count, pitchX: pitch, pitchY: size, size });
}

/**
 * A wide layer: a grid of small circles, long square to the pass.
 * @param {number} count @param {Room} room
 */
export function grid(count, { sideways, along, across, rem, ratio }) {
  const least = (sideways ? 0.875 : 1.25) * rem; // a finger needs more
  const length = lengthOf(count, Math.max(1, Math.floor(along / least)));
  const breadth = Math.ceil(count / length);
  const most = Math.min(along / length, 1.375 * rem, sideways ? (across * 0.22) / breadth : along);
  const pitch = Math.max(5, crisp(most, ratio));
  const columns = sideways ? breadth : length;
  return new Lattice({ count, columns, pitchX: pitch, pitchY: pitch, size: pitch * 0.76 });
}

/**
 * How many neurons stand in a line, so that the grid has few lines and these are evenly filled.
 * @param {number} count @param {number} most that fit
 */
export function lengthOf(count, most) {
  const lines = Math.ceil(count / most);
  return Math.ceil(count / lines);
}
