// The strongest paths from one neuron back to the pixels: its strongest sources, for each of those
// theirs, and so on. Pure functions of a reading and the weights.
//
// A source's part of a neuron is its contribution over the sum of the contributions that are
// followed, by size; parts multiply along a path and are added up where paths meet. So every pixel
// gets its signed share of the paths, whatever the activations between.

import { inputOf } from '../../../state/ends.js';
import { isSteps, layerOf, takesGreatest } from '../../../state/units.js';
import { incoming, pooled, sourceOf } from '../../../state/contributions.js';

/** @import { Neuron, State } from '../../../state/types.js' */

const FEW = 3; // sources that are followed from each neuron
const PIXELS = 12; // edges that are drawn from the pixels into each neuron

/**
 * @typedef {Pick<State, 'model' | 'reading' | 'weights' | 'row'>} Read what a trace is made of
 *
 * @typedef {object} Step one layer back
 * @property {string} layer whose neurons are traced
 * @property {string} source the layer that they read
 * @property {number[]} targets the neurons that are traced
 * @property {{from: number, to: number, value: number}[]} edges the contributions that are followed
 * @property {number[]} chosen the sources at their other end
 * @property {number} reached how many sources the neurons traced have in all
 * @property {number} total how many contributions
 * @property {number} share of Σ|w·a| into the neurons traced that the edges carry, 0..1
 * @property {Map<number, number>} carries what each chosen source carries of where the trace begins:
 *   its share of Σ|w·a| into a neuron traced times what that carries, over all of those
 *
 * @typedef {object} Trace
 * @property {Neuron} neuron where it begins
 * @property {Step[]} steps from there backwards
 * @property {string | null} ended the layer that it cannot be followed through, null at the pixels
 * @property {Float64Array | null} pixels each pixel's signed share of the paths; all that reaches
 *   the neurons of the first layer counts, not only the edges that are drawn
 */

/** Whether a layer's neurons are sums of what the layer before holds. A recurrent one's are not:
 * from step to step it multiplies. @param {Read} state @param {string} name */
function isSum({ model }, name) {
  const layer = layerOf(model, name);
  return layer !== undefined && !isSteps(layer);
}

/**
 * What reaches a neuron from each of its sources.
 * @param {Read} state
 * @param {Neuron} neuron
 */
function reaching(state, neuron) {
  const layer = layerOf(state.model, neuron.layer);
  if (layer?.arithmetic === 'pool') return throughPooling(state, neuron, takesGreatest(layer));
  const all = incoming(state, neuron);
  return all && { at: all.at, contributions: all.contributions };
}

/** The greatest value passes whole, a mean takes an equal part of each.
 * @param {Read} state @param {Neuron} neuron @param {boolean} isGreatest */
function throughPooling(state, neuron, isGreatest) {
  const window = pooled(state, neuron);
  if (!window) return null;
  const { at, values } = window;
  const most = values.indexOf(Math.max(...values));
  const contributions = values.map((value, i) =>
    isGreatest ? (i === most ? value : 0) : value / values.length,
  );
  return { at, contributions };
}

/** The places of the largest contributions. @param {ArrayLike<number>} values @param {number} most */
const largest = (values, most) =>
  Array.from(values, (_, i) => i)
    .filter((i) => values[i] !== 0)
    .sort((i, j) => Math.abs(values[j]) - Math.abs(values[i]))
    .slice(0, most);

/** @param {ArrayLike<number>} values @param {number[]} [places] */
const sizeOf = (values, places) =>
  (places ?? Array.from(values, (_, i) => i)).reduce((sum, i) => sum + Math.abs(values[i]), 0);

/** @param {Map<number, number>} parts @param {number} index @param {number} part */
const add = (parts, index, part) => parts.set(index, (parts.get(index) ?? 0) + part);

/**
 * One layer back from neurons with their parts; null where the layer is no sum.
 * @param {Read} state @param {string} layer @param {Map<number, number>} parts
 * @param {Map<number, number>} carrying what each of the neurons carries
 * @returns {{step: Step, parts: Map<number, number>} | null} and the parts of their sources
 */
function back(state, layer, parts, carrying) {
  const source = sourceOf(state, layer);
  const isInput = source === 'input';
  /** @type {Step['edges']} */
  const edges = [];
  /** @type {Map<number, number>} */
  const before = new Map();
  /** @type {Map<number, number>} */
  const carries = new Map();
  const reached = new Set();
  let [total, all, carried] = [0, 0, 0];
  for (const [to, part] of parts) {
    const found = reaching(state, { layer, index: to });
    if (!found) return null;
    const { at, contributions } = found;
    const followed = largest(contributions, isInput ? PIXELS : FEW);
    const parted = isInput ? largest(contributions, contributions.length) : followed;
    const whole = sizeOf(contributions, parted);
    const size = sizeOf(contributions);
    for (const i of followed) {
      edges.push({ from: at[i], to, value: contributions[i] });
      add(carries, at[i], ((carrying.get(to) ?? 0) * Math.abs(contributions[i])) / size);
    }
    for (const i of parted) add(before, at[i], (part * contributions[i]) / whole);
    for (const place of at) reached.add(place);
    total += at.length;
    all += size;
    carried += sizeOf(contributions, followed);
  }
  const chosen = [...new Set(edges.map(({ from }) => from))].sort((i, j) => i - j);
  const share = all > 0 ? carried / all : 0;
  const targets = [...parts.keys()];
  return {
    step: { layer, source, targets, edges, chosen, reached: reached.size, total, share, carries },
    parts: before,
  };
}

/**
 * @param {Read} state
 * @param {Neuron} neuron
 * @returns {Trace}
 */
export function traceBack(state, neuron) {
  /** @type {Step[]} */
  const steps = [];
  let { layer } = neuron;
  let parts = new Map([[neuron.index, 1]]);
  let carrying = parts;
  while (layer !== 'input') {
    const found = isSum(state, layer) ? back(state, layer, parts, carrying) : null;
    if (!found) return { neuron, steps, ended: layer, pixels: null };
    steps.push(found.step);
    ({ parts } = found);
    carrying = found.step.carries;
    layer = found.step.source;
  }
  const pixels = new Float64Array(state.reading ? inputOf(state.reading).length : 0);
  for (const [index, part] of parts) pixels[index] = part;
  return { neuron, steps, ended: null, pixels };
}

/** Makes a function that keeps the trace it made last: views compare traces by identity. */
export function createTracer() {
  /** @type {unknown[]} */
  let of = [];
  /** @type {Trace | null} */
  let made = null;
  /** @param {Read} state @param {Neuron} neuron */
  return function trace(state, neuron) {
    const now = [state.model, state.reading, state.weights, state.row, neuron.layer, neuron.index];
    if (now.some((value, i) => value !== of[i])) {
      of = now;
      made = traceBack(state, neuron);
    }
    return /** @type {Trace} */ (made);
  };
}
