// All runs: settings and results of each; watch one, put another beside it, rename, delete.

import { make, say } from '../../page/dom.js';
import { architectureText } from '../../state/names.js';
import { isNumber, measureWords, testedOf, validationOf, wordsOf } from '../curves/measures.js';
import { createNaming } from './naming.js';
import { nameless } from './when.js';
import { clock, shareDone, stateWord } from './progress.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Run, TrainState } from '../types.js' */

/**
 * @typedef {object} Events
 * @property {(id: string) => void} onWatch
 * @property {(id: string | null) => void} onBeside
 * @property {(id: string, title: string) => void} onRename
 * @property {(id: string) => void} onDelete
 * @property {import('../open.js').Smalls} small what is open in a row
 */

/** What it was set to. @param {Run} run @param {Translate} t @param {Numbers} numbers */
function settingsOf(run, t, numbers) {
  const { training } = run;
  return [
    architectureText(run, t),
    t(`choice.${training.optimizer}`),
    `η ${training.learning_rate}`,
    t('runs.batch', { size: training.batch_size }),
    run.problem === 'digits'
      ? t('runs.digits', { count: numbers.whole(run.samples) })
      : t(`runs${wordsOf(run)}`),
  ].join(' · ');
}

/**
 * A run's line of the table.
 * @param {string} id
 * @param {Events} events
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {string} language
 */
function createRow(id, { onWatch, onBeside, onRename, onDelete, small }, t, numbers, language) {
  const watch = make('button', {
    type: 'button',
    class: 'plain run-link',
    'data-testid': 'watch-run',
  });
  const when = make('span', { class: 'small soft run-when' });
  const [state, settings, validation, test, time] = Array.from({ length: 5 }, () => make('td', {}));
  settings.className = 'small soft';
  const beside = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'beside' },
    t('runs.beside'),
  );
  const rename = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'rename' },
    t('runs.rename'),
  );
  const remove = make('button', { type: 'button', class: 'small', 'data-testid': 'delete-run' });
  const naming = createNaming(
    { label: t('runs.name'), send: t('runs.send'), testId: 'rename-name', close: t('open.close') },
    rename,
    () => title,
    (name) => {
      onRename(id, name);
      return true;
    },
    small,
  );
  const leave = make(
    'button',
    { type: 'button', class: 'small runs-leave', 'data-testid': 'delete-not' },
    t('runs.delete.not'),
  );
  const acts = make('td', { class: 'runs-act' }, beside, rename, leave, remove);
  const element = make(
    'tr',
    { 'data-testid': `row-${id}` },
    make('th', { scope: 'row' }, watch, when, naming),
    state,
    settings,
    validation,
    test,
    time,
    acts,
  );
  let isBeside = false;
  let isSure = false;
  let title = '';
  watch.addEventListener('click', () => onWatch(id));
  beside.addEventListener('click', () => onBeside(isBeside ? null : id));
  const asking = {
    element: remove,
    open() {
      small.opened(asking);
      showSure(true);
    },
    close() {
      showSure(false);
      small.closed(asking);
    },
  };
  remove.addEventListener('click', () => {
    if (!isSure) return asking.open();
    asking.close();
    onDelete(id);
  });
  remove.addEventListener('blur', () => isSure && asking.close());
  leave.addEventListener('click', asking.close);
  /** @param {boolean} asked whether it is really to be deleted */
  function showSure(asked) {
    isSure = asked;
    acts.classList.toggle('sure', asked);
    say(remove, t(asked ? 'runs.delete.sure' : 'runs.delete'));
  }
  showSure(false);
  return {
    element,
    /** @param {Run} run @param {TrainState} all */
    update(run, all) {
      ({ title } = run);
      const watched = all.watched === id;
      isBeside = all.beside === id;
      element.classList.toggle('watched', watched);
      watch.setAttribute('aria-current', String(watched));
      say(watch, run.title);
      say(when, nameless(all.runs, run, language));
      say(
        state,
        run.state === 'running'
          ? t('runs.share', { share: numbers.percent(shareDone(run)) })
          : stateWord(run, t),
      );
      say(settings, settingsOf(run, t, numbers));
      say(
        validation,
        run.validation === null
          ? ''
          : `${t('runs.validation')} ${measureWords(run, validationOf(run), t, numbers)}`,
      );
      say(
        test,
        run.tested === null
          ? ''
          : `${t('runs.test')} ${measureWords(run, testedOf(run), t, numbers)}`,
      );
      say(time, clock(run.seconds));
      element.classList.toggle('long', run.outputs.length > 1 || isNumber(run));
      beside.hidden = watched;
      beside.setAttribute('aria-pressed', String(isBeside));
      rename.hidden = remove.hidden = !run.mine;
    },
  };
}

/**
 * @param {HTMLElement} container
 * @param {Events} events
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {string} language
 */
export function createRuns(container, events, t, numbers, language) {
  const empty = make('p', { class: 'soft' }, t('runs.empty'));
  const heads = ['run', 'state', 'settings', 'validation', 'test', 'time', 'act'].map((name) =>
    make('th', { scope: 'col' }, t(`runs.${name}`)),
  );
  const body = make('tbody', {});
  const table = make('table', { class: 'runs' }, make('thead', {}, make('tr', {}, ...heads)), body);
  container.append(empty, table);
  /** @type {Map<string, ReturnType<typeof createRow>>} */
  const rows = new Map();

  return {
    /** @param {TrainState} state */
    update(state) {
      const { runs } = state;
      empty.hidden = runs.length > 0;
      table.hidden = runs.length === 0;
      const ids = runs.map(({ id }) => id);
      for (const [id, row] of rows) {
        if (ids.includes(id)) continue;
        row.element.remove();
        rows.delete(id);
      }
      runs.forEach((run, i) => {
        let row = rows.get(run.id);
        if (!row) {
          row = createRow(run.id, events, t, numbers, language);
          rows.set(run.id, row);
        }
        if (body.children[i] !== row.element)
          body.insertBefore(row.element, body.children[i] ?? null);
        row.update(run, state);
      });
    },
  };
}
