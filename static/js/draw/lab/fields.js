// Weights as numbers: a field for each, where a neuron has few and they lie in no picture.

import { make, say } from '../../page/dom.js';
import { typed } from './dial.js';

export const FEW = 12; // weights: as many fields have room

/** @param {number} value */
const written = (value) => String(Math.round(value * 1e4) / 1e4).replace('-', '−');

/**
 * The weight that was chosen in the picture, as a number.
 * @param {(value: number | null) => void} onSet null where no number was typed
 */
export function createOneWeight(onSet) {
  const field = make('input', {
    type: 'text',
    inputmode: 'decimal',
    size: 8,
    'data-testid': 'lab-weight',
  });
  const name = make('span', {});
  field.addEventListener('change', () => {
    const value = typed(field.value);
    field.blur(); // what is typed is shown as it is written
    onSet(value);
  });
  return {
    element: make('label', { class: 'lab-weight small' }, name, field),
    /** @param {number} weight @param {string} text its name */
    show(weight, text) {
      say(name, text);
      if (document.activeElement !== field) field.value = written(weight);
    },
  };
}

/**
 * @param {(at: number, value: number) => void} onSet
 */
export function createWeightFields(onSet) {
  const element = make('div', { class: 'lab-weights', 'data-testid': 'lab-weights' });
  const rows = Array.from({ length: FEW }, (_, at) => {
    const name = make('span', {});
    const field = make('input', {
      type: 'text',
      inputmode: 'decimal',
      size: 7,
      'data-testid': `lab-weight-${at}`,
    });
    const label = make('label', { class: 'small' }, name, field);
    field.addEventListener('change', () => {
      const value = typed(field.value);
      if (value === null) field.value = field.dataset.shown ?? '';
      else onSet(at, value);
    });
    element.append(label);
    return { label, name, field };
  });

  return {
    element,
    /** @param {ArrayLike<number>} weights @param {(at: number) => string} nameOf */
    show(weights, nameOf) {
      rows.forEach(({ label, name, field }, at) => {
        label.hidden = at >= weights.length;
        if (label.hidden) return;
        say(name, nameOf(at));
        field.dataset.shown = written(weights[at]);
        if (document.activeElement !== field) field.value = field.dataset.shown;
      });
    },
  };
}
