// Whose mistake it is, as far as that can be counted: which of the other networks that ship misread the same
// digit, and whether people doubt its label. No guess of anybody's goes into it.

import { select } from '../digits/selection.js';

/** @import { Labels, Misreadings, Predictions } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** Each misread digit is in one of these. */
export const GROUPS = /** @type {const} */ (['alone', 'some', 'all', 'doubt']);
/** @typedef {typeof GROUPS[number]} Group */

/**
 * How the other networks that ship read the digits that one misreads. A network with changes is held against
 * the others alone, not against itself as it was learned.
 * @param {Labels} labels @param {Predictions} said @param {Misreadings | null} shipped null before it is there
 * @param {string} model the network's id
 */
export function divide(labels, said, shipped, model) {
  const wrong = select(labels, said, { label: '', read: '', only: 'wrong', sort: 'place' });
  const others = shipped?.filter((each) => each.model !== model) ?? null;

  /** What each of the others reads. @param {number} index @returns {number[] | null} */
  const readings = (index) =>
    others?.map(({ readings: misread }) => misread.get(index) ?? labels.labels[index]) ?? null;

  /** @param {number} index @returns {Group | null} null where that is not known yet */
  function groupOf(index) {
    if (labels.disputed.has(index)) return 'doubt';
    const read = readings(index);
    if (!read) return null;
    const misread = read.filter((digit) => digit !== labels.labels[index]).length;
    if (misread === 0) return 'alone';
    return misread === read.length ? 'all' : 'some';
  }

  /** @type {Record<Group, number>} */
  const counts = { alone: 0, some: 0, all: 0, doubt: 0 };
  for (const index of wrong) {
    const group = groupOf(index);
    if (group) counts[group] += 1;
  }
  return {
    total: labels.total,
    wrong: wrong.length,
    others: others?.length ?? null,
    counts,
    readings,
    groupOf,
  };
}
/** @typedef {ReturnType<typeof divide>} Division */

/** What is wrong with it, in a sentence whose numbers add up.
 * @param {Division} division @param {Translate} t @param {Numbers} numbers */
export function divisionWords({ total, wrong, others, counts }, t, numbers) {
  if (!wrong) return t('opening.wrong.none');
  const words = t('miss.answer', {
    right: numbers.whole(total - wrong),
    total: numbers.whole(total),
    share: numbers.percent((total - wrong) / total),
    count: numbers.whole(wrong),
  });
  if (others === null) return words;
  const [alone, some, all, doubted] = GROUPS.map((group) => numbers.whole(counts[group]));
  const told = { alone, some, all, doubted, others, every: others + 1 };
  return `${words} ${t('miss.divided', told)}`;
}

/** How the others read a digit: so many as this, so many as that, the most first.
 * @param {number[]} readings @param {Translate} t */
export function readingsWords(readings, t) {
  const digits = [...new Set(readings)].sort((a, b) => a - b);
  const counted = digits.map((digit) => ({
    digit,
    count: readings.filter((each) => each === digit).length,
  }));
  return counted
    .sort((a, b) => b.count - a.count)
    .map(({ digit, count }) => t(count === 1 ? 'guess.one' : 'guess.many', { count, digit }))
    .join(', ');
}
