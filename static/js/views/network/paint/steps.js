// Painting what an LSTM hands on: the last row that is read, marked in its picture and in the image,
// and its state beside it, upright, where the edges to the next layer begin.

import { createPixelPainter } from './pixels.js';

/** @import { Lattice } from '../figures/lattice.js' */
/** @import { Steps } from '../figures/steps.js' */
/** @import { Figure, Layout } from '../layout.js' */
/** @import { Pen } from '../text.js' */

const JOINED = 0.5; // how much is seen of the lines from the row to the same row upright

export function createHandedPainter() {
  const paintCells = createPixelPainter(false);

  /**
   * @param {Pen} pen
   * @param {Layout} layout
   * @param {Figure} figure of steps
   * @param {(index: number) => number} color of a unit, as four bytes
   */
  return function paintHanded({ context, colors }, { figures, sideways }, figure, color) {
    const place = /** @type {Steps} */ (figure.place);
    const { handed } = place;
    const first = place.first();
    paintCells(context, { ...figure, place: handed }, colors, (unit) => color(first + unit));
    context.strokeStyle = colors.named['line-strong'];
    context.lineWidth = 1;
    context.strokeRect(handed.x - 0.5, handed.y - 0.5, handed.width + 1, handed.height + 1);
    join(context, place, sideways);
    context.strokeStyle = colors.named.text;
    context.lineWidth = 1.5;
    markRow(context, place, place.read);
    if (figures[1] === figure) markRow(context, figures[0].place, place.read); // the image's own row
  };
}

/** @param {CanvasRenderingContext2D} context @param {Lattice} place @param {number} row from 1 */
function markRow(context, { x, y, width, pitchY }, row) {
  context.strokeRect(x - 1, y + (row - 1) * pitchY - 1, width + 2, pitchY + 2);
}

/** Lines from the row's end to both ends of what it hands on.
 * @param {CanvasRenderingContext2D} context @param {Steps} place @param {boolean} sideways */
function join(context, place, sideways) {
  const { x, y, width, pitchY, read, handed } = place;
  const [top, bottom] = [y + (read - 1) * pitchY, y + read * pitchY];
  context.globalAlpha = JOINED;
  context.beginPath();
  if (sideways) {
    context.moveTo(x + width + 1, top);
    context.lineTo(handed.x, handed.y);
    context.moveTo(x + width + 1, bottom);
    context.lineTo(handed.x, handed.y + handed.height);
  } else {
    context.moveTo(x, bottom);
    context.lineTo(handed.x, handed.y);
    context.moveTo(x + width, bottom);
    context.lineTo(handed.x + handed.width, handed.y);
  }
  context.stroke();
  context.globalAlpha = 1;
}
