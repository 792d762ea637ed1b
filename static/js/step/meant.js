// What the input is meant to be: one of ten digits, or of a house its price.

import { make } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */

/**
 * @param {(label: number | null) => void} onMeant
 * @param {Translate} t
 */
export function createMeant(onMeant, t) {
  const digits = Array.from({ length: 10 }, (_, digit) => {
    const input = make('input', {
      type: 'radio',
      name: 'step-label',
      value: digit,
      'data-testid': `step-label-${digit}`,
    });
    input.addEventListener('change', () => onMeant(digit));
    return {
      input,
      element: make('label', { class: 'step-digit' }, input, make('span', {}, String(digit))),
    };
  });
  const classes = make(
    'fieldset',
    { class: 'step-labels' },
    make('legend', { class: 'small soft' }, t('step.label')),
    ...digits.map(({ element }) => element),
  );
  const price = make('input', {
    type: 'number',
    min: 0,
    max: 10_000_000,
    step: 'any',
    id: 'step-target',
    'data-testid': 'step-target',
    autocomplete: 'off',
  });
  price.addEventListener('input', () => onMeant(price.value === '' ? null : Number(price.value)));
  const number = make(
    'p',
    { class: 'step-price' },
    make('label', { class: 'small soft', for: 'step-target' }, t('step.houses.label')),
    price,
  );
  return {
    element: make('div', {}, classes, number),
    /** @param {boolean} isNumber @param {number | null} label */
    update(isNumber, label) {
      classes.hidden = isNumber;
      number.hidden = !isNumber;
      for (const [digit, { input }] of digits.entries())
        input.checked = !isNumber && digit === label;
      if (document.activeElement !== price) price.value = label === null ? '' : String(label);
    },
  };
}
