// A number that is set by a slider or typed, with a comma or a point.

import { make } from '../../page/dom.js';

/** What was typed, or null when it is no number. @param {string} text */
export function typed(text) {
  const plain = text.trim().replace('−', '-').replace(',', '.');
  const value = Number(plain);
  return plain === '' || !Number.isFinite(value) ? null : value;
}

/**
 * @param {string} id
 * @param {string} label
 * @param {{low: number, high: number, step: number, least?: number, most?: number}} range of the
 *   slider, and of what may be typed
 * @param {(value: number) => void} onInput
 * @param {() => void} onSettled the slider is let go
 */
export function createDial(
  id,
  label,
  { low, high, step, least = low, most = high },
  onInput,
  onSettled,
) {
  const slider = make('input', {
    type: 'range',
    min: low,
    max: high,
    step,
    'aria-label': label,
    'data-testid': `lab-${id}`,
  });
  const field = make('input', {
    type: 'text',
    inputmode: 'decimal',
    size: 6,
    'aria-label': label,
    'data-testid': `lab-${id}-number`,
  });
  const about = make('span', { class: 'small soft' });
  const element = make(
    'div',
    { class: 'dial' },
    make('span', { class: 'dial-label' }, label),
    slider,
    field,
    about,
  );
  let shown = 0;
  let isTyping = false; // what is not taken yet is not written over

  slider.addEventListener('input', () => onInput(Number(slider.value)));
  slider.addEventListener('change', onSettled);
  field.addEventListener('input', () => (isTyping = true));
  field.addEventListener('change', () => {
    isTyping = false;
    const value = typed(field.value);
    if (value === null) write(shown);
    else onInput(Math.min(most, Math.max(least, value)));
    onSettled();
  });

  /** @param {number} value */
  function write(value) {
    field.value = String(Math.round(value * 1e4) / 1e4).replace('-', '−');
  }

  return {
    element,
    /** @param {number} value @param {string} [words] */
    show(value, words = '') {
      if (value !== shown) isTyping = false; // it was changed elsewhere, or is another neuron's
      shown = value;
      slider.value = String(value);
      if (!isTyping) write(value);
      about.textContent = words;
    },
  };
}
