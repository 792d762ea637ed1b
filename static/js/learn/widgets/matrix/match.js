// Three rows of W, a piece of each, and three neurons' pictures: which is which? A piece of 28 numbers is
// one line of its neuron's picture, and the line can be chosen.

import { pageColors } from '../../../page/colors.js';
import { make, say } from '../../../page/dom.js';
import { SIDE } from '../../../state/units.js';
import { denseOf, most, paint } from './product.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const LAYER = 'hidden1';
/** The neurons, by their row of W, and in the order of their pictures. */
export const ROWS = [4, 7, 14];
export const PICTURES = [14, 4, 7];
const NAMES = ['A', 'B', 'C'];
const FIRST = 14; // the line that is shown at first, from 0

/** The columns of W, from 1, that a line of the pictures holds. @param {number} line */
export const columnsOf = (line) => [line * SIDE + 1, (line + 1) * SIDE];

/** How many rows have their neuron's picture. @param {(number | null)[]} chosen a picture for each row */
export const matched = (chosen) =>
  chosen.filter((picture, row) => picture !== null && PICTURES[picture] === ROWS[row]).length;

/** @param {Pick<Page, 'state' | 'onChange'>} page @param {Translate} t */
export function createMatch({ state, onChange }, t) {
  let line = FIRST;
  /** @type {(number | null)[]} */
  const chosen = ROWS.map(() => null);
  /** @type {unknown[]} */
  let painted = [];

  /** @param {number} row @param {number} picture */
  function choose(row, picture) {
    chosen[row] = picture;
    rows[row].inputs[picture].checked = true;
    onChange();
  }
  const rows = ROWS.map((unit, row) => {
    const strip = make('canvas', { width: SIDE, height: 1, 'aria-hidden': 'true' });
    const about = make('span', { class: 'small' });
    const inputs = NAMES.map((name, picture) => {
      const input = make('input', {
        type: 'radio',
        name: `match-${unit}`,
        'data-testid': `match-${row}-${name}`,
        'aria-label': t('match.picture', { name }),
      });
      input.addEventListener('change', () => choose(row, picture));
      return input;
    });
    const choices = inputs.map((input, i) => make('label', {}, input, make('span', {}, NAMES[i])));
    const element = make(
      'div',
      { class: 'match-row', role: 'radiogroup', 'aria-label': t('match.row', { row: unit + 1 }) },
      about,
      strip,
      make('div', { class: 'match-choices' }, ...choices),
    );
    return { unit, strip, about, inputs, element };
  });
  const pictures = PICTURES.map((unit, i) => {
    const canvas = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
    const shown = make('div', { class: 'match-shown' }, canvas, make('i', { class: 'match-at' }));
    return { unit, canvas, element: make('figure', {}, shown, make('figcaption', {}, NAMES[i])) };
  });
  const range = make('input', {
    type: 'range',
    min: 1,
    max: SIDE,
    value: line + 1,
    'data-testid': 'match-line',
  });
  const told = make('output', { class: 'number' });
  range.addEventListener('input', () => {
    line = Number(range.value) - 1;
    onChange();
  });
  const element = make(
    'div',
    { class: 'match wide', 'data-testid': 'match' },
    make('div', { class: 'match-rows' }, ...rows.map((row) => row.element)),
    make('div', { class: 'match-pictures' }, ...pictures.map((picture) => picture.element)),
    make('label', { class: 'tiny-dial' }, make('span', {}, t('match.line')), range, told),
  );

  function update() {
    const dense = denseOf(state()?.weights, LAYER);
    if (!dense || dense.inputs !== SIDE * SIDE) return;
    const colors = pageColors();
    const is = [colors, dense.kernel, line];
    if (is.every((each, i) => each === painted[i])) return;
    painted = is;
    const full = most(dense.kernel) / 2; // paler ones are told apart, too
    const word = (/** @type {number} */ unit, /** @type {number} */ pixel) =>
      colors.signedWord(dense.kernel[pixel * dense.units + unit], full);
    for (const { unit, canvas } of pictures) paint(canvas, (r, c) => word(unit, r * SIDE + c));
    const [from, to] = columnsOf(line);
    for (const { unit, strip, about } of rows) {
      paint(strip, (_, c) => word(unit, line * SIDE + c));
      say(about, t('match.piece', { row: unit + 1, from, to }));
    }
    element.style.setProperty('--line', String(line / SIDE));
    say(told, String(line + 1));
  }

  return {
    element,
    quantities: { matched: () => matched(chosen) },
    update,
    /** All of them in their place. */
    apply: () => ROWS.forEach((unit, row) => choose(row, PICTURES.indexOf(unit))),
  };
}
