// The run that is watched: what it is, how far it is, and what one can do with it.

import { make, say } from '../../page/dom.js';
import { rooted } from '../../server/root.js';
import { architectureText } from '../../state/names.js';
import { nameless } from './when.js';
import { clock, epochsOf, isOver, PACE, roundly, shareDone, stateWord } from './progress.js';
import { toldOf } from './lesson.js';
import { measureWords, testedOf } from '../curves/measures.js';
import { shownModel, watchedRun } from './selectors.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Run, TrainState } from '../types.js' */

/** Where what was trained is used next, in words. */
const NEXT = { draw: 'scrub.open', explore: 'scrub.explore' };

/** How far a run is, how fast and how well. @param {Run} run @param {Translate} t @param {Numbers} numbers */
function progressOf(run, t, numbers) {
  if (run.state === 'done')
    return t('run.over', {
      epochs: numbers.whole(run.training.epochs),
      batches: numbers.whole(run.batches),
      time: clock(run.seconds),
    });
  const isMoving = run.state === 'running';
  const parts = [
    t('run.epochs', {
      epoch: numbers.two(epochsOf(run.batch, run)),
      epochs: numbers.whole(run.training.epochs),
    }),
    t('run.batches', { batch: numbers.whole(run.batch), batches: numbers.whole(run.batches) }),
  ];
  if (isMoving && run.speed) parts.push(t('run.speed', { speed: numbers.whole(run.speed) }));
  if (run.pace && !isOver(run)) parts.push(t('run.slow', { pace: numbers.one(run.pace) }));
  if (isMoving && typeof run.seconds_left === 'number')
    parts.push(t('run.left', { time: clock(roundly(run.seconds_left)) }));
  else if (isMoving && !run.pace) parts.push(t('run.left.unknown'));
  else if (run.seconds) parts.push(t('run.took', { time: clock(run.seconds) }));
  return parts.join(' · ');
}

/** What has come of a run that is over. @param {Run} run @param {Translate} t @param {Numbers} numbers */
function outcomeOf(run, t, numbers) {
  if (run.tested === null) return '';
  return run.tested_error === null && run.outputs.length < 2
    ? t('run.tested', { share: numbers.percent(run.tested) })
    : t('run.tested.all', { measures: measureWords(run, testedOf(run), t, numbers) });
}

/**
 * @param {HTMLElement} container
 * @param {{onAsk: (command: string, value?: number) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {string} language
 */
export function createHead(container, { onAsk }, t, numbers, language) {
  const title = make('strong', { class: 'run-title', 'data-testid': 'run-title' });
  const when = make('span', { class: 'small soft', 'data-testid': 'run-when' });
  const state = make('span', { class: 'run-state', 'data-testid': 'run-state', role: 'status' });
  const about = make('span', { class: 'small soft' });
  const fill = make('span', { class: 'bar-fill' });
  const bar = make(
    'div',
    {
      class: 'bar-track run-bar',
      role: 'progressbar',
      'aria-valuemin': 0,
      'aria-valuemax': 100,
      'aria-label': t('run.progress'),
      'data-testid': 'progress',
    },
    fill,
  );
  const far = make('p', { class: 'small run-far', 'data-testid': 'run-far' });

  /** @param {string} command @param {() => void} [act] */
  function button(command, act = () => onAsk(command)) {
    const made = make(
      'button',
      { type: 'button', 'data-testid': `run-${command}`, title: t(`command.hint.${command}`) },
      t(`command.${command}`),
    );
    made.addEventListener('click', act);
    return made;
  }
  const go = button('go');
  const pause = button('pause');
  const [batch, epoch, stop] = ['batch', 'epoch', 'stop'].map((command) => button(command));
  const slow = button('slow', () =>
    onAsk('pace', slow.getAttribute('aria-pressed') === 'true' ? 0 : PACE),
  );
  const rate = make('input', {
    type: 'number',
    min: 0,
    step: 'any',
    id: 'rate',
    'data-testid': 'rate',
    autocomplete: 'off',
  });
  const set = make(
    'button',
    { type: 'submit', 'data-testid': 'rate-set', title: t('command.hint.rate') },
    t('command.rate'),
  );
  const changing = make(
    'form',
    { class: 'run-rate' },
    make('label', { for: 'rate', class: 'small' }, t('set.learning_rate')),
    rate,
    set,
  );
  changing.addEventListener('submit', (event) => {
    event.preventDefault();
    if (rate.value !== '') onAsk('rate', Number(rate.value));
    rate.dataset.touched = '';
  });
  rate.addEventListener('input', () => {
    rate.dataset.touched = 'yes';
  });
  const controls = make(
    'div',
    { class: 'run-controls', role: 'group', 'aria-label': t('run.controls') },
    go,
    pause,
    slow,
    batch,
    epoch,
    stop,
    changing,
  );
  const outcome = make('p', { class: 'run-outcome', 'data-testid': 'run-outcome' });
  const [draw, explore] = ['draw', 'explore'].map((to) =>
    make(
      'a',
      { class: to === 'draw' ? 'button start' : 'button', 'data-testid': `next-${to}` },
      t(NEXT[/** @type {keyof NEXT} */ (to)]),
    ),
  );
  const came = make('div', { class: 'run-came' }, outcome, draw, explore);
  const others = make('p', { class: 'small soft' }, t('run.others'));
  const lesson = make('p', { class: 'small run-lesson', 'data-testid': 'run-lesson' });
  container.append(
    make('p', { class: 'run-name' }, title, when, state, about),
    bar,
    far,
    make('div', { class: 'run-steer' }, controls, came),
    others,
    lesson,
  );
  let shownId = '';
  let steered = ''; // the run that was under way here: its controls leave their place free

  return {
    /** @param {TrainState} all */
    update(all) {
      const details = watchedRun(all);
      container.hidden = !details;
      container.dataset.run = details?.run.id ?? '';
      if (!details) return;
      const { run } = details;
      say(title, run.title);
      say(when, nameless(all.runs, run, language));
      say(state, stateWord(run, t));
      state.dataset.state = run.state;
      say(
        about,
        t(`run.about.${run.problem}`, {
          architecture: architectureText(run, t),
          parameters: numbers.whole(run.parameters),
          samples: numbers.whole(run.samples),
        }),
      );
      const share = shareDone(run);
      fill.style.transform = `scaleX(${share})`;
      bar.setAttribute('aria-valuenow', String(Math.round(100 * share)));
      say(far, progressOf(run, t, numbers));
      slow.setAttribute('aria-pressed', String(run.pace > 0));
      const taught = toldOf(details, all);
      lesson.hidden = taught === null;
      if (taught !== null) say(lesson, t(`lesson.about.${taught}`));
      const over = isOver(run);
      if (run.mine && !over) steered = run.id;
      controls.hidden = !run.mine || (over && run.id !== steered);
      controls.classList.toggle('over', over);
      say(outcome, over ? outcomeOf(run, t, numbers) : '');
      const id = over ? shownModel(all) : null;
      came.hidden = id === null;
      explore.hidden = run.problem !== 'digits';
      draw.href = rooted(`/#model=${id}`);
      explore.href = rooted(`/explore#model=${id}`);
      others.hidden = run.mine;
      const stands = run.state === 'paused' || run.state === 'failed';
      pause.hidden = stands;
      go.hidden = !stands;
      if (run.id !== shownId) rate.dataset.touched = '';
      shownId = run.id;
      const now = details.recipe?.changes?.at(-1)?.[1] ?? run.training.learning_rate;
      if (!rate.dataset.touched && document.activeElement !== rate)
        rate.value = String(Number(now.toPrecision(3)));
    },
  };
}
