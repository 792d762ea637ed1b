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
  if (layer === 'input') return reading.input.pixels.map((value) => value / 255);
  return reading.layers.find(({ name }) => name === layer)?.a ?? [];
}

/**
 * Everything that reaches one neuron of a dense layer.
 * @param {Pick<State, 'model' | 'reading' | 'weights'>} state
 * @param {Neuron} neuron
 */
export function incoming(state, { layer, index }) {
  const kernel = state.weights?.get(`${layer}/W`);
  const bias = state.weights?.get(`${layer}/b`);
  if (!state.reading || !kernel || !bias) return null;
  const [inputs, units] = kernel.shape;
  const sources = activationsOf(state.reading, sourceOf(state, layer));
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

// Sorting 100,000 contributions a frame would take too long. Their sizes are counted in bins read
// off the bits of the float, an eighth of an octave wide; the few above the right bin are sorted.

const BINS = 2048;
const SHIFT = 20; // sign, exponent and three bits of the fraction remain

/**
 * @typedef {object} Edges the strongest contributions between two layers, strongest first
 * @property {Int32Array} from place in the source layer
 * @property {Int32Array} to place in the layer
 * @property {Float32Array} value the contribution
 * @property {number} share of Σ|w·a| that these carry, 0..1
 * @property {number} total how many edges there are
 */

/** Makes a selector that keeps its buffers from frame to frame. */
export function createSelector() {
  let values = new Float32Array(0);
  let bits = new Uint32Array(0);
  const counts = new Uint32Array(BINS);

  /**
   * @param {Weights} weights
   * @param {string} layer
   * @param {ArrayLike<number>} sources activations of the layer before
   * @param {number} most how many edges at most
   * @param {number | null} only the one neuron whose edges are wanted, or null for all
   * @returns {Edges | null} null when the layer is not dense
   */
  return function strongest(weights, layer, sources, most, only = null) {
    const kernel = weights.get(`${layer}/W`);
    if (!kernel || kernel.shape.length !== 2 || kernel.shape[0] !== sources.length) return null;
    const [inputs, units] = kernel.shape;
    const size = inputs * units;
    if (values.length < size) {
      values = new Float32Array(size);
      bits = new Uint32Array(values.buffer);
    }
    counts.fill(0);
    let sum = 0;
    const first = only ?? 0;
    const last = only === null ? units : only + 1;
    for (let i = 0; i < inputs; i++) {
      const a = sources[i];
      if (a === 0) continue;
      for (let j = first, at = i * units + first; j < last; j++, at++) {
        const value = kernel.data[at] * a;
        values[at] = value;
        sum += value < 0 ? -value : value;
        counts[(bits[at] & 0x7fffffff) >>> SHIFT]++;
      }
    }
    let bin = BINS - 1;
    for (let found = counts[bin]; bin > 1 && found < most; found += counts[bin]) bin--;
    /** @type {number[]} */
    const chosen = [];
    for (let i = 0; i < inputs; i++) {
      if (sources[i] === 0) continue;
      for (let j = first, at = i * units + first; j < last; j++, at++) {
        if ((bits[at] & 0x7fffffff) >>> SHIFT >= bin && values[at] !== 0) chosen.push(at);
      }
    }
    chosen.sort((p, q) => Math.abs(values[q]) - Math.abs(values[p]));
    chosen.length = Math.min(chosen.length, most);
    return {
      from: Int32Array.from(chosen, (at) => Math.floor(at / units)),
      to: Int32Array.from(chosen, (at) => at % units),
      value: Float32Array.from(chosen, (at) => values[at]),
      share: sum ? chosen.reduce((part, at) => part + Math.abs(values[at]), 0) / sum : 0,
      total: only === null ? size : inputs,
    };
  };
}

/**
 * The contribution that is drawn at full strength: a constant of the model, not of the drawing.
 * @param {Weights} weights
 * @param {string} layer
 * @param {number} exposure of the layer before
 */
export function edgeScale(weights, layer, exposure) {
  const kernel = weights.get(`${layer}/W`);
  if (!kernel) return 1;
  const sizes = Float32Array.from(kernel.data, Math.abs).sort();
  return sizes[Math.floor(sizes.length * 0.995)] * exposure || 1;
}
