// While no run is watched: that one trains, and the ways to it and to all runs.

import { byId, make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Run, TrainState } from '../types.js' */

/** @param {HTMLElement} place @param {(id: string) => void} onWatch @param {Translate} t */
export function createLeads(place, onWatch, t) {
  const training = make('button', { type: 'button', 'data-testid': 'curves-training' });
  const all = make('button', { type: 'button', 'data-testid': 'curves-all' }, t('runs.title'));
  const leads = make('p', {}, training, all);
  /** @type {Run | undefined} */
  let running;
  training.addEventListener('click', () => running && onWatch(running.id));
  all.addEventListener('click', () => byId('history-title').scrollIntoView());
  place.append(leads);

  /** @param {TrainState} state */
  return ({ watched, runs }) => {
    leads.hidden = watched !== null || !runs.length;
    running = runs.find(({ state }) => state === 'running');
    training.hidden = !running;
    if (running) say(training, t('curves.training', { name: running.title }));
  };
}
