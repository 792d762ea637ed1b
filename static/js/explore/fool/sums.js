// What small pushes add up to, beside what is measured; and how the answer fares around the push at which it
// flips.

import { epsilonWords } from '../figures/amounts.js';

/** @import { Attack } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const FAILS = 0.25; // of the pushes' sum: an expectation that is further off says nothing
const WIDE = 3; // times the push at which it flips, that the curve reaches

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
 * The curve as far as it matters, with the point that the pictures show.
 * @param {Pick<Attack, 'curve' | 'epsilon' | 'smallest_epsilon' | 'after' | 'prediction' | 'target' | 'label'>} told
 * @returns {Attack['curve']} in order of ε
 */
export function around({ curve, epsilon, smallest_epsilon: flips, after, ...told }) {
  const last = curve.at(-1)?.epsilon ?? 1;
  const reach = Math.min(last, Math.max(WIDE * (flips ?? last), epsilon));
  const end = curve.find((each) => each.epsilon >= reach)?.epsilon ?? last;
  const { prediction } = told;
  const shown = { epsilon, prediction, probability: after[told.target ?? told.label] };
  return [...curve.filter((each) => each.epsilon <= end && each.epsilon !== epsilon), shown].sort(
    (a, b) => a.epsilon - b.epsilon,
  );
}
