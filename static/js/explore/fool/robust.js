// And the test set? How often the network is right at each amount.

import { createPlot } from '../../views/plot/plot.js';
import { make, say } from '../../page/dom.js';
import { robustRows } from '../figures/rows.js';
import { createTable } from '../table.js';
import { ofPart } from '../results/shares.js';
import { robustnessFigure } from './figures.js';
import { createChanged } from '../../state/store.js';

/** @import { Confusion, Robustness } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * @param {HTMLElement} waiting how far it is
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createRobust(waiting, t, numbers) {
  const plot = createPlot('robustness', t('robust.title'));
  const said = make('p', { class: 'small soft', 'data-testid': 'robust-said' });
  const table = createTable(t);
  const element = make(
    'section',
    { class: 'robust' },
    make('div', { class: 'robust-head' }, make('h3', {}, t('robust.title')), waiting),
    plot.element,
    said,
    table.element,
  );
  const changed = createChanged();

  return {
    element,
    /** @param {Robustness | null} tests @param {Confusion | null} whole of the whole test set
     * @param {string} theme */
    show(tests, whole, theme) {
      for (const each of [plot.element, said, table.element])
        each.classList.toggle('coming', !tests);
      if (!tests || !changed({ tests, whole, theme })) return;
      plot.show(robustnessFigure(tests, t, numbers));
      table.show(robustRows(tests, t, numbers));
      const measured = t('robust.said', { total: numbers.whole(tests.total) });
      say(said, `${measured} ${ofPart(tests, whole, t, numbers)}`.trim());
    },
    destroy: () => plot.destroy(),
  };
}
