// A reading that ends early: what the network would answer if the image ended after some of its
// rows. An LSTM's state after that row goes through the output layer; nothing else changes.

import { isPictured } from './units.js';

/** @import { LayerActivations, Reading, Weights } from './types.js' */

/** The layer that the outputs read: a dropout between only passes values on. @param {Reading} reading */
export const trunkOf = ({ layers, outputs }) =>
  layers
    .slice(0, -(outputs?.length || 1))
    .filter(isPictured)
    .at(-1);

/** How many steps a reading has, 0 when it is no sequence. @param {Reading | null} reading */
export function stepsOf(reading) {
  const layer = reading ? trunkOf(reading) : undefined;
  return layer?.shape.length === 2 ? layer.shape[0] : 0;
}

/** @param {ArrayLike<number>} z */
function softmax(z) {
  const most = Math.max(...Array.from(z));
  const powers = Array.from(z, (value) => Math.exp(value - most));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/**
 * @param {Reading} reading
 * @param {Weights} weights
 * @param {number} row the last row read, from 1
 * @returns {Reading}
 */
export function readUpTo(reading, weights, row) {
  return row >= stepsOf(reading) || reading.prediction === null
    ? reading
    : readAt(reading, weights, row);
}

/** The same for any row, the last one too. @param {Reading} reading @param {Weights} weights @param {number} row
 * @returns {Reading} */
export function readAt(reading, weights, row) {
  const heads = reading.outputs?.length || 1;
  const states = trunkOf(reading);
  const outputs = reading.layers.slice(-heads);
  if (!states) return reading;
  const units = states.shape[1];
  const h = states.a.slice((row - 1) * units, row * units);
  const read = outputs.map((output) => readOut(output, weights, h));
  const told = read.map(({ a }) => ({ probabilities: a, prediction: a.indexOf(Math.max(...a)) }));
  return {
    ...reading,
    layers: [...reading.layers.slice(0, -heads), ...read],
    ...told[0],
    ...(reading.outputs
      ? { outputs: reading.outputs.map((output, i) => ({ ...output, ...told[i] })) }
      : {}),
  };
}

/** An output layer that reads another state. @param {LayerActivations} output @param {Weights} weights
 * @param {number[]} h @returns {LayerActivations} the same layer where its weights are not here */
function readOut(output, weights, h) {
  const kernel = weights.get(`${output.name}/W`);
  const bias = weights.get(`${output.name}/b`);
  if (!kernel || !bias) return output;
  const units = kernel.shape[1];
  const z = Array.from(bias.data, (b, unit) =>
    h.reduce((sum, value, i) => sum + value * kernel.data[i * units + unit], b),
  );
  return { ...output, z, a: softmax(z) };
}

/** Makes a function that keeps the reading it made last: views compare readings by identity. */
export function createUpTo() {
  /** @type {unknown[]} */
  let of = [];
  /** @type {Reading | null} */
  let made = null;
  /**
   * @param {Reading | null} reading @param {Weights | null} weights @param {number | null} row
   */
  return function upTo(reading, weights, row) {
    if (!reading || !weights || row === null || row >= stepsOf(reading)) return reading;
    const now = [reading, weights, row];
    if (now.some((value, i) => value !== of[i])) {
      of = now;
      made = readUpTo(reading, weights, row);
    }
    return made;
  };
}
