// The networks that were trained here, in the picker: the newest first, each with its time and accuracy.
// Asked for anew whenever the picker opens.

import { make } from '../../page/dom.js';
import { rooted } from '../../server/root.js';
import { usable } from '../../sessions/trainings.js';
import { isSound } from '../../state/checkpoints.js';
import { distinct, moment, suffixes } from '../../state/distinct.js';
import { architectureText } from '../../state/names.js';
import { createRow } from './row.js';

/** @import { Trainings } from '../../sessions/trainings.js' */
/** @import { TrainedRun, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const MOST = 12; // that are listed; all stand on the Train screen

/**
 * @param {HTMLElement} container
 * @param {object} parts
 * @param {Trainings} parts.trainings
 * @param {(id: string) => void} parts.onPick
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {string} language
 */
export function createTrained(container, { trainings, onPick }, t, numbers, language) {
  let asked = 0;
  /** Where all of them stand, or none yet; its place is kept from the start. @param {boolean} some */
  const toAll = (some) =>
    make(
      'a',
      { class: 'small trained-all', href: rooted('/train'), 'data-testid': 'trained-all' },
      t(some ? 'trained.all' : 'trained.none'),
    );
  container.append(toAll(false));

  /** The run's newest network whose weights are numbers. @param {string} id */
  async function pick(id) {
    const found = (await trainings.checkpoints(id)).filter(isSound).at(-1);
    if (found) onPick(`${id}-${found.batch}`);
  }

  /** @param {TrainedRun} run @param {string} suffix @param {string} model that reads now */
  function row(run, suffix, model) {
    const { id, problem, title, parameters, validation, tested, created, state } = run;
    const isNumber = problem === 'houses';
    const measured = (/** @type {number} */ value) =>
      isNumber ? `R² ${numbers.three(value)}` : numbers.percent(value);
    const input = make('input', {
      type: 'radio',
      name: 'model',
      value: id,
      checked: model.startsWith(`${id}-`),
    });
    input.addEventListener('change', () => pick(id).catch(() => (input.checked = false)));
    const size = t('picker.size', {
      architecture: architectureText(run, t),
      parameters: numbers.whole(parameters),
    });
    const held = t(isNumber ? 'trained.held.number' : 'trained.held', {
      share: measured(/** @type {number} */ (validation)),
    });
    const when = t(state === 'running' ? 'trained.now' : 'trained.when', {
      time: moment(created, language),
    });
    return createRow(
      { id, input, title: distinct(title, suffix), size, about: `${when} · ${held}` },
      make('span', { class: 'model-reads' }, tested === null ? '–' : measured(tested)),
    );
  }

  return {
    /** @param {string} model that reads now */
    async show(model) {
      asked += 1;
      const mine = asked;
      const runs = usable(await trainings.runs());
      if (mine !== asked) return;
      const named = suffixes(
        runs.map(({ id, title, created }) => ({ id, title, when: moment(created, language) })),
      );
      const rows = runs.slice(0, MOST).map((run) => row(run, named.get(run.id) ?? '', model));
      const head = make(
        'div',
        { class: 'models-head small soft', 'data-testid': 'trained' },
        make('span', {}, t('trained.title')),
        make('span', {}, t('picker.test')),
      );
      container.replaceChildren(...(runs.length ? [head] : []), ...rows, toAll(runs.length > 0));
    },
  };
}
