// What feature maps give to each other: summed over whole maps, so that it can be told map by map.

import { isConvolution, isMaps } from './units.js';

/** @import { LayerDescription, Weights } from './types.js' */

/**
 * What each map of the layer before gives to the mean activation of each map: `w·a`, added up over
 * the units that are not at rest, divided by the number of units. Of a ReLU's map these and the bias's
 * share add up to its mean. A pooling passes every map on to its own.
 * @param {LayerDescription} layer of maps
 * @param {Weights | null} weights
 * @param {ArrayLike<number>} before activations that it reads, (row, column, map)
 * @param {ArrayLike<number>} a its own
 * @returns {{shape: number[], data: Float32Array} | null} sources × maps; null without weights
 */
export function mapContributions(layer, weights, before, a) {
  const { name, shape, input_shape: input, window } = layer;
  if (!isMaps(layer) || !window) return null;
  const [rows, columns, maps] = shape;
  const [high, wide, sources] = input.length === 3 ? input : [...input, 1];
  const data = new Float32Array(sources * maps);
  if (!isConvolution(layer)) {
    for (let i = 0; i < a.length; i++) data[(i % maps) * (maps + 1)] += a[i] / (rows * columns);
    return { shape: [sources, maps], data };
  }
  const kernel = weights?.get(`${name}/W`);
  if (!kernel || kernel.shape[2] !== sources || kernel.shape[3] !== maps) return null;
  const [kernelHigh, kernelWide] = kernel.shape;
  const w = kernel.data;
  for (let unit = 0; unit < a.length; unit++) {
    if (a[unit] === 0) continue;
    const map = unit % maps;
    const cell = (unit - map) / maps;
    const top = Math.floor(cell / columns) * window.strides[0] - window.before[0];
    const left = (cell % columns) * window.strides[1] - window.before[1];
    for (let i = Math.max(0, -top); i < Math.min(kernelHigh, high - top); i++) {
      for (let j = Math.max(0, -left); j < Math.min(kernelWide, wide - left); j++) {
        const from = ((top + i) * wide + left + j) * sources;
        const through = (i * kernelWide + j) * sources * maps + map;
        for (let s = 0; s < sources; s++)
          data[s * maps + map] += w[through + s * maps] * before[from + s];
      }
    }
  }
  for (let i = 0; i < data.length; i++) data[i] /= rows * columns;
  return { shape: [sources, maps], data };
}

/** Remembers the largest weight of each convolution: full colour of its kernels. */
export function createKernelScale() {
  /** @type {WeakMap<Float32Array, number>} */
  const known = new WeakMap();
  /** @param {Float32Array} data */
  return function scaleOf(data) {
    let most = known.get(data);
    if (most === undefined)
      known.set(data, (most = data.reduce((best, w) => Math.max(best, Math.abs(w)), 0) || 1));
    return most;
  };
}
