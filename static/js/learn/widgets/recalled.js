// What the neurons of hidden 1 held for the newest 1 and for the newest 0, kept side by side: the screen
// shows one drawing at a time.

import { make, say } from '../../page/dom.js';

/** @import { Reading, Translate, Neuron } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const DIGITS = [1, 0];
const LAYER = 'hidden1';

/**
 * @param {{recall: (digit: number) => Reading | null, pointed: () => Neuron | null}} page the newest
 *   drawing that was meant as a digit, and the unit that is pointed at
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createRecalled({ recall, pointed }, t, numbers) {
  const rows = DIGITS.map((digit) => {
    const dots = make('span', { class: 'recalled-dots', 'aria-hidden': 'true' });
    const number = make('strong', { class: 'number', 'data-testid': `recalled-${digit}` }, '–');
    const element = make('p', {}, t('recalled.for', { digit }), dots, number);
    return { digit, dots, number, element };
  });
  const about = make('p', { class: 'small soft' }, t('recalled.about'));
  const element = make('div', { class: 'recalled' }, ...rows.map((row) => row.element), about);

  return {
    element,
    quantities: {},
    update() {
      const unit = pointed();
      const at = unit?.layer === LAYER ? unit.index : -1;
      for (const { digit, dots, number } of rows) {
        const values = recall(digit)?.layers.find(({ name }) => name === LAYER)?.a ?? [];
        if (dots.childElementCount !== values.length)
          dots.replaceChildren(...Array.from(values, () => make('i')));
        Array.from(values).forEach((value, i) => {
          const dot = /** @type {HTMLElement} */ (dots.children[i]);
          dot.style.setProperty('--part', `${value * 100}%`);
          dot.classList.toggle('at', i === at);
        });
        say(number, at in values ? numbers.three(values[at]) : '–');
      }
    },
    apply() {},
  };
}
