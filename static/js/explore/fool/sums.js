// What small pushes add up to, beside what is measured; and how the answer fares around the push at which it
// flips.

import { epsilonWords } from '../figures/amounts.js';

/** @import { Attack } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const FAILS = 0.25; // of the pushes' sum: an expectation that is further off says nothing
export const MOST = 0.5; // ε of the slider, and of the curve's axis where no larger one matters

/** How many pixels move. @param {ArrayLike<number>} change */
export const movedOf = (change) => Array.from(change).filter((value) => value !== 0).length;

/** Whether what is measured is near what the slopes let expect. @param {Attack['score']} score */
export const isExpected = ({ before, expected, after }) =>
  Math.abs(after - expected) <= FAILS * Math.abs(expected - before);

/**
 * The sum as it is added up, line by line. Each number is rounded by itself: where those that are shown do
 * not add up, the last one is said to be about that.
 * @param {Pick<Attack, 'score' | 'change'>} told @param {Translate} t @param {Numbers} numbers
 * @returns {[string, string][]}
 */
export function sumRows({ score: { before, expected, after }, change }, t, numbers) {
  const push = expected - before;
  const [a, b, sum] = [before, push, expected].map((value) => Math.round(100 * value));
  return [
    [t('fool.score'), numbers.two(before)],
    [
      t('fool.pushes', { moved: numbers.whole(movedOf(change)) }),
      `${push >= 0 ? '+' : ''}${numbers.two(push)}`,
    ],
    [t('fool.expected'), `${a + b === sum ? '' : '≈ '}${numbers.two(expected)}`],
    [t('fool.measured'), numbers.two(after)],
  ];
}

/** What that sum says. @param {Pick<Attack, 'score' | 'change' | 'largest'>} told @param {[string, string][]} rows
 * @param {Translate} t @param {Numbers} numbers */
export function sumWords({ score, change, largest }, rows, t, numbers) {
  const moved = numbers.whole(movedOf(change));
  const said = isExpected(score)
    ? t('fool.sum.about', { moved })
    : t('fool.sum.fails', {
        moved,
        expected: numbers.two(score.expected),
        measured: numbers.two(score.after),
        largest: epsilonWords(largest, numbers),
      });
  const isRounded = rows.some(([, value]) => value.startsWith('≈'));
  return isRounded ? `${said} ${t('fool.sum.rounded')}` : said;
}

/**
 * The curve over the slider's range, so that another drawing's is on the same axis, and with the point that the
 * pictures show; over all ε only where it flips further out, or never.
 * @param {Pick<Attack, 'curve' | 'epsilon' | 'smallest_epsilon' | 'after' | 'prediction' | 'target' | 'label'>} told
 * @returns {Attack['curve']} in order of ε
 */
export function around({ curve, epsilon, smallest_epsilon: flips, after, ...told }) {
  const end = Math.max(flips ?? 1, epsilon) > MOST ? 1 : MOST;
  const { prediction } = told;
  const shown = { epsilon, prediction, probability: after[told.target ?? told.label] };
  return [...curve.filter((each) => each.epsilon <= end && each.epsilon !== epsilon), shown].sort(
    (a, b) => a.epsilon - b.epsilon,
  );
}
