// The curves on the page, and what says which line is what.

import { make } from '../../page/dom.js';
import { layerName } from '../../state/names.js';
import { createPlot } from '../../views/plot/plot.js';
import { DASHES, figure, headsOf, panesOf } from './curves.js';
import { wordsOf } from './measures.js';
import { createChanged } from '../../state/store.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Details, TrainState } from '../types.js' */

/**
 * @param {HTMLElement} container
 * @param {{onBatch: (batch: number) => void}} events a checkpoint is clicked in the chart
 * @param {Translate} t
 */
export function createChart(container, { onBatch }, t) {
  const legend = make('p', { class: 'small soft curves-legend' });
  /** @type {string | null} */
  let named = null;
  const plot = createPlot('plot', t('curves.title'), (point) => {
    if (point?.x !== undefined && first) onBatch(Math.round(point.x * first.run.batches_an_epoch));
  });
  container.append(legend, plot.element);
  const changed = createChanged();
  /** @type {Details | null} */
  let first = null;

  /** @param {TrainState} state */
  const watched = ({ watched: id, beside, details }) =>
    [id, beside].flatMap((each) => (each && details[each] ? [details[each]] : []));

  /** Say what each line is. @param {Details[]} all */
  function name(all) {
    const titles = all.length > 1 ? all.map(({ run }) => run.title) : [''];
    const heads = [...new Set(all.flatMap(headsOf))];
    const key = [...titles, ...all.map(({ run }) => run.problem), ...heads].join('\n');
    if (named === key) return;
    named = key;
    const entries = titles.flatMap((title, i) =>
      ['learned', 'validation'].map((which) => {
        const text = t(`curves.${which}${all[i] ? wordsOf(all[i].run) : ''}`);
        return make(
          'span',
          { class: 'curves-key' },
          make('span', { class: `curves-line ${which} run-${i + 1}` }),
          title ? `${title}: ${text}` : text,
        );
      }),
    );
    const outputs = heads.map((each, head) =>
      make(
        'span',
        { class: 'curves-key' },
        make('span', { class: `curves-line ${DASHES[head % DASHES.length]}` }),
        layerName(each, t),
      ),
    );
    const mean = make(
      'span',
      { class: 'curves-key' },
      make('span', { class: 'curves-line' }),
      t('curves.mean'),
    );
    legend.replaceChildren(
      ...entries,
      ...(heads.length ? [mean] : []),
      ...outputs,
      make('span', {}, t('curves.about')),
    );
  }

  return {
    /** @param {TrainState} state @returns {boolean} whether there is something to draw */
    update(state) {
      const all = watched(state);
      first = all[0] ?? null;
      const some = all.some(({ checkpoints }) => checkpoints.length > 0);
      plot.element.hidden = !some;
      legend.hidden = !some;
      if (!some) return false;
      const { batch, theme } = state;
      if (!changed({ ...all, count: all.length, batch, theme })) return true;
      name(all);
      plot.element.dataset.panes = String(panesOf(all).length);
      plot.show((token) => figure(all, state.batch, t, token));
      return true;
    },
  };
}
