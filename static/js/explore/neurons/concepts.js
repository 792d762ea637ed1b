// How well one unit tells simple features of the image, beside all units of its layer together.

import { make } from '../../page/dom.js';
import { leaning } from './sentence.js';

/** @import { Concept, LayerConcepts } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** @param {Translate} t @param {Numbers} numbers */
export function createConcepts(t, numbers) {
  const body = make('tbody', {});
  const head = make(
    'tr',
    { class: 'small soft' },
    ...['concepts.feature', 'concepts.unit', 'concepts.layer'].map((key) =>
      make('th', { scope: 'col' }, t(key)),
    ),
  );
  const table = make(
    'table',
    { class: 'concepts', 'data-testid': 'concepts' },
    make('caption', { class: 'unseen' }, t('unit.concepts')),
    make('thead', {}, head),
    body,
  );
  /** @param {number | null | undefined} auc */
  const number = (auc) =>
    make('td', { class: 'number' }, auc === null || auc === undefined ? '–' : numbers.two(auc));

  return {
    element: table,
    /** @param {Concept[]} concepts @param {LayerConcepts | null} layer */
    show(concepts, layer) {
      const rows = concepts.map(({ name, auc }) => {
        const all = layer?.concepts.find((each) => each.name === name);
        const told = auc === null ? { name, auc } : leaning({ name, auc });
        return make(
          'tr',
          {},
          make('th', { scope: 'row' }, t(`concept.short.${told.name}`)),
          number(told.auc),
          number(all?.layer),
        );
      });
      body.replaceChildren(...rows);
    },
  };
}
