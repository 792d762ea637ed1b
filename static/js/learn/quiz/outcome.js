// How often someone was right before and after, question by question.

/** @import { Question } from '../types.js' */

/**
 * @param {Pick<Question, 'answers'>[]} first
 * @param {number[] | null} before answers to the first, null when they were not asked
 * @param {Pick<Question, 'answers'>[]} second
 * @param {number[]} after
 */
export function compare(first, before, second, after) {
  /** @param {Pick<Question, 'answers'> | undefined} question @param {number | undefined} answer */
  const isRight = (question, answer) => question?.answers[answer ?? -1]?.right === true;
  const rows = second.map((question, i) => ({
    before: before && first[i] ? isRight(first[i], before[i]) : null,
    after: isRight(question, after[i]),
  }));
  return {
    rows,
    before: before ? rows.filter((row) => row.before).length : null,
    after: rows.filter((row) => row.after).length,
  };
}
