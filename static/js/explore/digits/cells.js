// Paints the digits of a sheet that are in sight, with what marks them.

import { pageColors } from '../../page/colors.js';
import { fitCanvas } from '../../page/dom.js';

/** @import { Sheet } from './grid.js' */
/** @import { Pictures } from './pictures.js' */

const GAP = 3; // px between two

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Pick<Pictures, 'paint'>} pictures
 * @param {Sheet} sheet
 * @param {ReturnType<typeof import('./flow.js').flowOf>} flow
 * @param {{width: number, height: number, top: number}} sight in px of the sheet
 * @param {number | null} pointed its place in the list
 */
export function paintCells(canvas, pictures, sheet, flow, { width, height, top }, pointed) {
  const context = fitCanvas(canvas, width, height);
  canvas.style.width = `${width}px`; // its pixels are the screen's: two or three for one of these
  canvas.style.height = `${height}px`;
  const { raised, focus, text } = pageColors().named;
  context.clearRect(0, 0, width, height);
  const { across, cell, first, last } = flow;
  const size = cell - GAP;
  for (let i = first; i < last; i++) {
    const [x, y] = [(i % across) * cell + GAP / 2, Math.floor(i / across) * cell - top + GAP / 2];
    const index = sheet.list[i];
    if (!pictures.paint(context, sheet.split, index, x, y, size)) {
      context.fillStyle = raised;
      context.fillRect(x, y, size, size);
    }
    const mark = sheet.mark(index);
    if (mark) {
      context.fillStyle = colorOf(mark);
      context.fillRect(x, y + size - 2, size, 2);
    }
    if (i !== pointed && index !== sheet.chosen) continue;
    context.strokeStyle = i === pointed ? focus : text;
    context.lineWidth = 2;
    context.strokeRect(x + 1, y + 1, size - 2, size - 2);
  }
}

/** @param {'wrong' | 'disputed'} mark */
const colorOf = (mark) =>
  getComputedStyle(document.documentElement).getPropertyValue(
    mark === 'wrong' ? '--warning' : '--line-strong',
  );
