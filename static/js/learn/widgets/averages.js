// How far each pixel moves the first hidden layer, on average over the test digits: its mean ink, times
// the mean size of its weights. Pointing at a square points at that pixel beside the chapter, too.

import { make, say } from '../../page/dom.js';
import { pageColors } from '../../page/colors.js';
import { pointAt } from '../../page/touch/finger.js';
import { PIXELS, SIDE } from '../../state/units.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const SQUARE = 4; // pixels of the canvas
const NAMES = /** @type {const} */ (['ink', 'size', 'moves']);

/**
 * @param {{state: () => State | null, meanInk: () => number[] | null,
 *   onPoint: (index: number | null) => void}} page
 * @param {(index: number) => number | null} sizeOf the mean size of a pixel's weights
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createAverages({ state, meanInk, onPoint }, sizeOf, t, numbers) {
  const pictures = NAMES.map((name) => {
    const canvas = make('canvas', {
      width: SIDE * SQUARE,
      height: SIDE * SQUARE,
      'data-testid': `average-${name}`,
      'aria-hidden': 'true',
    });
    pointAt(canvas, (event) => onPoint(event && at(canvas, event)));
    return { name, canvas, caption: make('figcaption', {}, t(`averages.${name}`)) };
  });
  const told = make('p', { class: 'number small', role: 'status', 'data-testid': 'averages' });
  const figures = pictures.map(({ canvas, caption }) => make('figure', {}, canvas, caption));
  const signs = ['×', '='].map((sign) => make('span', { 'aria-hidden': 'true' }, sign));
  const row = [figures[0], signs[0], figures[1], signs[1], figures[2]];
  const element = make(
    'div',
    { class: 'averages' },
    make('div', { class: 'averages-row' }, ...row),
    told,
  );
  /** @type {unknown[]} */
  let painted = [];

  /** @param {HTMLCanvasElement} canvas @param {PointerEvent} event */
  function at(canvas, event) {
    const box = canvas.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * SIDE);
    const y = Math.floor(((event.clientY - box.top) / box.height) * SIDE);
    return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? null : y * SIDE + x;
  }

  /** @param {number[]} ink @param {number | null} pixel */
  function paint(ink, pixel) {
    const colors = pageColors();
    const sizes = ink.map((_, i) => sizeOf(i) ?? 0);
    const values = { ink, size: sizes, moves: ink.map((value, i) => value * sizes[i]) };
    for (const { name, canvas } of pictures) {
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const most = Math.max(...values[name]);
      values[name].forEach((value, i) => {
        context.fillStyle = colors.activation(value / most, 1);
        context.fillRect((i % SIDE) * SQUARE, Math.floor(i / SIDE) * SQUARE, SQUARE, SQUARE);
      });
      if (pixel === null) continue;
      context.strokeStyle = colors.named.focus;
      context.lineWidth = 3;
      const [x, y] = [(pixel % SIDE) * SQUARE, Math.floor(pixel / SIDE) * SQUARE];
      context.strokeRect(x - 1.5, y - 1.5, SQUARE + 3, SQUARE + 3);
    }
    if (pixel === null) return say(told, t('averages.point'));
    const [one, two, three] = NAMES.map((name) => numbers.three(values[name][pixel]));
    const [y, x] = [Math.floor(pixel / SIDE) + 1, (pixel % SIDE) + 1];
    const is = ink[pixel] === 0 ? '=' : '≈'; // no ink at all moves nothing, exactly
    say(told, t('averages.told', { row: y, column: x, ink: one, size: two, is, moves: three }));
  }

  return {
    element,
    quantities: {},
    update() {
      const [now, ink] = [state(), meanInk()];
      if (!ink || !now || sizeOf(0) === null) return;
      const unit = now.hovered ?? now.selected;
      const pixel = unit?.layer === 'input' && unit.index < PIXELS ? unit.index : null;
      const seen = [ink, now.weights, pageColors(), pixel];
      if (seen.every((each, i) => each === painted[i])) return;
      painted = seen;
      paint(ink, pixel);
    },
    apply() {},
    destroy: () => onPoint(null),
  };
}
