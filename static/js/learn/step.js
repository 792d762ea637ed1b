// One step of a chapter as the learner sees it: its words, prediction, tasks, questions, the way on.

import { make } from '../page/dom.js';
import { rooted } from '../server/root.js';
import { createChallenge } from './challenges/block.js';
import { createPrediction } from './prediction.js';
import { createQuestion } from './question.js';
import { createTask } from './task.js';
import { createText } from './text.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Quantity } from './evaluate.js' */
/** @import { Progress } from './progress.js' */
/** @import { Chapter } from './types.js' */

export const CHALLENGE = -1; // shown as a task's solution would be

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
 * @property {(part: number) => void} onOpened an answer is seen: to the guess, or to a question
 */

/** @typedef {{id: string, label: string, title: string}} Following what comes after a chapter */

/**
 * @param {HTMLElement} container
 * @param {Events} events
 * @param {Progress} progress
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createStep(container, events, progress, t, numbers) {
  const text = createText({ onPart: events.onPart }, numbers);
  /** @type {ReturnType<typeof createTask>[]} */
  let tasks = [];
  /** @type {ReturnType<typeof createPrediction> | null} */
  let prediction = null;
  /** @type {ReturnType<typeof createChallenge> | null} */
  let challenge = null;
  let chapterId = '';
  /** @type {Chapter | null} */
  let shown = null;
  /** @type {HTMLElement[]} one a step */
  let dots = [];
  const open = make('section', { class: 'left-open', 'data-testid': 'left-open' });
  /** What holds an answer back. @type {{reveal(wanted: boolean): void, isOpen(): boolean, element: HTMLElement}[]} */
  let parts = [];
  /** @type {Record<string, Quantity>} of the last look */
  let known = {};

  /** Which steps have tasks, which of these are open; and at the end, the way back to them. */
  function marks() {
    const steps = shown?.content ?? [];
    const counts = steps.map((step) => progress.tasksIn(chapterId, step));
    for (const [i, dot] of dots.entries()) {
      const { done, tasks: all } = counts[i];
      const title = t('learn.step', { number: i + 1, title: steps[i].title });
      const said = all ? `${title} · ${t('learn.step.tasks', { done, tasks: all })}` : title;
      dot.setAttribute('aria-label', said);
      dot.title = said;
      dot.classList.toggle('with-tasks', all > 0);
      dot.classList.toggle('all-done', all > 0 && done === all);
    }
    const left = steps.filter((_, i) => counts[i].done < counts[i].tasks);
    const last = steps[steps.length - 1];
    const isRight = last?.questions.every((question, i) => {
      const answer = progress.get().answers[`${chapterId}/${last.name}/${i}`];
      return question.answers[answer]?.right;
    });
    if (!left.length && isRight && last?.questions.length) {
      open.hidden = false;
      open.replaceChildren(
        make('p', { class: 'closed' }, t('learn.closed', { number: shown?.number ?? '' })),
      );
      return;
    }
    open.hidden = !left.length;
    const links = left.map((step) => {
      const link = make('a', { href: rooted(`/learn/${chapterId}/${step.name}`) }, step.title);
      link.addEventListener('click', (event) => {
        event.preventDefault();
        events.onGo(step.name);
      });
      return make('li', {}, link);
    });
    open.replaceChildren(make('p', {}, t('learn.left')), make('ul', {}, ...links));
  }

  /** @param {Chapter} chapter @param {number} at @param {Following | null} following */
  function way({ content }, at, following) {
    /** @param {string} id @param {string} label @param {() => void} act @param {string} [title] */
    const button = (id, label, act, title) => {
      const element = make(
        'button',
        { type: 'button', class: id, 'data-testid': `step-${id}`, title: title ?? null },
        label,
      );
      element.addEventListener('click', act);
      return element;
    };
    const to = (/** @type {number} */ i) => () => events.onGo(content[i]?.name ?? null);
    dots = content.map((step, i) => {
      const dot = make('button', {
        type: 'button',
        class: 'dot',
        'aria-current': i === at ? 'step' : null,
      });
      dot.classList.toggle('visited', Boolean(progress.get().visited[key(i)]));
      dot.addEventListener('click', () => events.onGo(step.name));
      return dot;
    });
    marks();
    /** @param {number} i */
    function key(i) {
      return `${chapterId}/${content[i].name}`;
    }
    const isLast = at === content.length - 1;
    return make(
      'nav',
      { class: isLast ? 'way last' : 'way', 'aria-label': t('learn.way') },
      ...(at ? [button('back', t('learn.back'), to(at - 1))] : [make('span')]),
      make('div', { class: 'dots' }, ...dots),
      isLast && following
        ? button('next', following.label, () => events.onChapter(following.id), following.title)
        : button('next', t(isLast ? 'learn.finish' : 'learn.next'), to(at + 1)),
    );
  }
  return {
    /** @param {Chapter} chapter @param {number} at the step's place @param {boolean} isSent by a link
     * @param {Following | null} following */
    show(chapter, at, isSent, following) {
      for (const task of tasks) task.destroy();
      text.forget();
      chapterId = chapter.id;
      shown = chapter;
      const step = chapter.content[at];
      const key = `${chapter.id}/${step.name}`;
      const { predictions, tasks: done, answers, scores } = progress.get();
      prediction = step.prediction
        ? createPrediction(
            step.prediction,
            text,
            {
              kept: predictions[key],
              onGuess: (guess) => {
                progress.set('predictions', key, guess);
                events.onGuess(guess);
                tasks.find((task) => !task.isDone())?.reveal(); // the outcome has pushed it down
                events.onOpened(0);
              },
            },
            t,
            numbers,
          )
        : null;
      tasks = step.tasks.map((task, i) =>
        createTask(
          task,
          text,
          {
            isDone: done[`${key}/${i}`] ?? false,
            onDone() {
              progress.set('tasks', `${key}/${i}`, true);
              marks();
            },
            onShow: () => events.onShow(i),
            onMeant: events.onMeant,
            onTyped: events.onTyped,
          },
          t,
        ),
      );
      const questions = step.questions.map((question, i) => {
        const id = `${key}/${i}`;
        const onAnswer = (/** @type {number} */ answer) => {
          const before = progress.get().answers[id];
          if (!question.answers[before]?.right) progress.set('answers', id, answer);
          marks();
          if (question.answers[answer].right) events.onOpened(i + (prediction ? 1 : 0));
        };
        return createQuestion(question, text, { id, kept: answers[id], onAnswer }, t);
      });
      challenge = step.challenge
        ? createChallenge(
            step.challenge,
            text,
            {
              best: scores[key]?.score ?? null,
              isSent,
              async onScore(score) {
                const fragment = await events.onFragment();
                progress.set('scores', key, { score, fragment });
              },
              onShow: () => events.onShow(CHALLENGE),
              onAgain: () => events.onAgain(null),
              onBest: () => events.onAgain(progress.get().scores[key]?.fragment ?? null),
              link: async () => events.onLink(await events.onFragment()),
            },
            t,
            numbers,
          )
        : null;
      const all = make(
        'a',
        { href: rooted('/learn'), class: 'small', 'data-testid': 'all-chapters' },
        t('learn.all'),
      );
      all.addEventListener('click', (event) => {
        event.preventDefault();
        events.onGo(null);
      });
      const widget = step.widget ? make('div', { class: 'widget' }) : null;
      if (step.widget && widget) events.onWidget(step.widget, widget);
      const body = make(
        'div',
        { class: 'step-body', tabindex: -1 },
        make(
          'p',
          { class: 'small soft chapter-name' },
          all,
          chapter.kind === 'chapter'
            ? ` · ${chapter.number} · ${chapter.title}`
            : ` · ${chapter.title}`,
        ),
        make('h2', { 'data-testid': 'step-title' }, step.title),
        ...text.blocks(step.text),
        ...(widget ? [widget] : []),
        ...(prediction ? [prediction.element] : []),
        ...(challenge ? [challenge.element] : []),
        ...tasks.map((task) => task.element),
        ...questions.map((question) => question.element),
        ...(at === chapter.content.length - 1 ? [open] : []),
      );
      container.replaceChildren(body, way(chapter, at, following));
      body.scrollTop = 0;
      parts = [...(prediction ? [prediction] : []), ...questions];
      parts.forEach((part, i) => part.isOpen() && events.onOpened(i));
    },
    /** Show these answers and no others. @param {number[]} shown */
    reveal(shown) {
      parts.forEach((part, i) => {
        if (part.isOpen() === shown.includes(i)) return;
        part.reveal(shown.includes(i));
        prediction?.update(known);
        parts[i + 1]?.element.scrollIntoView({ block: 'nearest' }); // what is asked next, before its answer
        part.element.scrollIntoView({ block: 'nearest' });
      });
    },
    /** @param {Record<string, Quantity>} quantities @param {boolean} isSettled */
    update(quantities, isSettled) {
      known = quantities;
      text.update(quantities);
      prediction?.update(quantities);
      challenge?.update(quantities, isSettled);
      for (const task of tasks) task.update(quantities, isSettled);
    },
    live: text.live,
    light: text.light,
    parts: text.parts,
    /** @param {number | null} digit */
    showMeant(digit) {
      for (const task of tasks) task.showMeant(digit);
    },
    guess: () => prediction?.guess() ?? null,
    focus: () =>
      /** @type {HTMLElement | null} */ (container.querySelector('.step-body'))?.focus({
        preventScroll: true,
      }),
  };
}
