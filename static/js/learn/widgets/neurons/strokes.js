// A painted neuron tried on all the pictures that its challenge is scored by: seven upright strokes, seven
// lying ones and a filled block, each above what the neuron makes of it.

import { pageColors } from '../../../page/colors.js';
import { make, say } from '../../../page/dom.js';
import { SIDE } from '../../../state/units.js';
import { picturesOf } from '../../challenges/pictures.js';
import { denseOf, paint, sigmoid } from '../matrix/product.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const UNIT = 3; // of hidden 1, the one that is painted
const KINDS = ['post', 'bar', 'block'];

/** The pictures of a kind in the order in which they lie: the one in the middle comes first in the list.
 * @param {string} kind @returns {number[][]} */
export function inOrder(kind) {
  const [middle, ...others] = picturesOf(kind);
  return [...others.slice(0, 3), middle, ...others.slice(3)].filter(Boolean);
}

/** What a sigmoid unit makes of a picture whose inked pixels are 1. @param {import('../matrix/product.js').Dense} dense
 * @param {number} unit @param {number[]} inked */
export const valueFor = ({ kernel, bias, units }, unit, inked) =>
  sigmoid(inked.reduce((sum, pixel) => sum + kernel[pixel * units + unit], bias[unit]));

/** @param {Pick<Page, 'state'>} page @param {Translate} t @param {Numbers} numbers */
export function createStrokes({ state }, t, numbers) {
  /** @type {unknown} */
  let painted = null;
  const rows = KINDS.map((kind) => {
    const tiles = inOrder(kind).map((inked) => {
      const canvas = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
      const number = make('span', { class: 'number' });
      return {
        inked: new Set(inked),
        list: inked,
        canvas,
        number,
        element: make('figure', {}, canvas, number),
      };
    });
    const element = make(
      'div',
      { class: 'strokes-row', 'data-testid': `strokes-${kind}` },
      make('span', { class: 'small soft' }, t(`strokes.${kind}`)),
      ...tiles.map((tile) => tile.element),
    );
    return { kind, tiles, element };
  });
  const element = make('div', { class: 'strokes' }, ...rows.map((row) => row.element));

  function update() {
    const colors = pageColors();
    if (painted !== colors) {
      painted = colors;
      for (const { canvas, inked } of rows.flatMap(({ tiles }) => tiles))
        paint(canvas, (row, column) =>
          colors.activationWord(Number(inked.has(row * SIDE + column)), 1),
        );
    }
    const dense = denseOf(state()?.weights, 'hidden1');
    if (dense?.inputs !== SIDE * SIDE) return;
    const values = rows.map(({ tiles }) => tiles.map(({ list }) => valueFor(dense, UNIT, list)));
    const [weakest, strongest] = [Math.min(...values[0]), Math.max(...values[1], ...values[2])];
    rows.forEach(({ tiles }, i) =>
      tiles.forEach(({ number, element: tile }, j) => {
        const value = values[i][j];
        say(number, numbers.two(value));
        tile.classList.toggle('counts', value === (i ? strongest : weakest));
      }),
    );
  }

  return { element, quantities: {}, update, apply() {} };
}
