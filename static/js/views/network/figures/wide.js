// How layers of maps and of steps stand among the others: the room that each takes, what an LSTM hands on.

import { isMaps } from '../../../state/units.js';
import { steps, tiles } from './planes.js';

/** @import { Figure, Named } from '../layout.js' */
/** @import { Room } from './sizes.js' */
/** @import { Steps } from './steps.js' */

const HANDED = 1.75; // between an LSTM's steps and what they hand on
const ROOMY = 40; // along the pass: here maps and gaps have what they need
const LEAST = { edges: 5.5, kernels: 3, maps: 2 }; // gaps beside maps: with edges, with kernels on lines, with lines
const INPUT = 0.36; // of the room along the pass, where there is nothing wide

/**
 * How much of the room along the pass the input takes at most, and each figure of maps or steps.
 * @param {{shape: number[]}[]} layers the input first
 */
export function shareOf(layers) {
  const wide = layers.slice(1).filter(({ shape }) => shape.length > 1).length;
  if (wide === 0) return { input: INPUT, down: 0.34, figure: 0 };
  const isMapped = layers.slice(1).some(isMaps); // the maps are the picture, the input is seen elsewhere too
  return isMapped
    ? { input: wide === 1 ? 0.3 : 0.17, down: 0.62, figure: 0.44 / wide }
    : { input: 0.34, down: 0.62, figure: 0.44 / wide };
}

/** Steps, and behind them what the layer hands on.
 * @param {string} name @param {number[]} shape @param {number} pitch of the input's rows
 * @param {number} share of the room, at most @param {Room} room @returns {Figure} */
export function handing(name, shape, pitch, share, room) {
  const place = steps(shape, pitch, share, room);
  const { handed } = place;
  const after = HANDED * room.rem + (room.sideways ? handed.width : handed.height);
  return { name, kind: 'steps', place, after };
}

/** What LSTMs hand on stands behind them. @param {Figure[]} figures @param {number} rem
 * @param {boolean} sideways */
export function settle(figures, rem, sideways) {
  for (const { kind, place } of figures)
    if (kind === 'steps') /** @type {Steps} */ (place).settle(HANDED * rem, sideways);
}

/**
 * The figures, maps in what room the others leave.
 * @param {(Figure | null)[]} others null for maps
 * @param {Named[]} layers
 * @param {Room} room
 * @returns {Figure[]}
 */
export function amongMaps(others, layers, room) {
  const maps = layers.slice(1).filter(isMaps);
  const used = others.reduce((sum, figure) => sum + (figure?.place.width ?? 0), 0);
  const gaps = others
    .slice(1)
    .map((figure, i) => (figure ? LEAST.edges : i === 0 ? LEAST.kernels : LEAST.maps));
  const narrow = Math.min(1, room.across / (ROOMY * room.rem)); // there the gaps give way as well
  const left = room.across - used - gaps.reduce((sum, gap) => sum + gap, 0) * room.rem * narrow;
  const places = tiles(
    maps.map(({ shape }) => shape),
    left,
    room,
  );
  return /** @type {Figure[]} */ (
    others.map(
      (figure, i) => figure ?? { name: layers[i].name, kind: 'tiles', place: places.shift() },
    )
  );
}
