// Softmax by hand: z of each output, e to that power, and what all ten of them add up to.

import { make, say } from '../../../page/dom.js';
import { activationsOf } from './product.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const CLASSES = 10;

/** e to the power of each, and their sum. @param {ArrayLike<number>} z */
export function powersOf(z) {
  const powers = Array.from(z, (each) => Math.exp(each));
  return { powers, sum: powers.reduce((one, other) => one + other, 0) };
}

/** @param {Pick<Page, 'state' | 'onPart'>} page @param {Translate} t @param {Numbers} numbers */
export function createPowers({ state, onPart }, t, numbers) {
  const rows = Array.from({ length: CLASSES }, (_, digit) => {
    const [z, power] = [make('td', { class: 'number' }), make('td', { class: 'number' })];
    const bar = make('span', { class: 'deep-bar', 'aria-hidden': 'true' });
    const element = make(
      'tr',
      {},
      make('th', { scope: 'row' }, String(digit)),
      z,
      power,
      make('td', {}, bar),
    );
    element.addEventListener('pointerenter', () => onPart(`output/${digit}`));
    element.addEventListener('pointerleave', () => onPart(null));
    return { z, power, bar, element };
  });
  const total = make('td', { class: 'number', 'data-testid': 'powers-sum' });
  const head = ['', 'z', 'eᶻ', ''].map((name) => make('th', { scope: 'col' }, name));
  const element = make(
    'table',
    { class: 'powers', 'data-testid': 'powers' },
    make('thead', {}, make('tr', {}, ...head)),
    make('tbody', {}, ...rows.map((row) => row.element)),
    make(
      'tfoot',
      {},
      make(
        'tr',
        {},
        make('th', { scope: 'row', colspan: 2 }, t('powers.sum')),
        total,
        make('td', {}),
      ),
    ),
  );
  /** Small ones to three decimals, large ones to one. @param {number} value */
  const written = (value) => (value < 10 ? numbers.three(value) : numbers.one(value));

  return {
    element,
    quantities: {},
    update() {
      const z = activationsOf(state(), 'output')?.z;
      if (!z || z.length !== CLASSES) return;
      const { powers, sum } = powersOf(z);
      rows.forEach((row, i) => {
        say(row.z, numbers.three(z[i]));
        say(row.power, written(powers[i]));
        row.bar.style.setProperty('--size', `${(100 * powers[i]) / sum}%`);
      });
      say(total, written(sum));
    },
    apply() {},
  };
}
