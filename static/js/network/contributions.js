// What flows along the edges: contribution = weight × activation of the neuron it comes from.

/** @import { Neuron, Reading, State, Weights } from '../types.js' */

/**
 * The name of the layer whose activations a layer reads.
 * @param {{model: State['model']}} state
 * @param {string} layer
 */
export function sourceOf({ model }, layer) {
  const at = model?.layers.findIndex(({ name }) => name === layer) ?? -1;
  return at > 0 ? /** @type {NonNullable<State['model']>} */ (model).layers[at - 1].name : 'input';
}

/**
 * The activations of a layer; those of `input` are its pixels divided by 255.
 * @param {Reading} reading
 * @param {string} layer
 * @returns {ArrayLike<number>}
 */
export function activationsOf(reading, layer) {
  if (layer === 'input') return Float32Array.from(reading.input.pixels, (value) => value / 255);
  return reading.layers.find(({ name }) => name === layer)?.a ?? [];
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
 * Everything that reaches one neuron of a dense layer: Σ w·a + b = z.
 * @param {Pick<State, 'model' | 'reading' | 'weights'>} state
 * @param {Neuron} neuron
 */
export function incoming(state, { layer, index }) {
  if (!state.reading) return null;
  const sources = activationsOf(state.reading, sourceOf(state, layer));
  const kernel = denseKernel(state.weights, layer, sources.length);
  const bias = state.weights?.get(`${layer}/b`);
  if (!kernel || !bias) return null;
  const [inputs, units] = kernel.shape;
  const weights = new Float32Array(inputs);
  const contributions = new Float64Array(inputs);
  let sum = 0;
  for (let i = 0; i < inputs; i++) {
    weights[i] = kernel.data[i * units + index];
    contributions[i] = weights[i] * sources[i];
    sum += contributions[i];
  }
  return { sum, bias: bias.data[index], weights, sources, contributions };
}

/**
 * What one pixel gives to every neuron of the first layer, or null where that is not dense.
 * @param {Pick<State, 'model' | 'reading' | 'weights'>} state
 * @param {number} pixel
 */
export function outgoing({ model, reading, weights }, pixel) {
  const target = model?.layers[0].name;
  const pixels = reading?.input.pixels;
  const kernel = target && pixels ? denseKernel(weights, target, pixels.length) : null;
  if (!target || !pixels || !kernel) return null;
  const units = kernel.shape[1];
  const row = kernel.data.subarray(pixel * units, (pixel + 1) * units);
  const source = pixels[pixel] / 255;
  return {
    target,
    weights: row,
    sources: new Float64Array(units).fill(source),
    contributions: Float64Array.from(row, (weight) => weight * source),
  };
}
