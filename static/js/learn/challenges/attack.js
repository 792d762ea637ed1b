// The network against itself: the fewest pixels found that make it answer another digit, one after
// the other, each the one that helps most. Greedy: fewer may do, so a learner can win.

import { isDense } from '../../state/units.js';

/** @import { LayerDescription, Weights } from '../../state/types.js' */

const MOST = 60; // pixels

/** @typedef {{W: Float32Array, b: Float32Array, units: number, isSigmoid: boolean}} Dense */

/**
 * The dense layers of a network as weights and biases, or null when it has others.
 * @param {Weights} weights
 * @param {Pick<LayerDescription, 'name' | 'arithmetic' | 'shape' | 'activation'>[]} layers
 * @returns {Dense[] | null}
 */
export function denseLayers(weights, layers) {
  const made = layers.map((layer) => {
    const { name, activation } = layer;
    const [W, b] = [weights.get(`${name}/W`), weights.get(`${name}/b`)];
    return isDense(layer) && W && b
      ? { W: W.data, b: b.data, units: W.shape[1], isSigmoid: activation === 'sigmoid' }
      : null;
  });
  return made.every((layer) => layer !== null) ? /** @type {Dense[]} */ (made) : null;
}

/** @param {Dense} layer @param {ArrayLike<number>} x W x + b */
function sums({ W, b, units }, x) {
  const z = Float64Array.from(b);
  for (let i = 0; i < x.length; i += 1) {
    if (x[i] === 0) continue;
    for (let k = 0; k < units; k += 1) z[k] += x[i] * W[i * units + k];
  }
  return z;
}

/** What the layers behind the first make of its sums: the sums of the last. @param {Dense[]} layers
 * @param {Float64Array} first */
function onward([{ isSigmoid }, ...rest], first) {
  let z = first;
  let sigmoid = isSigmoid;
  for (const layer of rest) {
    const a = z.map((value) => (sigmoid ? 1 / (1 + Math.exp(-value)) : Math.max(0, value)));
    z = sums(layer, a);
    sigmoid = layer.isSigmoid;
  }
  return z;
}

/** How far one output's sum leads all others. @param {Float64Array} z @param {number} digit */
function lead(z, digit) {
  let best = -Infinity;
  z.forEach((value, k) => {
    if (k !== digit && value > best) best = value;
  });
  return z[digit] - best;
}

/**
 * @param {Dense[]} layers
 * @param {ArrayLike<number>} pixels 0 to 255
 * @param {number} digit to be answered
 * @returns {{index: number, value: number}[] | null} the pixels to change, and to what (0 or 255); null
 *   when it is not reached
 */
export function attack(layers, pixels, digit) {
  const x = Float64Array.from(pixels, (value) => value / 255);
  const [{ W, units }] = layers;
  const first = sums(layers[0], x);
  /** @type {{index: number, value: number}[]} */
  const changes = [];
  const changed = new Set();
  while (lead(onward(layers, first), digit) <= 0) {
    let best = { gain: -Infinity, index: -1, to: 0 };
    for (let index = 0; index < x.length; index += 1) {
      if (changed.has(index)) continue;
      const to = x[index] < 0.5 ? 1 : 0;
      const moved = first.map((value, k) => value + (to - x[index]) * W[index * units + k]);
      const gain = lead(onward(layers, moved), digit);
      if (gain > best.gain) best = { gain, index, to };
    }
    if (best.index < 0 || changes.length >= MOST) return null;
    for (let k = 0; k < units; k += 1)
      first[k] += (best.to - x[best.index]) * W[best.index * units + k];
    x[best.index] = best.to;
    changed.add(best.index);
    changes.push({ index: best.index, value: best.to * 255 });
  }
  return changes;
}
