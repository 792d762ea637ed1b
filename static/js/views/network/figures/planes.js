// How large the figures of layers that are no lines of neurons are: feature maps, an LSTM's steps.

import { Lattice } from './lattice.js';
import { crisp } from './sizes.js';
import { Steps } from './steps.js';
import { Tiles } from './tiles.js';
import { SIDE } from '../../../state/units.js';

/** @import { Room } from './sizes.js' */

const TILE = 6; // rem: downwards a map of 28 rows need not be larger
const TILES_HIGH = 18; // rem: nor a figure of maps

/** A map's side grows with the root of its rows: twice as many rows need not be twice as large.
 * @param {number} rows @param {number} unit px */
const sideOf = (rows, unit) => Math.floor(unit * Math.sqrt(rows));

/** @param {number} count @param {number} most @returns the most in a line that fit and fill all lines */
const evenly = (count, most) => {
  for (let each = Math.min(count, most); each > 1; each--) if (count % each === 0) return each;
  return 1;
};

/**
 * Feature maps: tiles of all layers by one measure, as large as the room allows, in full rows.
 * @param {number[][]} shapes rows, columns, maps of each layer
 * @param {number} across px that they have along the pass together, sideways
 * @param {Room} room
 * @returns {Tiles[]}
 */
export function tiles(shapes, across, { sideways, along, rem }) {
  const gap = Math.max(3, Math.floor(0.375 * rem));
  const made = (/** @type {number} */ unit) =>
    shapes.map(([rows, columns, maps]) => {
      const side = Math.max(7, sideOf(Math.max(rows, columns), unit));
      const fit = Math.max(1, Math.floor((along + gap) / (side + gap)));
      const line = evenly(maps, fit); // tiles square to the pass
      const count = sideways ? maps / line : line;
      return new Tiles({
        maps,
        rows,
        columns,
        across: count,
        cell: side / Math.max(rows, columns),
        gap,
      });
    });
  const fits = (/** @type {Tiles[]} */ figures) =>
    sideways
      ? figures.reduce((sum, { width }) => sum + width, 0) <= across &&
        figures.every(({ height }) => height <= along)
      : figures.every(({ height, width }) => height <= TILES_HIGH * rem && width <= along);
  let unit = ((sideways ? 3 * TILE : TILE) * rem) / Math.sqrt(SIDE);
  while (unit > 2 && !fits(made(unit))) unit *= 0.98;
  return made(unit);
}

const NUMBER = 1.625; // rem: how wide a step's number is at most

/**
 * A pen's way: a row for every step, a column for each of its numbers; as high as the room allows.
 * @param {number[]} shape steps, numbers
 * @param {Room} room
 */
export function movement([rows, columns], { sideways, along, rem, ratio }) {
  const high = sideways ? Math.min(along * 0.92, 26 * rem) : 17 * rem;
  const pitchY = Math.max(3, crisp(high / rows, ratio));
  const pitchX = crisp(Math.max(pitchY, NUMBER * rem), ratio);
  return new Lattice({ count: rows * columns, columns, pitchX, pitchY, size: pitchY });
}

const HANDED = 0.75; // rem: how wide the state that is handed on is

/**
 * An LSTM: a row for every step, as high as the image's rows, a column for every unit.
 * @param {number[]} shape steps, units
 * @param {number} cell px of the image's pixels
 * @param {number} share of the room along the pass, at most
 * @param {Room} room
 */
export function steps([rows, columns], cell, share, { sideways, across, along, rem, ratio }) {
  const wide = (sideways ? across * share : along * 0.86) / columns;
  const pitchX = Math.max(2, Math.min(1.5 * cell, crisp(wide, ratio)));
  const size = Math.min(pitchX, cell);
  const high = Math.max(2, Math.min(1.5 * cell, crisp(along / columns, ratio)));
  const handed = sideways
    ? new Lattice({ count: columns, columns: 1, pitchX: HANDED * rem, pitchY: high, size: high })
    : new Lattice({ count: columns, columns, pitchX, pitchY: HANDED * rem, size: pitchX });
  return new Steps({ count: rows * columns, columns, pitchX, pitchY: cell, size }, handed);
}
