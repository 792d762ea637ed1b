// The parameters of the network beside the chapter, layer by layer, and beside them those of the first one.

import { make, say } from '../../../page/dom.js';
import { layerName } from '../../../state/names.js';
import { sumOf } from './count.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const FIRST = 'mlp-sigmoid';

/** @param {Pick<Page, 'state'>} page @param {Translate} t @param {Numbers} numbers */
export function createCounts({ state }, t, numbers) {
  const rows = make('tbody', {});
  const [own, first] = [make('p', {}), make('p', { class: 'soft' })];
  const element = make(
    'div',
    { class: 'counts', 'data-testid': 'counts' },
    make('table', {}, rows),
    own,
    first,
  );
  /** @type {unknown} */
  let shown;
  /** @param {{parameters: number, accuracy: Record<string, number>}} model */
  const told = ({ parameters, accuracy }) =>
    t('counts.reads', {
      parameters: numbers.whole(parameters),
      accuracy: numbers.percent(accuracy.mnist_test),
    });

  return {
    element,
    quantities: {},
    update() {
      const { model, models } = state() ?? {};
      if (!model || shown === model) return;
      shown = model;
      const layers = model.layers.filter(({ parameters }) => parameters > 0);
      rows.replaceChildren(
        ...layers.map((layer) =>
          make(
            'tr',
            {},
            make('th', { scope: 'row' }, layerName(layer.name, t)),
            make('td', { class: 'number soft' }, sumOf(layer, numbers.whole)),
            make('td', { class: 'number' }, numbers.whole(layer.parameters)),
          ),
        ),
      );
      say(own, t('counts.this', { told: told(model) }));
      const before = models?.find(({ id }) => id === FIRST);
      first.hidden = !before || model.id === FIRST;
      if (before) say(first, t('counts.first', { told: told(before) }));
    },
    apply() {},
  };
}
