// A digit of the set in words: which it is, what its label says, what the network says, who doubts it.

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { toldOf } from './selection.js' */

/**
 * @param {ReturnType<typeof toldOf>} told
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function digitWords({ index, label, read, confidence, isWrong, disputed }, t, numbers) {
  const parts = [t('digit.number', { index: numbers.whole(index) })];
  if (label !== null) parts.push(t('digit.label', { label }));
  if (read !== null && confidence !== null) {
    parts.push(
      t(isWrong ? 'digit.wrong' : 'digit.read', { read, sure: numbers.probability(confidence) }),
    );
  }
  if (disputed) parts.push(disputedWords(disputed, t));
  return parts.join(' · ');
}

/** What five people saw. @param {import('../types.js').Disputed} disputed @param {Translate} t */
export const disputedWords = ({ label, guess, given, guessed, neither }, t) =>
  t('digit.disputed', { label, guess, given, guessed, neither });
