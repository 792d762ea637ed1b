// Numbers within the picture.

/** @import { Colors } from '../../page/colors.js' */
/** @import { Lattice } from './figures/lattice.js' */
/** @import { Edges } from './strongest.js' */

/**
 * @typedef {object} Pen what is needed to write on the picture
 * @property {CanvasRenderingContext2D} context
 * @property {Colors} colors
 * @property {number} em the type's size in px
 */

/**
 * A text that stays readable over edges: the ground shines around it.
 * @param {Pen} pen
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} color
 */
export function haloText({ context, colors, em }, text, x, y, color) {
  context.textBaseline = 'middle';
  context.lineJoin = 'round';
  context.lineWidth = em / 3;
  context.strokeStyle = colors.named.ground;
  context.strokeText(text, x, y);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

const WIDE = 3.4; // em: room for "−12.34"
const HIGH = 1.2;
const TRIES = 8;

/**
 * @typedef {{x: number, y: number}} Point
 * @typedef {{em: number, sideways: boolean}} Manner
 */

/**
 * Where the numbers of edges stand, strongest first: beside the neuron that each comes from, or
 * along the edge where it leaves its figure; one that would cover another moves on, or is left out.
 * @param {Lattice} from
 * @param {Point} target
 * @param {Edges} edges
 * @param {Manner & {beside: boolean}} manner
 * @returns {(Point & {value: number})[]} the numbers' middles
 */
export function placeNumbers(from, target, edges, manner) {
  const where = manner.beside ? besideSource : alongEdge;
  /** @type {(Point & {value: number})[]} */
  const placed = [];
  for (const i of byStrength(edges)) {
    for (let step = 0; step < TRIES; step++) {
      const at = where(from, edges.from[i], step, manner, target);
      if (placed.some((other) => covers(at, other, manner.em))) continue;
      placed.push({ ...at, value: edges.value[i] });
      break;
    }
  }
  return placed;
}

/** @param {Edges} edges */
const byStrength = ({ value, count }) =>
  [...value.subarray(0, count).keys()].sort((i, j) => Math.abs(value[j]) - Math.abs(value[i]));

/** @param {Point} one @param {Point} other @param {number} em */
const covers = (one, other, em) =>
  Math.abs(one.x - other.x) <= WIDE * em && Math.abs(one.y - other.y) <= HIGH * em;

/** @param {Lattice} from @param {number} index @param {number} step @param {Manner} manner */
function besideSource(from, index, step, { em, sideways }) {
  const [x, y] = [from.centreX(index), from.centreY(index)];
  if (sideways) return { x: x + from.size / 2 + (0.5 + WIDE / 2) * em, y };
  return { x, y: y + from.size / 2 + (0.9 + step * HIGH) * em };
}

/**
 * @param {Lattice} from
 * @param {number} index
 * @param {number} step
 * @param {Manner} _
 * @param {Point} target
 */
function alongEdge(from, index, step, _, target) {
  const [x, y] = [from.centreX(index), from.centreY(index)];
  const start = from.exit(index, target.x, target.y);
  const t = start + (1 - start) * (0.16 + 0.08 * step);
  return { x: x + (target.x - x) * t, y: y + (target.y - y) * t };
}

/**
 * Where a layer's values stand beside its neurons. Downwards, neighbours alternate above and below.
 * @param {Lattice} place
 * @param {number} index
 * @param {{sideways: boolean, em: number, digits: boolean}} options digits: the neurons have theirs
 */
export function besideNeuron(place, index, { sideways, em, digits }) {
  const [x, y] = [place.centreX(index), place.centreY(index)];
  const radius = place.size / 2;
  if (sideways) return { x: x + radius + (digits ? 3.75 : 0.5 + WIDE / 2) * em, y };
  return { x, y: y + (digits || index % 2 ? -1 : 1) * (radius + 0.85 * em) };
}
