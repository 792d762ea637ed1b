// The softmax term by term: e to the power of each z, and each one's share of their sum.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** Powers run over many orders of magnitude: some digits of each. @param {number} value */
export function power(value) {
  if (value >= 1e-3 && value < 1e4) return value.toPrecision(4);
  const [digits, exponent] = value.toExponential(2).split('e');
  const raised = [...exponent].map((sign) => (sign === '-' ? '⁻' : (RAISED[Number(sign)] ?? '')));
  return `${digits} × 10${raised.join('')}`;
}

/**
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createSoftmax(t, numbers) {
  /** @param {number} digit */
  function makeRow(digit) {
    const cells = Array.from({ length: 3 }, () => make('td', {}));
    return { row: make('tr', {}, make('th', { scope: 'row' }, String(digit)), ...cells), cells };
  }
  /** @type {ReturnType<typeof makeRow>[]} */
  let rows = [];
  const what = make('th', { scope: 'col' }, t('softmax.digit'));
  const total = make('td', { 'data-testid': 'softmax-sum' });
  const head = make(
    'tr',
    {},
    what,
    make('th', { scope: 'col' }, make('span', { 'data-term': 'logit' }, 'z')),
    make('th', { scope: 'col' }, 'e', make('sup', {}, 'z')),
    make('th', { scope: 'col' }, t('softmax.share')),
  );
  const foot = make(
    'tr',
    {},
    make('th', { scope: 'row' }, 'Σ'),
    make('td', {}),
    total,
    make('td', {}, numbers.three(1)),
  );
  const body = make('tbody', {});
  const element = make(
    'table',
    { class: 'softmax', 'data-testid': 'softmax' },
    make('thead', {}, head),
    body,
    make('tfoot', {}, foot),
  );
  return {
    element,
    /** @param {number[]} z @param {number[]} a @param {number} index the neuron in front
     * @param {string} [classes] what its classes are called, where they are no digits */
    show(z, a, index, classes = t('softmax.digit')) {
      say(what, classes);
      if (rows.length !== z.length) {
        rows = z.map((_, digit) => makeRow(digit));
        body.replaceChildren(...rows.map(({ row }) => row));
      }
      rows.forEach(({ row, cells }, digit) => {
        row.classList.toggle('chosen', digit === index);
        say(cells[0], numbers.three(z[digit]));
        say(cells[1], power(Math.exp(z[digit])));
        say(cells[2], numbers.three(a[digit]));
      });
      say(total, power(z.reduce((sum, value) => sum + Math.exp(value), 0)));
    },
  };
}
