// One step of a chapter as the learner sees it: its words, prediction, tasks, questions, the way on.

import { make } from '../page/dom.js';
import { createBelow } from './showing/below.js';
import { createParts } from './showing/parts.js';
import { createWay } from './showing/way.js';
import { createText } from './text.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Quantity } from './evaluate.js' */
/** @import { Progress } from './progress.js' */
/** @import { Following } from './showing/way.js' */
/** @import { Chapter } from './types.js' */

/**
 * @typedef {object} Events
 * @property {(name: string | null) => void} onPart
 * @property {(guess: number) => void} onGuess
 * @property {(digit: number) => void} onMeant
 * @property {(value: number | null) => void} onTyped
 * @property {(task: number) => void} onShow
 * @property {(name: string, place: HTMLElement) => void} onWidget puts it there, once it is loaded
 * @property {() => Promise<string>} onFragment what the screen shows, as an address tells it
 * @property {(fragment: string) => Promise<{href: string, reach: 'all' | 'here'}>} onLink
 * @property {(fragment: string | null) => void} onAgain the step anew, or as a fragment tells it
 * @property {(step: string | null) => void} onGo null goes to the list of chapters
 * @property {(chapter: string) => void} onChapter to the beginning of another one
 * @property {((by: 1 | -1) => void) | null} onTurn what back and next do, where that is more
 * @property {(part: number) => void} onOpened an answer is seen: to the guess, or to a question
 * @property {(task: number) => void} onSolved a task was done by hand
 */

/**
 * @param {HTMLElement} container
 * @param {Events} events
 * @param {Progress} progress
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createStep(container, events, progress, t, numbers) {
  const text = createText({ onPart: events.onPart }, numbers);
  const way = createWay(events, progress, t);
  const below = createBelow(t);
  const asked = createParts(events, progress, text, mark, t, numbers);
  /** @type {ReturnType<typeof import('./task.js').createTask>[]} */
  let tasks = [];

  /** What is asked next is in sight, or the edge of the words leads to it. */
  function lead() {
    const body = /** @type {HTMLElement | null} */ (container.querySelector('.step-body'));
    const isToGuess = prediction !== null && !prediction.isOpen();
    const task = tasks.find((each) => !each.isDone());
    const asked = isToGuess ? prediction?.asked : task?.asked;
    if (body) below.follow(body, asked ?? null, isToGuess ? 'guess' : 'task');
  }

  /** Something was done: what comes next is in sight, or that all of it is done. */
  function mark() {
    way.mark();
    lead();
    tasks.find((task) => !task.isDone())?.reveal();
    way.open.querySelector('.closed')?.scrollIntoView({ block: 'nearest' });
  }

  /** @type {ReturnType<typeof import('./prediction.js').createPrediction> | null} */
  let prediction = null;
  /** @type {ReturnType<typeof import('./challenges/block.js')['createChallenge']> | null} */
  let challenge = null;
  const back = make('button', { type: 'button' }, t('learn.away.back'));
  back.addEventListener('click', () => events.onAgain(null));
  const away = make(
    'p',
    { class: 'away', role: 'status', 'data-testid': 'away', hidden: true },
    t('learn.away'),
    ' ',
    back,
  );
  /** What holds an answer back. @type {{reveal(wanted: boolean): void, isOpen(): boolean, element: HTMLElement}[]} */
  let parts = [];
  /** @type {Record<string, Quantity>} of the last look */
  let known = {};

  /** What comes later, while the step is still shown.
   * @param {ReturnType<typeof asked.challenge>} coming @param {HTMLElement} place */
  async function put(coming, place) {
    const makeIt = await coming;
    if (!place.isConnected) return; // the step was left
    challenge = makeIt();
    place.replaceWith(challenge.element);
    challenge.update(known, false);
  }

  return {
    /** @param {Chapter} chapter @param {number} at the step's place @param {boolean} isSent by a link
     * @param {Following | null} following */
    show(chapter, at, isSent, following) {
      for (const task of tasks) task.destroy();
      text.forget();
      const step = chapter.content[at];
      const key = `${chapter.id}/${step.name}`;
      prediction = asked.prediction(step, key, () => {
        tasks.find((task) => !task.isDone())?.reveal(); // the outcome has pushed it down
        lead();
      });
      tasks = asked.tasks(step, key);
      const questions = asked.questions(step, key, prediction ? 1 : 0);
      challenge = null;
      const place = step.challenge ? make('div', {}) : null;
      const widget = step.widget ? make('div', { class: 'widget' }) : null;
      if (step.widget && widget) events.onWidget(step.widget, widget);
      const body = make(
        'div',
        { class: 'step-body', tabindex: -1 },
        way.above(chapter, at),
        make('h2', { 'data-testid': 'step-title' }, step.title),
        away,
        ...text.blocks(step.text),
        ...(widget ? [widget] : []),
        ...(prediction ? [prediction.element] : []),
        ...(place ? [place] : []),
        ...tasks.map((task) => task.element),
        ...questions.map((question) => question.element),
        ...(at === chapter.content.length - 1 ? [way.open] : []),
      );
      container.replaceChildren(body, below.element, way.through(chapter, at, following));
      lead();
      if (step.challenge && place) put(asked.challenge(step.challenge, key, isSent), place);
      body.scrollTop = 0;
      parts = [...(prediction ? [prediction] : []), ...questions];
      parts.forEach((part, i) => part.isOpen() && events.onOpened(i));
      tasks.forEach((task, i) => task.isDone() && events.onSolved(i));
    },
    /** A solution of a task is shown to all. @param {number} task @param {string} words that say so */
    sayShown: (task, words) => tasks[task]?.sayShown(words),
    /** What the button that goes on does. @param {string} label */
    sayNext: way.sayNext,
    /** Show these answers and no others. @param {number[]} shown */
    reveal(shown) {
      parts.forEach((part, i) => {
        if (part.isOpen() === shown.includes(i)) return;
        part.reveal(shown.includes(i));
        prediction?.update(known, false);
        parts[i + 1]?.element.scrollIntoView({ block: 'nearest' }); // what is asked next, before its answer
        part.element.scrollIntoView({ block: 'nearest' });
      });
    },
    /** @param {Record<string, Quantity>} quantities @param {boolean} isSettled */
    update(quantities, isSettled) {
      known = quantities;
      text.update(quantities);
      prediction?.update(quantities, isSettled);
      challenge?.update(quantities, isSettled);
      tasks.forEach((task, i) =>
        task.update(quantities, isSettled && (!task.follows || tasks[i - 1]?.isDone() !== false)),
      );
    },
    live: text.live,
    light: text.light,
    parts: text.parts,
    /** @param {number | null} digit */
    showMeant(digit) {
      for (const task of tasks) task.showMeant(digit);
    },
    /** Whether another network stands beside it than the one that it speaks of. @param {boolean} isAway */
    away(isAway) {
      away.hidden = !isAway;
    },
    /** @param {number | null} value */
    showTyped(value) {
      if (value !== null) for (const task of tasks) if (!task.isDone()) task.showTyped(value);
    },
    guess: () => prediction?.guess() ?? null,
    focus: () =>
      /** @type {HTMLElement | null} */ (container.querySelector('.step-body'))?.focus({
        preventScroll: true,
      }),
  };
}
