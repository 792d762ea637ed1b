// A small network of dense layers, worked out here: its answer to a row, and how much of it each input
// makes, on the straight way from the average row (all inputs 0) to this one.

import { isDense } from '../../../state/units.js';
/** @import { ModelDescription, Weights } from '../../../state/types.js' */

/**
 * @typedef {object} Dense one layer: `a = f(x·W + b)`
 * @property {ArrayLike<number>} W inputs × units
 * @property {ArrayLike<number>} b
 * @property {string} activation
 */

const TINY = 1e-12; // a sum that small is 0: the place is a bend itself
const EVEN = 200; // pieces of the way where the activation bends everywhere

/** @type {Record<string, (z: number) => number>} */
const FUNCTIONS = {
  linear: (z) => z,
  relu: (z) => Math.max(0, z),
  tanh: Math.tanh,
  sigmoid: (z) => 1 / (1 + Math.exp(-z)),
};

/** Their derivatives at z. @type {Record<string, (z: number) => number>} */
const SLOPES = {
  linear: () => 1,
  relu: (z) => (z > 0 ? 1 : 0),
  tanh: (z) => 1 - Math.tanh(z) ** 2,
  sigmoid: (z) => FUNCTIONS.sigmoid(z) * (1 - FUNCTIONS.sigmoid(z)),
};

/**
 * The layers of a network that is nothing but dense ones; null for any other.
 * @param {Pick<ModelDescription, 'layers'> | null} model @param {Weights | null} weights
 * @returns {Dense[] | null}
 */
export function denseLayers(model, weights) {
  if (!model || !weights) return null;
  /** @type {Dense[]} */
  const layers = [];
  for (const { name, arithmetic, shape, activation } of model.layers) {
    const [W, b] = [weights.get(`${name}/W`), weights.get(`${name}/b`)];
    if (arithmetic === 'none') continue; // nothing is dropped while reading
    if (!isDense({ arithmetic, shape }) || !W || !b || !(activation in FUNCTIONS)) return null;
    layers.push({ W: W.data, b: b.data, activation });
  }
  return layers;
}

/** The pre-activations of every layer. @param {Dense[]} layers @param {ArrayLike<number>} x */
function sums(layers, x) {
  let a = Float64Array.from(x);
  return layers.map(({ W, b, activation }) => {
    const z = Float64Array.from(b, (bias, unit) =>
      a.reduce((sum, value, i) => sum + value * W[i * b.length + unit], bias),
    );
    a = z.map(FUNCTIONS[activation]);
    return z;
  });
}

/** What the first output unit says. @param {Dense[]} layers @param {ArrayLike<number>} x */
export function answer(layers, x) {
  const z = sums(layers, x);
  return FUNCTIONS[layers[layers.length - 1].activation](z[z.length - 1][0]);
}

/** The first output's slope along each input, by the chain rule. @param {Dense[]} layers
 * @param {Float64Array} x */
function gradient(layers, x) {
  const z = sums(layers, x);
  let da = Float64Array.from(z[z.length - 1], (_, unit) => (unit === 0 ? 1 : 0));
  for (let at = layers.length - 1; at >= 0; at--) {
    const { W, b, activation } = layers[at];
    const dz = da.map((each, unit) => each * SLOPES[activation](z[at][unit]));
    da = Float64Array.from({ length: W.length / b.length }, (_, i) =>
      dz.reduce((sum, each, unit) => sum + each * W[i * b.length + unit], 0),
    );
  }
  return da;
}

/**
 * The next place behind t where a sum that a ReLU takes crosses 0; 1 where none does before.
 * @param {Dense[]} layers @param {Float64Array} x @param {number} t
 */
function nextBend(layers, x, t) {
  let [a, da] = [x.map((value) => value * t), x]; // the activations at t, and how they grow with it
  let next = 1;
  for (const { W, b, activation } of layers) {
    const through = (/** @type {Float64Array} */ from, /** @type {number} */ unit) =>
      from.reduce((sum, value, i) => sum + value * W[i * b.length + unit], 0);
    const z = Float64Array.from(b, (bias, unit) => bias + through(a, unit));
    const dz = z.map((_, unit) => through(da, unit));
    if (activation === 'relu') {
      z.forEach((value, unit) => {
        const zero = t - value / dz[unit];
        if (zero > t + TINY && zero < next) next = zero;
      });
    }
    const isOn = z.map((value, unit) =>
      activation === 'linear' || (Math.abs(value) < TINY ? dz[unit] : value) > 0 ? 1 : 0,
    );
    a = z.map((value, unit) => isOn[unit] * value);
    da = dz.map((value, unit) => isOn[unit] * value);
  }
  return next;
}

/**
 * Where on the way from 0 to x a ReLU opens or closes: between two such places all is a straight line.
 * @param {Dense[]} layers @param {Float64Array} x
 * @returns {number[]} 0, the places between, 1
 */
export function bends(layers, x) {
  if (layers.some(({ activation }) => activation !== 'relu' && activation !== 'linear')) {
    return Array.from({ length: EVEN + 1 }, (_, i) => i / EVEN);
  }
  const places = [0];
  while (places[places.length - 1] < 1) places.push(nextBend(layers, x, places[places.length - 1]));
  return places;
}

/**
 * How much of the answer's distance from that to the average row each input makes: its value times the
 * output's slope along it, averaged over the way (integrated gradients). The parts add up to
 * `answer(x) − answer(0)`.
 * @param {Dense[]} layers @param {ArrayLike<number>} row
 * @returns {Float64Array}
 */
export function partsOf(layers, row) {
  const x = Float64Array.from(row);
  const parts = new Float64Array(x.length);
  const places = bends(layers, x);
  for (let i = 1; i < places.length; i++) {
    const [from, to] = [places[i - 1], places[i]];
    const slopes = gradient(
      layers,
      x.map((value) => (value * (from + to)) / 2),
    );
    slopes.forEach((slope, at) => (parts[at] += x[at] * slope * (to - from)));
  }
  return parts;
}
