// From where on a recurrent network's answer stays as it is at the end.

import { readAt, stepsOf, trunkOf } from '../../state/steps.js';

/** @import { Reading, Weights } from '../../state/types.js' */

/** @typedef {{answer: number, sure: number}} Answer after a row */

/** By the states that they are read out of. @type {WeakMap<object, Answer[]>} */
const known = new WeakMap();

/** @param {Reading} reading @param {Weights} weights @returns {Answer[]} after each row */
function answersOf(reading, weights) {
  const states = trunkOf(reading);
  if (!states) return [];
  const found = known.get(states);
  if (found) return found;
  const made = Array.from({ length: stepsOf(reading) }, (_, at) => {
    const { prediction, probabilities } = readAt(reading, weights, at + 1);
    return { answer: prediction ?? -1, sure: probabilities[prediction ?? -1] ?? 0 };
  });
  known.set(states, made);
  return made;
}

/**
 * The first row from which on the answer is the last one, with at least so much probability.
 * @param {Reading | null} reading @param {Weights | null} weights @param {number} share
 * @returns {number | null} counted from 1; null where there are no rows, or the end is not so sure
 */
export function settledAt(reading, weights, share) {
  if (!reading || !weights || reading.prediction === null) return null;
  const answers = answersOf(reading, weights);
  const last = answers.at(-1);
  if (!last || last.sure < share) return null;
  return answers.findLastIndex(({ answer, sure }) => answer !== last.answer || sure < share) + 2;
}
