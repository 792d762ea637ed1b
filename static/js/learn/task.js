// A task: something to bring about on the screen, watched all the while. After a time a hint is offered;
// the solution can be shown.

import { make, say } from '../page/dom.js';
import { evaluate, holds } from './evaluate.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Quantity } from './evaluate.js' */
/** @import { Task } from './types.js' */

const HINT_AFTER = 25000; // ms
/** What one means who says that the drawing is no digit. */
export const NO_DIGIT = 10;
const UNTOLD = -1; // which digit it is has not been said

/** Which digit it was, or whether it was one at all.
 * @param {boolean} isNone @param {HTMLElement} come how far one has come
 * @param {(digit: number) => void} onMeant @param {Translate} t */
function createMeant(isNone, come, onMeant, t) {
  const words = t(isNone ? 'learn.task.is-digit' : 'learn.task.meant');
  const group = make('div', {
    class: isNone ? 'guess-digits is-digit' : 'guess-digits',
    role: 'radiogroup',
    'aria-label': words,
  });
  /** @param {number} value @param {string} said */
  function choice(value, said) {
    const input = make('input', {
      type: 'radio',
      name: 'meant',
      value,
      'data-testid': `meant-${value}`,
    });
    input.addEventListener('change', () => onMeant(value));
    group.append(make('label', {}, input, make('span', {}, said)));
  }
  if (isNone) {
    choice(UNTOLD, t('learn.task.is-digit.yes'));
    choice(NO_DIGIT, t('learn.task.is-digit.no'));
  } else for (let digit = 0; digit < 10; digit += 1) choice(digit, String(digit));
  return make(
    'div',
    { class: 'meant' },
    make('p', { class: 'small soft' }, make('span', {}, words), come),
    group,
  );
}

/**
 * @param {Task} task
 * @param {{inline: (nodes: import('./types.js').Node[]) => (HTMLElement | string)[]}} text
 * @param {{isDone: boolean, onDone: () => void, onShow: () => void, onMeant: (digit: number) => void,
 *   onTyped: (value: number | null) => void}} page
 * @param {Translate} t
 */
export function createTask(task, text, { isDone, onDone, onShow, onMeant, onTyped }, t) {
  let done = isDone;
  let isShown = false; // on a wall, by a press: nobody has solved it
  /** @type {Record<string, Quantity>} of the last look */
  let known = {};
  const number = task.typed ? typed() : null;
  let wasOpen = false; // seen unsolved since the step began: what happens to hold already does not count
  const hint = make(
    'p',
    { class: 'hint', 'data-testid': 'hint', hidden: true },
    ...text.inline(task.hint),
  );
  const ask = make(
    'button',
    { type: 'button', class: 'link', 'data-testid': 'ask-hint' },
    t('learn.task.hint'),
  );
  const show = make(
    'button',
    { type: 'button', class: 'link', 'data-testid': 'show', hidden: true },
    t('learn.task.show'),
  );
  const state = make('span', { class: 'unseen', role: 'status', 'data-testid': 'task-state' });
  const come = make('span', { role: 'status', 'data-testid': 'come' });
  const mark = make('span', { class: 'mark', 'aria-hidden': 'true' });
  const asked = make('p', {}, ...text.inline(task.do));
  const element = make(
    'section',
    { class: 'task', 'data-testid': 'task' },
    mark,
    asked,
    state,
    ...(task.now.length
      ? [make('p', { class: 'now', 'data-testid': 'task-now' }, ...text.inline(task.now))]
      : []),
    ...(task.meant ? [createMeant(task.meant === 'none', come, onMeant, t)] : []),
    ...(number ? [number.place] : []),
    hint,
    make('p', { class: 'task-help' }, ask, show),
  );

  function typed() {
    const place = make('div', { class: 'typed' });
    const ready = import('./widgets/typed.js').then(({ createTyped }) => {
      const field = createTyped(task, { onTyped, isDone: () => done, known: () => known }, t);
      place.append(...field.elements);
      return field;
    });
    return { place, destroy: () => ready.then((field) => field.destroy()) };
  }

  /** @param {string} which @returns {NodeListOf<HTMLInputElement>} */
  const inputs = (which) => element.querySelectorAll(which);

  function give() {
    hint.hidden = false;
    ask.hidden = true;
    show.hidden = done;
    show.scrollIntoView({ block: 'nearest' }); // below the hint
  }

  function finish() {
    done = true;
    element.classList.add('done');
    state.textContent = t('learn.task.done');
    for (const said of element.querySelectorAll('[data-testid=typed-said]')) say(said, '');
    ask.hidden = show.hidden = true;
  }

  ask.addEventListener('click', give);
  show.addEventListener('click', onShow);
  const timer = setTimeout(() => ask.classList.add('offered'), HINT_AFTER); // nothing moves by itself
  if (done) finish();

  return {
    element,
    /** @param {Record<string, Quantity>} quantities @param {boolean} isSettled */
    update(quantities, isSettled) {
      known = quantities;
      if (task.meant) {
        const isBlank = quantities.blank?.() === true; // nothing is meant by nothing
        for (const input of inputs('[name=meant]')) input.disabled = isBlank;
      }
      if (task.count) {
        const { now: tree, of } = task.count;
        const now = done ? of : Math.min(of, Number(evaluate(tree, quantities)));
        say(come, t('learn.task.come', { now, of }));
      }
      if (done || !isSettled) return;
      const now = holds(task.until, quantities);
      if (!now) wasOpen = true;
      else if (wasOpen) {
        finish();
        if (!isShown) onDone();
      }
    },
    follows: task.follows,
    /** What has to be seen of it. */
    asked,
    isDone: () => done,
    /** A solution is shown to all, and said to be one. @param {string} words */
    sayShown(words) {
      isShown = true;
      hint.hidden = ask.hidden = show.hidden = true;
      element.append(make('p', { class: 'solved', 'data-testid': 'solved' }, words));
    },
    /** What one does to solve it is in sight. */
    reveal() {
      (element.querySelector('.meant') ?? element).scrollIntoView({ block: 'nearest' });
    },
    /** The digits to tell stay chosen for one drawing only. @param {number | null} digit */
    showMeant(digit) {
      for (const radio of inputs('[name=meant]'))
        radio.checked = Number(radio.value) === digit && digit !== null;
    },
    /** What was typed to show it. @param {number} value */
    showTyped(value) {
      for (const input of inputs('[data-testid=typed]'))
        input.value = String(Number(value.toFixed(4)));
    },
    destroy() {
      clearTimeout(timer);
      number?.destroy();
    },
  };
}

const DWELL = 250; // ms that the pointer rests where it points; on its way it passes over much

/**
 * Pointing at something counts once the pointer rests there.
 * @param {() => void} onDwell to be asked again
 * @param {() => number} [now] ms
 * @param {(act: () => void, after: number) => unknown} [later]
 */
export function createDwell(onDwell, now = () => performance.now(), later = setTimeout) {
  let at = '';
  let since = 0;
  return {
    /** Whether what is pointed at has been so for a moment, or nothing is. @param {import('../state/types.js').Neuron | null} hovered */
    isDwelling(hovered) {
      const place = hovered ? `${hovered.layer}/${hovered.index}` : '';
      if (place !== at) {
        [at, since] = [place, now()];
        if (place) later(onDwell, DWELL);
      }
      return !place || now() - since >= DWELL;
    },
  };
}
