// How many of each digit's test pictures are read rightly: as the network was learned, and with the changes
// that are made now.

import { make, say } from '../../../page/dom.js';
import { confusionOf } from '../../../sessions/test-part.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const LOOPS = [0, 6, 8, 9];
const FROM = 0.8; // where the bars begin

/** Of each digit the share that is read as what it is. @param {number[][]} confusion a row a label
 * @returns {number[]} */
export const sharesOf = (confusion) =>
  confusion.map((row, label) => row[label] / row.reduce((all, count) => all + count, 0));

/** @param {Pick<Page, 'state' | 'onChange'>} page @param {Translate} t @param {Numbers} numbers
 * @param {typeof confusionOf} [asks] */
export function createDigits({ state, onChange }, t, numbers, asks = confusionOf) {
  /** @type {number[] | null} */
  let before = null;
  let asked = '';
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const [was, now] = [
      make('span', { class: 'deep-bar was' }),
      make('span', { class: 'deep-bar' }),
    ];
    const number = make('span', { class: 'number', 'data-testid': `share-${digit}` });
    const name = make('strong', {}, String(digit), LOOPS.includes(digit) ? ' ○' : '');
    const element = make('p', {}, name, make('span', {}, was, now), number);
    return { was, now, number, element };
  });
  const about = make('p', { class: 'small soft' }, t('digits.about'));
  const element = make(
    'div',
    { class: 'digit-shares', 'data-testid': 'digit-shares' },
    ...rows.map((row) => row.element),
    about,
  );

  function update() {
    const { model, evaluation, edits } = state() ?? {};
    if (!model) return;
    if (asked !== model.id) {
      asked = model.id;
      before = null;
      asks(model.id).then((found) => {
        before = found && sharesOf(found);
        onChange();
      });
    }
    const made = edits?.[model.id] ?? [];
    const isNow = made.length > 0 && evaluation?.model === model.id && evaluation.edits === made;
    const after = isNow && evaluation.confusion ? sharesOf(evaluation.confusion) : null;
    rows.forEach(({ was, now, number }, digit) => {
      const size = (/** @type {number} */ share) =>
        `${Math.max(0, (share - FROM) / (1 - FROM)) * 100}%`;
      const [first, second] = [before?.[digit] ?? null, after?.[digit] ?? null];
      was.style.setProperty('--size', size(first ?? FROM));
      now.style.setProperty('--size', size(second ?? FROM));
      const written = first === null ? '–' : numbers.percent(first);
      say(number, second === null ? written : `${written} → ${numbers.percent(second)}`);
    });
  }

  return { element, quantities: {}, update, apply() {} };
}
