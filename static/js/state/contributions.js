// What flows along the edges: contribution = weight × activation of the neuron it comes from.

import { inputOf } from './ends.js';
import { isSteps, layerBefore, layerOf, placeOf, windowOf } from './units.js';

/** @import { Neuron, Reading, State, Weights } from './types.js' */

/**
 * The name of the layer whose activations a layer reads.
 * @param {{model: State['model']}} state
 * @param {string} layer
 */
export const sourceOf = ({ model }, layer) => layerBefore(model, layer)?.name ?? 'input';

/**
 * The activations of a layer; those of `input` are what goes in.
 * @param {Reading} reading
 * @param {string} layer
 * @returns {ArrayLike<number>}
 */
export function activationsOf(reading, layer) {
  if (layer === 'input') return inputOf(reading);
  return reading.layers.find(({ name }) => name === layer)?.a ?? [];
}

/**
 * Where in a layer begins what the next one reads: an LSTM hands on the state of its last row.
 * @param {{kind?: string, shape?: number[]}} layer
 * @param {number | null} row the last row read, from 1; null for all
 */
export function firstRead({ kind, shape = [] }, row) {
  if (kind === 'input' || !isSteps({ shape })) return 0;
  return (Math.min(row ?? shape[0], shape[0]) - 1) * shape[1];
}

/**
 * The weights of a dense layer, inputs × units, or null for a layer that is none.
 * @param {Weights | null} weights
 * @param {string} layer
 * @param {number} inputs how many neurons it reads
 */
export function denseKernel(weights, layer, inputs) {
  const kernel = weights?.get(`${layer}/W`);
  return kernel && kernel.shape.length === 2 && kernel.shape[0] === inputs ? kernel : null;
}

/**
 * Everything that reaches one neuron of a dense or a convolutional layer: Σ w·a + b = z. `at` are
 * the sources' places in the layer before, `inputs` the weights' among the neuron's own.
 * @param {Pick<State, 'model' | 'reading' | 'weights'> & {row?: number | null}} state
 * @param {Neuron} neuron
 */
export function incoming(state, neuron) {
  const { reading, weights } = state;
  const kernel = weights?.get(`${neuron.layer}/W`);
  const bias = weights?.get(`${neuron.layer}/b`);
  if (!reading || !kernel || !bias) return null;
  const a = activationsOf(reading, sourceOf(state, neuron.layer));
  const reached =
    kernel.shape.length === 4
      ? throughFilter(state, neuron, kernel.shape)
      : throughColumn(state, neuron, kernel.shape, a.length);
  if (!reached) return null;
  const { at, from, unit } = reached;
  const taken = Float32Array.from(from, (place) => kernel.data[place]);
  const sources = Float64Array.from(at, (place) => a[place]);
  const contributions = sources.map((source, i) => source * taken[i]);
  const sum = contributions.reduce((total, each) => total + each, 0);
  const units = kernel.shape[kernel.shape.length - 1];
  const inputs = from.map((place) => Math.floor(place / units));
  return { sum, bias: bias.data[unit], weights: taken, sources, contributions, at, inputs };
}

/** @typedef {{at: Int32Array, from: Int32Array, unit: number}} Reached sources, weights, bias */

/**
 * A dense neuron reads all that the layer before hands on.
 * @param {Pick<State, 'model'> & {row?: number | null}} state
 * @param {Neuron} neuron @param {number[]} shape of its weights @param {number} count of activations
 * @returns {Reached | null}
 */
function throughColumn({ model, row }, { layer, index }, [inputs, units], count) {
  const before = layerBefore(model, layer);
  const first = before ? firstRead(before, row ?? null) : 0;
  if (first + inputs > count || units <= index) return null;
  return {
    at: Int32Array.from({ length: inputs }, (_, i) => first + i),
    from: Int32Array.from({ length: inputs }, (_, i) => i * units + index),
    unit: index,
  };
}

/**
 * A convolution's neuron reads a window of every map.
 * @param {Pick<State, 'model'>} state @param {Neuron} neuron
 * @param {number[]} shape of its weights: height, width, channels, filters
 * @returns {Reached | null}
 */
function throughFilter({ model }, neuron, [, wide, channels, filters]) {
  const [found, seen] = [layerOf(model, neuron.layer), windowOf(model, neuron)];
  if (!found?.window || !seen) return null;
  const { row, column, map } = placeOf(found.shape, neuron.index);
  const { strides, before } = found.window;
  const columns = found.input_shape[1];
  /** @type {number[]} */
  const at = [];
  /** @type {number[]} */
  const from = [];
  for (let y = seen.top; y <= seen.bottom; y++) {
    for (let x = seen.left; x <= seen.right; x++) {
      const i = y - row * strides[0] + before[0];
      const j = x - column * strides[1] + before[1];
      for (let c = 0; c < channels; c++) {
        at.push((y * columns + x) * channels + c);
        from.push(((i * wide + j) * channels + c) * filters + map);
      }
    }
  }
  return { at: Int32Array.from(at), from: Int32Array.from(from), unit: map };
}

/**
 * The values that a pooling's neuron takes the greatest of, or the mean.
 * @param {Pick<State, 'model' | 'reading'>} state
 * @param {Neuron} neuron
 */
export function pooled({ model, reading }, neuron) {
  const [found, seen] = [layerOf(model, neuron.layer), windowOf(model, neuron)];
  if (!reading || !found || !seen) return null;
  const { map } = placeOf(found.shape, neuron.index);
  const [, columns, maps] = found.input_shape;
  const a = activationsOf(reading, sourceOf({ model }, neuron.layer));
  const at = [];
  for (let y = seen.top; y <= seen.bottom; y++) {
    for (let x = seen.left; x <= seen.right; x++) at.push((y * columns + x) * maps + map);
  }
  return { at, values: at.map((place) => a[place]) };
}
