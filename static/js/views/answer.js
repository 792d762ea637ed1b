// What it says: the answer large, the runner-up, ten bars, and an honest word when it is unsure.

import { make, say } from '../page/dom.js';
import { answerOf, labelOf } from '../state/ends.js';
import { neuronName } from '../state/names.js';
import { stepsOf } from '../state/steps.js';
import { createQuestion } from './question.js';
import { createChanged } from '../state/store.js';

/** @import { Neuron, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Answer } from '../state/ends.js' */

export const SURE = 0.5; // below this the most probable digit is not called an answer

/**
 * The most probable digit and the next.
 * @param {number[]} probabilities
 * @returns {{first: number, second: number}}
 */
export function topTwo(probabilities) {
  const order = probabilities.map((_, digit) => digit);
  order.sort((a, b) => probabilities[b] - probabilities[a]);
  return { first: order[0], second: order[1] };
}

/** Whether the answer is another's than the digit that was put on the pad.
 * @param {Pick<State, 'drawing' | 'readOf' | 'penDown'>} state */
const isOther = ({ drawing, readOf, penDown }) =>
  !penDown && readOf !== null && drawing.kind === 'pixels' && drawing !== readOf;

/**
 * The answer in words: what is said, what comes next, and what the test digit's label says.
 * @param {Pick<State, 'reading' | 'readOf'> & {row?: number | null, held?: Neuron | null, penDown?: boolean}} state
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function words({ reading, readOf, row, held, penDown = false }, t, numbers) {
  if (held)
    return { unsure: false, sure: t('answer.held'), next: '', wrong: '', early: '', spoken: '' };
  if (!reading || reading.prediction === null) {
    return {
      unsure: false,
      sure: t('answer.blank'),
      next: '',
      wrong: '',
      early: '',
      spoken: t('answer.blank.spoken'),
    };
  }
  if (!reading.probabilities) {
    const price = numbers.dollars(reading.prediction);
    return {
      unsure: false,
      sure: '',
      next: '',
      wrong: '',
      early: '',
      spoken: t('price.spoken', { price }),
    };
  }
  const { first, second } = topTwo(reading.probabilities);
  const unsure = reading.probabilities[first] < SURE;
  const values = {
    first,
    second,
    sure: numbers.probability(reading.probabilities[first]),
    next: numbers.probability(reading.probabilities[second]),
  };
  const rows = stepsOf(reading);
  const early =
    row && row < rows
      ? t('answer.early', { row, rows })
      : penDown && reading.strokes
        ? t('answer.so.far')
        : '';
  const label = labelOf(readOf) ?? first;
  const wrong = early || label === first ? '' : t('answer.wrong', { label });
  const spoken = t(unsure ? 'answer.unsure.spoken' : 'answer.spoken', values);
  return {
    unsure,
    sure: t(unsure ? 'answer.unsure' : 'answer.sure', values),
    next: t(unsure ? 'answer.or' : 'answer.next', values),
    wrong,
    early,
    spoken: [early, spoken, wrong].filter(Boolean).join(' '),
  };
}

/** @typedef {{onHover: (neuron: Neuron | null) => void, onKeep: (neuron: Neuron) => void}} BarEvents a bar
 * is pointed at or clicked: its output neuron */

/**
 * @param {HTMLElement} list
 * @param {{count: number, testid: string}} classes
 * @param {BarEvents | null} events null where a bar leads nowhere
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createBars(list, { count, testid }, events, t, numbers) {
  let layer = 'output';
  const unit = (/** @type {number} */ index) => ({ layer, index });

  /** A bar's class leads to its output. @param {number} i @param {BarEvents} events */
  function leading(i, { onHover }) {
    const go = make(
      'button',
      { type: 'button', class: 'bar-digit', title: t('answer.go') },
      String(i),
    );
    go.addEventListener('focus', () => onHover(unit(i)));
    go.addEventListener('blur', () => onHover(null));
    return go;
  }

  const rows = Array.from({ length: count }, (_, i) => {
    const bar = make('span', { class: 'bar-fill' });
    const number = make('span', { class: 'bar-number' });
    const name = events ? leading(i, events) : make('span', { class: 'bar-digit' }, String(i));
    const row = make(
      'li',
      { class: 'bar-row', 'data-testid': `${testid}-${i}` },
      name,
      make('span', { class: 'bar-track' }, bar),
      number,
    );
    if (events) {
      // a bar that moves under a pointer at rest is entered, and not pointed at
      row.addEventListener('pointermove', () => row.matches('.pointed') || events.onHover(unit(i)));
      row.addEventListener('pointerleave', () => events.onHover(null));
      row.addEventListener('click', () => events.onKeep(unit(i)));
    }
    list.append(row);
    return { row, bar, number, name };
  });

  /** @param {string} next the layer whose units the bars are */
  function nameAll(next) {
    layer = next;
    if (events)
      rows.forEach(({ name }, i) => name.setAttribute('aria-label', neuronName(unit(i), t, null)));
  }
  nameAll(layer);

  return {
    /** @param {Neuron | null} hovered */
    point(hovered) {
      rows.forEach(({ row }, i) =>
        row.classList.toggle('pointed', hovered?.layer === layer && hovered.index === i),
      );
    },
    /** @param {Answer | null} answer null where there is none yet @param {number} first the most probable */
    show(answer, first) {
      if (answer && answer.layer !== layer) nameAll(answer.layer);
      rows.forEach(({ row, bar, number }, i) => {
        const share = answer?.probabilities[i] ?? 0;
        bar.style.transform = `scaleX(${share})`;
        say(number, answer ? numbers.probability(share) : '');
        row.dataset.value = answer ? String(share) : '';
        row.classList.toggle('first', i === first);
      });
    },
  };
}

/**
 * @param {HTMLElement} container
 * @param {HTMLElement} bars
 * @param {BarEvents & {onAsk: (against: number | null, head?: number) => void} | null} events why the
 *   answer and not that digit; null where an answer leads nowhere
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createAnswer(container, bars, events, t, numbers) {
  const digit = make('p', { class: 'digit', 'data-testid': 'answer' });
  const sure = make('p', { class: 'sure', 'data-testid': 'sure' });
  const next = make('p', { class: 'next soft', 'data-testid': 'runner-up' });
  const wrong = make('p', { class: 'wrong small', 'data-testid': 'wrong' });
  const early = make('p', { class: 'early small', 'data-testid': 'early' });
  const also = make('p', { class: 'also', 'data-testid': 'also' });
  const question = events && createQuestion(events.onAsk, t);
  container.append(
    digit,
    make('div', { class: 'answer-words' }, early, sure, next, also, wrong),
    ...(question ? [question.element] : []),
  );
  const rows = createBars(bars, { count: 10, testid: 'probability' }, events, t, numbers);
  /** @type {ReturnType<typeof import('./further.js')['createFurther']> | null} */
  let further = null;
  let isComing = false;

  /** What more outputs say comes with the first network that has them. @param {State} state */
  function showFurther(state) {
    if (further) return say(also, further.update(state));
    if ((state.model?.outputs?.length ?? 1) < 2 || isComing) return;
    isComing = true;
    import('./further.js').then(
      ({ createFurther }) => {
        further = createFurther(bars, events, t, numbers);
        say(also, further.update(newest ?? state));
      },
      () => (isComing = false),
    );
  }
  /** @type {State | null} */
  let newest = null;
  const changed = createChanged();

  return {
    /** @param {State} state */
    update(state) {
      const { reading, readOf, held, stale, hovered } = state;
      newest = state;
      question?.update(state);
      showFurther(state);
      for (const each of [container, bars]) {
        each.classList.toggle('stale', stale);
        each.classList.toggle('other', isOther(state));
      }
      rows.point(hovered);
      if (!changed({ reading, readOf, isHeld: held !== null })) return;
      const known = reading && reading.prediction !== null && !held ? reading : null;
      const first = known ? topTwo(known.probabilities).first : -1;
      const said = words(state, t, numbers);
      container.classList.toggle('unsure', said.unsure);
      container.classList.toggle('blank', known === null);
      say(digit, known ? String(first) : '');
      digit.dataset.value = known ? String(first) : '';
      say(sure, said.sure);
      say(next, said.next);
      say(wrong, said.wrong);
      say(early, said.early);
      rows.show(known && answerOf(known), first);
    },
    /** What further outputs say, in words. */
    also: () => also.textContent ?? '',
    destroy() {
      container.replaceChildren();
      bars.replaceChildren();
    },
  };
}
