// Where the curves will be: what is to be seen here is said until the first run is watched; what draws
// them comes with it.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { TrainState } from '../types.js' */

/**
 * @param {HTMLElement} container
 * @param {{onBatch: (batch: number) => void, onWatch: (id: string) => void}} events a checkpoint is clicked in the
 *   chart; a run that trains is to be watched again
 * @param {Translate} t
 */
export function createCurves(container, events, t) {
  const said = make('p', {});
  const empty = make('div', { class: 'soft curves-empty' }, said);
  container.append(empty);
  /** @type {Promise<(state: TrainState) => void> | null} */
  let leads = null;
  const bringLeads = async () => (await import('./leads.js')).createLeads(empty, events.onWatch, t);
  /** @type {ReturnType<typeof import('./chart.js')['createChart']> | null} */
  let chart = null;
  let isComing = false;
  /** @type {TrainState} */
  let latest;

  return {
    /** @param {TrainState} state */
    update(state) {
      latest = state;
      say(said, t(state.watched === null ? 'curves.empty' : 'curves.soon'));
      if (state.runs.length) leads ??= bringLeads();
      leads?.then(
        (show) => show(latest),
        () => (leads = null), // with the next news of a run
      );
      if (chart) {
        empty.hidden = chart.update(state);
        return;
      }
      if (state.watched === null || isComing) return;
      isComing = true;
      import('./chart.js').then(
        ({ createChart }) => {
          chart = createChart(container, events, t);
          empty.hidden = chart.update(latest);
        },
        () => (isComing = false), // with the next news of the run
      );
    },
  };
}
