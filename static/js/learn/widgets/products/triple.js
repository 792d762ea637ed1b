// Three pictures of 28 x 28, the third the product of the other two. Pointing at a square points at that pixel
// beside the chapter, too.

import { make } from '../../../page/dom.js';
import { pageColors } from '../../../page/colors.js';
import { pointAt } from '../../../page/touch/finger.js';
import { PIXELS, SIDE } from '../../../state/units.js';

/** @import { State } from '../../../state/types.js' */

const SQUARE = 4; // pixels of the canvas

/** The pixel of the input that is pointed at or kept. @param {State} state */
export function pixelIn({ hovered, selected }) {
  const unit = hovered ?? selected;
  return unit?.layer === 'input' && unit.index < PIXELS ? unit.index : null;
}

/**
 * @param {{name: string, caption: string}[]} named
 * @param {string} kind what its parts are found by
 * @param {(index: number | null) => void} onPoint
 * @param {(index: number) => void} onKeep one that is clicked
 */
export function createTriple(named, kind, onPoint, onKeep) {
  const pictures = named.map(({ name, caption }) => {
    const canvas = make('canvas', {
      width: SIDE * SQUARE,
      height: SIDE * SQUARE,
      'data-testid': `${kind}-${name}`,
      'aria-hidden': 'true',
    });
    pointAt(canvas, (event) => onPoint(event && at(canvas, event)));
    canvas.addEventListener('click', (event) => {
      const index = at(canvas, event);
      if (index !== null) onKeep(index);
    });
    return { name, canvas, figure: make('figure', {}, canvas, make('figcaption', {}, caption)) };
  });
  const [first, second, third] = pictures.map(({ figure }) => figure);
  const [times, is] = ['×', '='].map((sign) => make('span', { 'aria-hidden': 'true' }, sign));

  /** @param {HTMLCanvasElement} canvas @param {MouseEvent} event */
  function at(canvas, event) {
    const box = canvas.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * SIDE);
    const y = Math.floor(((event.clientY - box.top) / box.height) * SIDE);
    return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? null : y * SIDE + x;
  }

  return {
    element: make('div', { class: 'averages-row' }, first, times, second, is, third),
    /** @param {Record<string, (index: number) => string>} colours of each picture's squares
     * @param {(number | null)[]} framed */
    paint(colours, framed) {
      const { focus, ground } = pageColors().named;
      const frames = /** @type {const} */ ([
        [ground, 6, 3], // it is seen on blue, too
        [focus, 3, 2],
      ]);
      for (const { name, canvas } of pictures) {
        const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
        for (let i = 0; i < PIXELS; i += 1) {
          context.fillStyle = colours[name](i);
          context.fillRect((i % SIDE) * SQUARE, Math.floor(i / SIDE) * SQUARE, SQUARE, SQUARE);
        }
        for (const pixel of framed) {
          if (pixel === null) continue;
          const [x, y] = [(pixel % SIDE) * SQUARE, Math.floor(pixel / SIDE) * SQUARE];
          for (const [colour, width, far] of frames) {
            context.strokeStyle = colour;
            context.lineWidth = width;
            context.strokeRect(x - far, y - far, SQUARE + 2 * far, SQUARE + 2 * far);
          }
        }
      }
    },
  };
}

/** Where a pixel lies, counted from 1. @param {number} pixel */
export const placeOf = (pixel) => ({
  row: Math.floor(pixel / SIDE) + 1,
  column: (pixel % SIDE) + 1,
});
