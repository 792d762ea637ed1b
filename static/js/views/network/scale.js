// The contribution that is drawn at full strength: one number for the whole network, so that edges
// of all layers can be compared, and a constant of the model, so that drawings can be compared.

import { denseKernel, firstRead } from '../../state/contributions.js';
import { readBy } from './layout.js';

/** @import { Weights } from '../../state/types.js' */

/** @typedef {{name: string, count: number, kind?: string, shape?: number[], exposure: number, from?: number}} ScaledLayer */

const LARGE = 0.995; // the share of weights that count: a few outliers set no scale
const STEPS = [5, 2, 1];

/** The largest of 1, 2, 5, 10, 20, … that does not exceed a number. @param {number} value */
export function roundDown(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((each) => each * power <= value * (1 + 1e-9)) ?? 1;
  return Number((step * power).toPrecision(1));
}

/**
 * Nearly the largest weight times the activation of full brightness, of the layer where that is
 * largest, rounded so that it can be read.
 * Only layers that have edges in the picture count.
 * @param {ScaledLayer[]} layers the input first
 * @param {Weights} weights
 */
export function fullStrength(layers, weights) {
  const largest = layers.map(({ name }, i) => {
    const before = layers[i && readBy(layers, i)];
    const kernel = i ? denseKernel(weights, name, before.count - firstRead(before, null)) : null;
    const sizes = kernel?.data.map(Math.abs).sort() ?? [];
    return sizes.length ? sizes[Math.floor((sizes.length - 1) * LARGE)] * before.exposure : 0;
  });
  const most = Math.max(...largest);
  return most > 0 ? roundDown(most) : 1;
}

/** A contribution shows its sign, whichever it is. @param {number} value @param {string} text */
export const withSign = (value, text) => (value > 0 ? `+${text}` : text);

/** Remembers the scale of each model: nobody measures 100,000 weights for every frame. */
export function createScale() {
  /** @type {WeakMap<Weights, number>} */
  const known = new WeakMap();
  /** @param {ScaledLayer[]} layers @param {Weights} weights */
  return function scaleOf(layers, weights) {
    let scale = known.get(weights);
    if (scale === undefined) known.set(weights, (scale = fullStrength(layers, weights)));
    return scale;
  };
}
