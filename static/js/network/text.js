// Numbers within the picture.

/** @import { Colors } from '../colors.js' */
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

/** A contribution shows its sign, whichever it is. @param {number} value @param {string} text */
export const withSign = (value, text) => (value > 0 ? `+${text}` : text);

const WIDE = 3.4; // em: room for "−12.34"
const HIGH = 1.2;

/**
 * Where the numbers of the strongest edges stand: beside the neuron that each comes from, or along
 * the edge where it leaves its figure; one that would cover another moves on, or is left out.
 * @param {Lattice} from
 * @param {{x: number, y: number}} target
 * @param {Edges} edges
 * @param {{most: number, em: number, sideways: boolean, beside: boolean}} options
 * @returns {{x: number, y: number, value: number}[]} x: the number's middle
 */
export function placeNumbers(from, target, edges, { most, em, sideways, beside }) {
  const order = [...edges.value.subarray(0, edges.count).keys()]
    .sort((i, j) => Math.abs(edges.value[j]) - Math.abs(edges.value[i]))
    .slice(0, most);
  /** @type {{x: number, y: number, value: number}[]} */
  const placed = [];
  /** @param {number} x @param {number} y */
  const free = (x, y) =>
    placed.every((other) => Math.abs(other.x - x) > WIDE * em || Math.abs(other.y - y) > HIGH * em);
  for (const i of order) {
    const [x, y] = [from.centreX(edges.from[i]), from.centreY(edges.from[i])];
    const start = beside ? 0 : from.exit(edges.from[i], target.x, target.y);
    const side = from.size / 2 + (sideways ? 0.5 + WIDE / 2 : 0.9) * em;
    for (let step = 0; step < 8; step++) {
      const t = start + (1 - start) * (beside ? 0 : 0.16 + 0.08 * step);
      const at = {
        x: x + (target.x - x) * t + (beside && sideways ? side : 0),
        y: y + (target.y - y) * t + (beside && !sideways ? side + step * HIGH * em : 0),
        value: edges.value[i],
      };
      if (!free(at.x, at.y)) continue;
      placed.push(at);
      break;
    }
  }
  return placed;
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
