// Which two answers are held against each other.

/** @import { Reading } from './types.js' */

/** @typedef {{first: number, second: number}} Rivals the answer and what it is held against */

/** The most probable but one. @param {number[]} probabilities @param {number} first */
const next = (probabilities, first) =>
  probabilities.reduce((best, share, i) => (i !== first && (best < 0 || share > probabilities[best]) ? i : best), -1);

/**
 * Which two outputs are meant: the answer, and the one asked for or the next; null without an answer.
 * @param {Pick<Reading, 'prediction' | 'probabilities'> | null} reading
 * @param {number | 'next' | null} against
 * @returns {Rivals | null}
 */
export function rivalsOf(reading, against) {
  const first = reading?.prediction ?? null;
  if (!reading?.probabilities || first === null || against === null) return null; // a number has no rival
  const isOther = against !== 'next' && against !== first;
  return { first, second: isOther ? against : next(reading.probabilities, first) };
}
