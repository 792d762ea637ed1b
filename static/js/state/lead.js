// Why one answer and not another: how far the sum z of one output leads the other's, source by source.

import { answerOf } from './ends.js';
import { incoming, sourceOf } from './contributions.js';

/** @import { Rivals } from './ends.js' */
/** @import { State } from './types.js' */

/**
 * @typedef {object} Lead `(w_first − w_second) · a`, summed over the sources, and the biases
 * @property {number} first
 * @property {number} second
 * @property {string} layer of the two outputs
 * @property {number} [head] which of the network's outputs, where it is not the first
 * @property {string} source the layer whose activations they read
 * @property {ArrayLike<number>} at the sources' places in that layer
 * @property {ArrayLike<number>} weights of the first, for each source
 * @property {ArrayLike<number>} others of the second
 * @property {ArrayLike<number>} sources their activations
 * @property {Float64Array} contributions each source's part of the lead
 * @property {number} sum of them
 * @property {number} bias the first's less the second's
 * @property {number} total z of the first less z of the second
 * @property {number | null} times how many times as probable the first is; null without a softmax
 *
 * @typedef {Pick<State, 'model' | 'reading' | 'weights' | 'row'>} Read
 */

/**
 * @param {Read} state
 * @param {Rivals} rivals
 * @returns {Lead | null} null until the weights are there
 */
export function leadOf(state, { first, second, head }) {
  const layer = answerOf(state.reading, head)?.layer ?? '';
  const output = state.reading?.layers.find(({ name }) => name === layer);
  const [one, other] = [first, second].map((index) => incoming(state, { layer, index }));
  if (!output?.z || !one || !other) return null;
  const contributions = one.sources.map((a, i) => (one.weights[i] - other.weights[i]) * a);
  const total = output.z[first] - output.z[second];
  return {
    first,
    second,
    ...(head ? { head } : {}),
    layer,
    source: sourceOf(state, layer),
    at: one.at,
    weights: one.weights,
    others: other.weights,
    sources: one.sources,
    contributions,
    sum: contributions.reduce((sum, each) => sum + each, 0),
    bias: one.bias - other.bias,
    total,
    times: output.activation === 'softmax' ? Math.exp(total) : null,
  };
}

/**
 * What speaks most for each of the two answers, and whether the biases decide against the sources.
 * @param {Pick<Lead, 'contributions' | 'sum' | 'total'>} lead
 * @returns {{first: number | null, second: number | null, isBiasDecisive: boolean}} places among the
 *   contributions, null where no source speaks for an answer
 */
export function speakersOf({ contributions, sum, total }) {
  let [first, second] = [-1, -1];
  contributions.forEach((part, i) => {
    if (part > 0 && (first < 0 || part > contributions[first])) first = i;
    if (part < 0 && (second < 0 || part < contributions[second])) second = i;
  });
  return {
    first: first < 0 ? null : first,
    second: second < 0 ? null : second,
    isBiasDecisive: sum * total < 0,
  };
}

/** Makes a function that keeps the lead it made last: views compare leads by identity. */
export function createLeader() {
  /** @type {unknown[]} */
  let of = [];
  /** @type {Lead | null} */
  let made = null;
  /** @param {Read} state @param {Rivals} rivals */
  return function lead(state, rivals) {
    const now = [
      state.model,
      state.reading,
      state.weights,
      state.row,
      rivals.first,
      rivals.second,
      rivals.head,
    ];
    if (now.some((value, i) => value !== of[i])) {
      of = now;
      made = leadOf(state, rivals);
    }
    return made;
  };
}
