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

const AIR = 0.25; // em of ground at each side of a number
const LINE = 1.1; // em that the ground behind it is high

/**
 * A text that stays readable over edges: the ground lies behind it, also between its digits.
 * @param {Pen} pen
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} color
 */
export function haloText({ context, colors, em }, text, x, y, color) {
  context.textBaseline = 'middle';
  const wide = context.measureText(text).width + 2 * AIR * em;
  context.fillStyle = colors.named.ground;
  context.fillRect(x - wide / 2, y - (LINE / 2) * em, wide, LINE * em);
  context.fillStyle = color;
  context.fillText(text, x, y);
}

const WIDE = 3.4; // em: room for "−12.34"
const HIGH = 1.2;
const APART = 0.6; // em between two on a line
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
 * @param {Manner & {beside: boolean, until?: number}} manner until: the y below which none may stand
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
      if (manner.until !== undefined && at.y > manner.until) continue;
      placed.push({ ...at, value: edges.value[i] });
      break;
    }
  }
  return placed;
}

/** @param {Edges} edges */
const byStrength = ({ value, count }) =>
  [...value.subarray(0, count).keys()].sort((i, j) => Math.abs(value[j]) - Math.abs(value[i]));

/** Whether one number would lie on another, or touch it. @param {Point} one @param {Point} other @param {number} em */
export const covers = (one, other, em) =>
  Math.abs(one.x - other.x) <= (WIDE + APART) * em && Math.abs(one.y - other.y) <= HIGH * em;

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

const VALUE = 2.6; // em: room for "0.03"
const FIRST = 0.85; // em below a circle's edge: the middle of the first row of values
const DIGIT = 2.75; // the same where a digit stands between

/**
 * In how many rows the values of a line of circles find room below it; 0 where they find none.
 * @param {Lattice} place @param {number} em
 */
export function rowsBelow({ pitchX, count, columns }, em) {
  const rows = Math.ceil((VALUE * em) / pitchX);
  return rows <= 2 && count <= columns ? rows : 0;
}

/**
 * Where a layer's values stand beside its neurons. Downwards all stand below, clear of the layer's
 * name: in one row, or neighbours in two.
 * @param {Lattice} place
 * @param {number} index
 * @param {{sideways: boolean, em: number, digits: boolean}} options digits: the neurons have theirs
 */
export function besideNeuron(place, index, { sideways, em, digits }) {
  const [x, y] = [place.centreX(index), place.centreY(index)];
  const radius = place.size / 2;
  if (sideways) return { x: x + radius + (digits ? 3.75 : 0.5 + WIDE / 2) * em, y };
  const row = index % (rowsBelow(place, em) || 1);
  return { x, y: y + radius + ((digits ? DIGIT : FIRST) + row * HIGH) * em };
}

export const SLIP = { wide: 4.6, high: 2 }; // em: the slip with a neuron's own value
export const IN_ROW = { wide: 3.8, high: 1.25 }; // the same in a row of values, where its own would be

/**
 * Where that slip's middle is downwards: in the row of values that has room below the neurons, else
 * below the neuron and its digit; within the picture.
 * @param {Lattice} place @param {number} index
 * @param {{width: number, em: number, digits: boolean}} options
 */
export function slipBelow(place, index, { width, em, digits }) {
  if (rowsBelow(place, em)) {
    const { x, y } = besideNeuron(place, index, { sideways: false, em, digits });
    const half = (IN_ROW.wide / 2) * em;
    return { x: Math.max(half, Math.min(width - half, x)), y };
  }
  const half = (SLIP.wide / 2) * em;
  const x = Math.max(half, Math.min(width - half, place.centreX(index)));
  const above = digits ? DIGIT - 0.6 : 0.75;
  return { x, y: place.centreY(index) + place.size / 2 + (above + SLIP.high / 2) * em };
}
