// A choice with a name: a select, or a row of radio buttons that reads like one.

import { make, say } from '../page/dom.js';

let made = 0;

/**
 * @param {string} name for tests @param {string} label
 * @param {(value: string) => void} onChange
 */
export function createSelect(name, label, onChange) {
  const select = make('select', { 'data-testid': name });
  const element = make(
    'label',
    { class: 'choice small' },
    make('span', { class: 'soft' }, label),
    select,
  );
  select.addEventListener('change', () => onChange(select.value));
  let known = '';
  return {
    element,
    /** @param {[string, string][]} options value and words @param {string} value */
    show(options, value) {
      const now = JSON.stringify(options);
      if (now !== known) {
        known = now;
        select.replaceChildren(
          ...options.map(([each, words]) => make('option', { value: each }, words)),
        );
      }
      if (select.value !== value) select.value = value;
    },
  };
}

/**
 * @param {string} name for tests @param {string} label
 * @param {[string, string][]} options value and words
 * @param {(value: string) => void} onChange
 */
export function createSwitch(name, label, options, onChange) {
  const group = `${name}-${++made}`;
  const inputs = options.map(([value, words]) => {
    const input = make('input', {
      type: 'radio',
      name: group,
      value,
      class: 'unseen',
      'data-testid': `${name}-${value}`,
    });
    input.addEventListener('change', () => onChange(value));
    const said = make('span', {}, words);
    return { input, said, element: make('label', {}, input, said) };
  });
  const element = make(
    'fieldset',
    { class: 'switch small' },
    make('legend', { class: 'unseen' }, label),
    ...inputs.map((each) => each.element),
  );
  return {
    element,
    /** @param {string} value */
    show(value) {
      for (const { input } of inputs)
        if (input.checked !== (input.value === value)) input.checked = input.value === value;
    },
    /** @param {Record<string, string>} words of each value */
    name(words) {
      for (const { input, said } of inputs) say(said, words[input.value]);
    },
  };
}

/**
 * @param {string} name for tests @param {string} label
 * @param {{min: number, max: number, step: number}} range
 * @param {(value: number) => void} onInput
 */
export function createSlider(name, label, { min, max, step }, onInput) {
  const input = make('input', { type: 'range', min, max, step, 'data-testid': name });
  const output = make('output', {});
  const element = make(
    'label',
    { class: 'choice slider small' },
    make('span', { class: 'soft' }, label),
    input,
    output,
  );
  input.addEventListener('input', () => onInput(Number(input.value)));
  return {
    element,
    /** @param {number} value @param {string} words */
    show(value, words) {
      if (Number(input.value) !== value) input.value = String(value);
      output.textContent = words;
      input.setAttribute('aria-valuetext', words);
    },
    /** @param {{min: number, max: number, step: number}} next */
    reach(next) {
      for (const [key, value] of Object.entries(next))
        if (input.getAttribute(key) !== String(value)) input.setAttribute(key, String(value));
    },
  };
}
