// What it says: the answer large, the runner-up, ten bars, and an honest word when it is unsure.

import { make } from './dom.js';

/** @import { State, Translate } from './types.js' */
/** @import { Numbers } from './words.js' */

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

/**
 * The result in one sentence, as a screen reader says it.
 * @param {State} state
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function sentence({ reading }, t, numbers) {
  if (!reading || reading.prediction === null) return t('answer.blank.spoken');
  const { first, second } = topTwo(reading.probabilities);
  return t(reading.probabilities[first] < SURE ? 'answer.unsure.spoken' : 'answer.spoken', {
    first,
    second,
    sure: numbers.percent(reading.probabilities[first]),
    next: numbers.percent(reading.probabilities[second]),
  });
}

/**
 * @param {HTMLElement} container
 * @param {HTMLElement} bars
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createAnswer(container, bars, t, numbers) {
  const digit = make('p', { class: 'digit', 'data-testid': 'answer' });
  const sure = make('p', { class: 'sure', 'data-testid': 'sure' });
  const next = make('p', { class: 'next soft', 'data-testid': 'runner-up' });
  container.append(digit, make('div', { class: 'words' }, sure, next));
  const rows = Array.from({ length: 10 }, (_, i) => {
    const bar = make('span', { class: 'bar-fill' });
    const number = make('span', { class: 'bar-number' });
    const row = make(
      'div',
      { class: 'bar-row', 'data-testid': `probability-${i}` },
      make('span', { class: 'bar-digit' }, String(i)),
      make('span', { class: 'bar-track' }, bar),
      number,
    );
    bars.append(row);
    return { row, bar, number };
  });

  return {
    /** @param {State} state */
    update({ reading, stale }) {
      container.classList.toggle('stale', stale);
      bars.classList.toggle('stale', stale);
      const known = reading && reading.prediction !== null ? reading : null;
      const { first, second } = topTwo(known?.probabilities ?? [0, 0]);
      const unsure = known !== null && known.probabilities[first] < SURE;
      container.classList.toggle('unsure', unsure);
      digit.textContent = known ? String(first) : '–';
      digit.dataset.value = known ? String(first) : '';
      sure.textContent = known
        ? t(unsure ? 'answer.unsure' : 'answer.sure', {
            sure: numbers.percent(known.probabilities[first]),
          })
        : t('answer.blank');
      next.textContent = known
        ? t(unsure ? 'answer.or' : 'answer.next', {
            digit: second,
            share: numbers.percent(known.probabilities[second]),
          })
        : '';
      rows.forEach(({ row, bar, number }, i) => {
        const share = known?.probabilities[i] ?? 0;
        bar.style.transform = `scaleX(${share})`;
        number.textContent = known ? numbers.percent(share) : '';
        row.dataset.value = known ? String(share) : '';
        row.classList.toggle('first', known !== null && i === first);
      });
    },
    destroy() {
      container.replaceChildren();
      bars.replaceChildren();
    },
  };
}
