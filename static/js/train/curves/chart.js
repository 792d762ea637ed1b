// The curves on the page. Plotly comes when the first run is watched; what is pointed at stays
// pointed at while new numbers come in.

import { make } from '../../page/dom.js';
import { layerName } from '../../state/names.js';
import { loadPlotly } from '../../views/plotly.js';
import { DASHES, figure, headsOf, panesOf } from './curves.js';
import { wordsOf } from './measures.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Details, TrainState } from '../types.js' */

const RETRY = 2000; // ms until a script that did not come is asked for again

/**
 * @param {HTMLElement} container
 * @param {{onBatch: (batch: number) => void}} events a checkpoint is clicked in the chart
 * @param {Translate} t
 */
export function createChart(container, { onBatch }, t) {
  const legend = make('p', { class: 'small soft curves-legend' });
  /** @type {string | null} */
  let named = null;
  const plot = make('div', {
    class: 'plot',
    'data-testid': 'plot',
    role: 'img',
    'aria-label': t('curves.title'),
  });
  container.append(legend, plot);
  /** @type {unknown[]} */
  let shown = [];
  let busy = false;
  let again = false;
  /** @type {number | null} where the pointer is, in epochs */
  let pointed = null;
  let listening = false;
  /** @type {Details | null} */
  let first = null;

  /** @param {TrainState} state */
  const watched = ({ watched: id, beside, details }) =>
    [id, beside].flatMap((each) => (each && details[each] ? [details[each]] : []));

  /** @param {TrainState} state */
  async function draw(state) {
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    try {
      const Plotly = await loadPlotly(container.dataset.script ?? '');
      const style = getComputedStyle(document.documentElement);
      /** @param {string} name */
      const token = (name) => style.getPropertyValue(`--${name}`).trim();
      const all = watched(state);
      const { data, layout, config } = figure(all, state.batch, t, token);
      const panes = panesOf(all);
      plot.dataset.panes = String(panes.length);
      await Plotly.react(plot, data, layout, config);
      listen(Plotly);
      if (pointed !== null)
        Plotly.Fx.hover(
          plot,
          { xval: pointed },
          panes.map((_, place) => (place ? `xy${place + 1}` : 'xy')),
        );
    } catch {
      setTimeout(() => draw(latest), RETRY);
    } finally {
      busy = false;
    }
    if (again) {
      again = false;
      draw(latest);
    }
  }

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

  /** @param {any} Plotly */
  function listen(Plotly) {
    if (listening) return;
    listening = true;
    const target = /** @type {any} */ (plot);
    target.on('plotly_hover', (/** @type {any} */ event) => {
      pointed = event.xvals?.[0] ?? null;
    });
    target.on('plotly_unhover', () => {
      pointed = null;
    });
    target.on('plotly_click', (/** @type {any} */ event) => {
      const x = event.points?.[0]?.x;
      if (x !== undefined && first) onBatch(Math.round(x * first.run.batches_an_epoch));
    });
    new ResizeObserver(() => {
      if (plot.offsetParent) Plotly.Plots.resize(plot);
    }).observe(container);
  }

  /** @type {TrainState} */
  let latest;

  return {
    /** @param {TrainState} state @returns {boolean} whether there is something to draw */
    update(state) {
      latest = state;
      const all = watched(state);
      first = all[0] ?? null;
      const some = all.some(({ checkpoints }) => checkpoints.length > 0);
      plot.hidden = !some;
      legend.hidden = !some;
      if (!some) return false;
      const now = [...all, state.batch, state.theme];
      if (now.length === shown.length && now.every((value, i) => value === shown[i])) return true;
      shown = now;
      name(all);
      draw(state);
      return true;
    },
  };
}
