// A hundred digits of the test set as the hundred rows of x: one product has the sums of all of them,
// and the network's three products answer them all.

import { pageColors } from '../../../page/colors.js';
import { make, say } from '../../../page/dom.js';
import { pointAt } from '../../../page/touch/finger.js';
import { firstDigits } from '../../../sessions/test-part.js';
import { SIDE } from '../../../state/units.js';
import { answerOf, denseOf, most, paint, sums } from './product.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const COUNT = 100;
const PIXELS = SIDE * SIDE;
const UNITS = 16;
const LAYERS = ['hidden1', 'hidden2', 'output'];

/** @typedef {{label: number, x: number[]}} Row */

/** @param {Pick<Page, 'state' | 'onChange'>} page @param {Translate} t
 * @param {typeof firstDigits} [asks] */
export function createBatch({ state, onChange }, t, asks = firstDigits) {
  /** @type {Row[]} */
  let rows = [];
  let row = 0;
  /** @type {unknown[]} */
  let painted = [];
  /** @type {number[]} */
  let answers = [];
  asks(COUNT).then((found) => {
    rows = found.map(({ label, pixels }) => ({ label, x: pixels.map((value) => value / 255) }));
    onChange();
  });
  const shapes = [
    ['x', PIXELS, COUNT],
    ['W1', UNITS, PIXELS],
    ['x @ W1', UNITS, COUNT],
  ].map(([name, width, height], i) => {
    const canvas = make('canvas', { width, height, class: `batch-${i}` });
    const size = make('span', { class: 'batch-size number' }, `(${height}, ${width})`);
    return {
      canvas,
      element: make(
        'figure',
        {},
        canvas,
        make('figcaption', {}, make('code', {}, String(name)), size),
      ),
    };
  });
  const marks = [shapes[0], shapes[2]].map(({ element: shape }) => {
    const at = make('i', { class: 'batch-at' });
    shape.append(at); // a row that goes in is a row that comes out
    return at;
  });
  const one = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
  const [which, all] = [make('p', {}), make('p', { 'data-testid': 'batch-right' })];
  const range = make('input', {
    type: 'range',
    min: 1,
    max: COUNT,
    value: 1,
    'aria-label': t('batch.row'),
  });
  const element = make(
    'div',
    { class: 'batch wide', 'data-testid': 'batch' },
    make(
      'div',
      { class: 'batch-shapes' },
      shapes[0].element,
      '@',
      shapes[1].element,
      '=',
      shapes[2].element,
    ),
    range,
    make('div', { class: 'batch-one small' }, one, make('div', {}, which, all)),
  );
  /** @param {number} to */
  function go(to) {
    row = Math.min(COUNT - 1, Math.max(0, to));
    range.value = String(row + 1);
    onChange();
  }
  range.addEventListener('input', () => go(Number(range.value) - 1));
  pointAt(shapes[0].canvas, (event) => {
    if (!event) return;
    const box = shapes[0].canvas.getBoundingClientRect();
    go(Math.floor(((event.clientY - box.top) / box.height) * COUNT));
  });

  function update() {
    const layers = LAYERS.map((name) => denseOf(state()?.weights, name)).filter(
      (each) => each !== null,
    );
    const [first] = layers;
    if (layers.length < LAYERS.length || rows.length < COUNT || first.inputs !== PIXELS) return;
    const colors = pageColors();
    const is = [colors, first.kernel, rows];
    if (is.some((each, i) => each !== painted[i])) {
      painted = is;
      const products = rows.map(({ x }) => sums(first, x));
      answers = rows.map(({ x }) => answerOf(layers, x));
      const [full, scale] = [most(first.kernel), most(products.flatMap((each) => [...each]))];
      paint(shapes[0].canvas, (r, c) => colors.activationWord(rows[r].x[c], 1));
      paint(shapes[1].canvas, (r, c) => colors.signedWord(first.kernel[r * UNITS + c], full));
      paint(shapes[2].canvas, (r, c) => colors.signedWord(products[r][c], scale));
      const right = rows.filter(({ label }, i) => answers[i] === label).length;
      say(all, t('batch.right', { count: COUNT, right }));
    }
    paint(one, (r, c) => colors.activationWord(rows[row].x[r * SIDE + c], 1));
    for (const at of marks) at.style.setProperty('--at', String(row / COUNT));
    say(which, t('batch.one', { row: row + 1, answer: answers[row] }));
  }

  return { element, quantities: {}, update, apply() {} };
}
