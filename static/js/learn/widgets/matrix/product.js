// Dense layers as the products of matrices that they are, worked out here from the network's weights.

/** @import { State, Weights } from '../../../state/types.js' */

/**
 * @typedef {object} Dense
 * @property {ArrayLike<number>} kernel inputs x units, a row an input
 * @property {ArrayLike<number>} bias
 * @property {number} inputs
 * @property {number} units
 */

/** A dense layer of a network. @param {Weights | null | undefined} weights @param {string} layer
 * @returns {Dense | null} null where there is none */
export function denseOf(weights, layer) {
  const [kernel, bias] = [weights?.get(`${layer}/W`), weights?.get(`${layer}/b`)];
  if (!kernel || !bias || kernel.shape.length !== 2) return null;
  const [inputs, units] = kernel.shape;
  return { kernel: kernel.data, bias: bias.data, inputs, units };
}

/** The weighted sums W a of all units, without the bias. @param {Dense} dense @param {ArrayLike<number>} a
 * @returns {Float64Array} */
export function sums({ kernel, inputs, units }, a) {
  const found = new Float64Array(units);
  for (let i = 0; i < inputs; i += 1) {
    if (a[i]) for (let u = 0; u < units; u += 1) found[u] += a[i] * kernel[i * units + u];
  }
  return found;
}

/** W a + b. @param {Dense} dense @param {ArrayLike<number>} a */
export const into = (dense, a) => sums(dense, a).map((sum, u) => sum + dense.bias[u]);

/** @param {number} z */
export const sigmoid = (z) => 1 / (1 + Math.exp(-z));

/** The digit that a network of sigmoids answers: the output with the largest z, for softmax keeps the order.
 * @param {Dense[]} layers @param {ArrayLike<number>} x */
export function answerOf(layers, x) {
  let a = x;
  for (const [at, layer] of layers.entries()) {
    const z = into(layer, a);
    a = at < layers.length - 1 ? z.map(sigmoid) : z;
  }
  return Array.from(a).indexOf(Math.max(...Array.from(a)));
}

/** The activations of a layer as it was read. @param {State | null} state @param {string} layer */
export const activationsOf = (state, layer) =>
  state?.reading && state.reading.model === state.model?.id
    ? (state.reading.layers.find(({ name }) => name === layer) ?? null)
    : null;

/**
 * Numbers as a picture, a pixel each.
 * @param {HTMLCanvasElement} canvas as many pixels as numbers
 * @param {(row: number, column: number) => number} word the four bytes of a pixel
 */
export function paint(canvas, word) {
  const { width, height } = canvas;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1)
      words[row * width + column] = word(row, column);
  }
  context.putImageData(image, 0, 0);
}

/** The largest of numbers, without their signs. @param {ArrayLike<number>} values */
export const most = (values) =>
  Array.from(values).reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
