// The classes of an output, each with its probability as a bar and as a number.

import { make, say } from '../page/dom.js';
import { neuronName } from '../state/names.js';

/** @import { Neuron, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Answer } from '../state/answers.js' */

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
    const go = make('button', { type: 'button', class: 'bar-digit', title: t('answer.go') }, String(i));
    go.addEventListener('focus', () => onHover(unit(i)));
    go.addEventListener('blur', () => onHover(null));
    return go;
  }

  const rows = Array.from({ length: count }, (_, i) => {
    const bar = make('span', { class: 'bar-fill' });
    const number = make('span', { class: 'bar-number' });
    const name = events ? leading(i, events) : make('span', { class: 'bar-digit' }, String(i));
    const row = make('li', { class: 'bar-row', 'data-testid': `${testid}-${i}` }, name, make('span', { class: 'bar-track' }, bar), number);
    if (events) {
      row.addEventListener('pointerenter', () => events.onHover(unit(i)));
      row.addEventListener('pointerleave', () => events.onHover(null));
      row.addEventListener('click', () => events.onKeep(unit(i)));
    }
    list.append(row);
    return { row, bar, number, name };
  });

  /** @param {string} next the layer whose units the bars are */
  function nameAll(next) {
    layer = next;
    if (events) rows.forEach(({ name }, i) => name.setAttribute('aria-label', neuronName(unit(i), t, null)));
  }
  nameAll(layer);

  return {
    /** @param {Neuron | null} hovered */
    point(hovered) {
      rows.forEach(({ row }, i) => row.classList.toggle('pointed', hovered?.layer === layer && hovered.index === i));
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
