// Two networks of the same layers, one with sigmoids and one with ReLU: how many of each digit they read rightly.

import { make, say } from '../../../page/dom.js';
import { confusionOf } from '../../../sessions/test-part.js';
import { sharesOf } from './digits.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const RIVALS = ['mlp-sigmoid', 'mlp-relu'];
const FROM = 0.9; // where the bars begin

/** Which digit gained most. @param {number[]} before @param {number[]} after */
export function mostGained(before, after) {
  const gains = after.map((share, i) => share - before[i]);
  return gains.indexOf(Math.max(...gains));
}

/** @param {Pick<Page, 'onChange'>} page @param {Translate} t @param {Numbers} numbers
 * @param {typeof confusionOf} [asks] */
export function createRivals({ onChange }, t, numbers, asks = confusionOf) {
  /** @type {(number[] | null)[]} */
  const shares = [null, null];
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const bars = [0, 1].map((i) => make('span', { class: `deep-bar ${i ? '' : 'was'}` }));
    const said = make('span', { class: 'number', 'data-testid': `rivals-${digit}` });
    const element = make(
      'p',
      {},
      make('strong', {}, String(digit)),
      make('span', {}, ...bars),
      said,
    );
    return { bars, said, element };
  });
  const element = make(
    'div',
    { class: 'digit-shares rivals', 'data-testid': 'rivals' },
    ...rows.map((row) => row.element),
    make('p', { class: 'small soft' }, t('rivals.about')),
  );

  function show() {
    rows.forEach(({ bars, said }, digit) => {
      const found = shares.map((each) => each?.[digit] ?? null);
      found.forEach((share, i) =>
        bars[i].style.setProperty(
          '--size',
          `${Math.max(0, ((share ?? FROM) - FROM) / (1 - FROM)) * 100}%`,
        ),
      );
      say(said, found.map((share) => (share === null ? '–' : numbers.percent(share))).join(' → '));
    });
    const [before, after] = shares;
    const best = before && after ? mostGained(before, after) : -1;
    for (const [digit, row] of rows.entries()) row.element.classList.toggle('most', digit === best);
  }
  RIVALS.forEach((id, i) =>
    asks(id).then((found) => {
      shares[i] = found && sharesOf(found);
      show();
      onChange();
    }),
  );
  show();
  return { element, quantities: {}, apply() {} };
}
