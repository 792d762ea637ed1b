// Teaching the network beside the chapter one's own drawing: steps of gradient descent, as edits.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

/**
 * @param {{onTeach: (label: number, times: number) => void, label: () => number, taken: () => number}} page
 * @param {Translate} t
 */
export function createTeach({ onTeach, label, taken }, t) {
  /** @type {number | null} */
  let chosen = null;
  const group = make('div', {
    class: 'guess-digits',
    role: 'radiogroup',
    'aria-label': t('teach.meant'),
  });
  const inputs = Array.from({ length: 10 }, (_, digit) => {
    const input = make('input', {
      type: 'radio',
      name: 'teach',
      value: digit,
      'data-testid': `teach-${digit}`,
    });
    input.addEventListener('change', () => {
      chosen = digit;
      update();
    });
    group.append(make('label', {}, input, make('span', {}, String(digit))));
    return input;
  });
  const [one, ten] = [1, 10].map((times) => {
    const button = make(
      'button',
      { type: 'button', 'data-testid': `teach-steps-${times}` },
      t(times === 1 ? 'teach.one' : 'teach.ten'),
    );
    button.addEventListener('click', () => onTeach(meant() ?? 0, times));
    return button;
  });
  const about = make('span', { class: 'small soft', role: 'status' });
  const element = make(
    'div',
    { class: 'teach', 'data-testid': 'teach' },
    make('span', { class: 'small soft' }, t('teach.meant')),
    group,
    make('div', { class: 'teach-steps' }, one, ten, about),
  );

  /** What is said, else what the test digit is labelled. */
  function meant() {
    const known = label();
    return chosen ?? (known >= 0 ? known : null);
  }

  function update() {
    const now = meant();
    for (const input of inputs) input.checked = Number(input.value) === now;
    one.disabled = ten.disabled = now === null;
    say(about, taken() ? t('teach.taken', { count: taken() }) : '');
  }

  return {
    element,
    quantities: {},
    update,
    /** @param {{label?: number, times?: number}} wanted */
    apply: ({ label: digit, times }) => onTeach(digit ?? meant() ?? 0, times ?? 1),
  };
}
