// Which two answers are held against each other.

import { answerOf } from './ends.js';

/** @import { Reading } from './types.js' */

/** @typedef {{first: number, second: number, head?: number, row?: number}} Rivals the answer and what it is held
 * against; of a further output that output's place */

/** The most probable but one. @param {number[]} probabilities @param {number} first */
const next = (probabilities, first) =>
  probabilities.reduce(
    (best, share, i) => (i !== first && (best < 0 || share > probabilities[best]) ? i : best),
    -1,
  );

/**
 * Which two outputs are meant: the answer, and the one asked for or the next; null without an answer.
 * @param {Reading | null} reading
 * @param {number | 'next' | null} against
 * @param {number} [head] which of the network's outputs is asked
 * @returns {Rivals | null}
 */
export function rivalsOf(reading, against, head = 0) {
  const answer = answerOf(reading, head);
  if (!answer || answer.prediction === null || against === null) return null; // a number has no rival
  const { prediction: first, probabilities } = answer;
  const isOther = against !== 'next' && against !== first;
  const rivals = { first, second: isOther ? against : next(probabilities, first) };
  return head ? { ...rivals, head } : rivals;
}
