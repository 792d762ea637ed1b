// One network has several shares of digits read right: of the test set, of a part of it, of held-out training
// digits, of drawn ones, with changes and without. Where two of them can be seen at once, it is said why
// they differ.

/** @import { Confusion, ExploreState, Robustness } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * Why another share stands beside the network's name than is measured here on the test set; '' where none does.
 * @param {Pick<ExploreState, 'model' | 'edits'>} state @param {Translate} t @param {Numbers} numbers
 */
export function besideName({ model, edits }, t, { percent }) {
  if (!model) return '';
  const { accuracy } = model;
  const { mnist_test: test = accuracy.test, drawn, validation } = accuracy;
  if (test === undefined)
    return validation === undefined ? '' : t('shares.held', { share: percent(validation) });
  if (edits[model.id]?.length) return t('shares.changed', { share: percent(test) });
  return drawn === undefined ? '' : t('shares.drawn', { share: percent(drawn) });
}

/**
 * The share of a part of the test set as it is, beside that of all of it.
 * @param {Robustness} tests @param {Pick<Confusion, 'accuracy' | 'total'> | null} whole
 * @param {Translate} t @param {Numbers} numbers
 */
export function ofPart(
  { total, neutral, amounts, accuracies },
  whole,
  t,
  { percent, whole: count },
) {
  const share = accuracies[amounts.indexOf(neutral)];
  if (share === undefined || !whole) return '';
  return t('shares.part', {
    share: percent(share),
    part: count(total),
    all: percent(whole.accuracy),
    total: count(whole.total),
  });
}
