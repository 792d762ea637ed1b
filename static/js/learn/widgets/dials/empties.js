// The ten outputs for an empty pad, told once they have been guessed: they add up to 1 all the same.

import { make, say } from '../../../page/dom.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

/** @param {Pick<Page, 'quantities'>} page @param {Translate} t @param {Numbers} numbers */
export function createEmpties({ quantities }, t, numbers) {
  const rows = Array.from({ length: 10 }, (_, digit) => {
    const bar = make('span', { class: 'deep-bar', 'aria-hidden': 'true' });
    const said = make('span', { class: 'number', 'data-testid': `empty-${digit}` });
    return { bar, said, element: make('p', {}, make('span', {}, String(digit)), bar, said) };
  });
  const total = make('strong', { class: 'number', 'data-testid': 'empty-sum' });
  const element = make(
    'div',
    { class: 'empties', 'data-testid': 'empties' },
    make('p', { class: 'small soft' }, t('empties.about')),
    ...rows.map((row) => row.element),
    make('p', { class: 'empties-sum' }, t('empties.sum'), ' ', total),
  );
  return {
    element,
    quantities: {},
    update() {
      const found = rows.map((_, digit) => quantities().empty?.(digit));
      if (found.some((p) => typeof p !== 'number')) return;
      const shares = /** @type {number[]} */ (found);
      shares.forEach((p, digit) => {
        rows[digit].bar.style.setProperty('--size', `${100 * p}%`);
        say(rows[digit].said, numbers.probability(p));
      });
      say(total, numbers.three(shares.reduce((all, p) => all + p, 0)));
    },
    apply() {},
  };
}
