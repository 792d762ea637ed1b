// Painting the input as a column: its neurons, ellipses with the number of those left out, a brace.

import { SHOWN } from '../figures/column.js';

/** @import { Column } from '../figures/column.js' */
/** @import { Pen } from '../text.js' */

const ROUND = 2 * Math.PI;
const WORDS = 3.75; // em: "+398" between the brace and the column

/**
 * @param {Pen} pen
 * @param {Column} place
 * @param {(index: number) => string} color
 * @param {(count: number) => string} format
 */
export function paintColumn(pen, place, color, format) {
  const { context, colors } = pen;
  context.lineWidth = 1.25;
  context.strokeStyle = colors.named['line-strong'];
  for (let i = place.first; i < place.first + SHOWN; i++) {
    context.fillStyle = color(i);
    context.beginPath();
    context.arc(place.centreX(i), place.centreY(i), place.size / 2, 0, ROUND);
    context.fill();
    context.stroke();
  }
  place
    .hidden()
    .forEach((count, end) =>
      paintEllipsis(pen, place, end ? place.count - 1 : 0, `+${format(count)}`),
    );
  paintBrace(pen, place);
}

/** Three dots along the column, and beside them how many they stand for.
 * @param {Pen} pen @param {Column} place @param {number} index @param {string} text */
function paintEllipsis({ context, colors, em }, place, index, text) {
  const [x, y] = [place.centreX(index), place.centreY(index)];
  const apart = (place.sideways ? place.pitchY : place.pitchX) / 4;
  context.fillStyle = colors.named['text-soft'];
  for (const by of [-apart, 0, apart]) {
    context.beginPath();
    context.arc(x + (place.sideways ? 0 : by), y + (place.sideways ? by : 0), em / 8, 0, ROUND);
    context.fill();
  }
  context.textBaseline = 'middle';
  context.textAlign = place.sideways ? 'right' : 'center';
  if (place.sideways) context.fillText(text, x - place.size / 2 - em / 4, y);
  else context.fillText(text, x, y - place.size / 2 - em / 2);
}

/** A curly brace along all of the column, its point outwards.
 * @param {Pen} pen @param {Column} place */
function paintBrace({ context, colors, em }, place) {
  const { sideways, x, y, width, height } = place;
  const [start, end] = sideways ? [y, y + height] : [x, x + width];
  const near = (sideways ? x : y) - (sideways ? WORDS : 2.6) * em; // what is left out is told before it
  const far = near - em;
  const middle = (start + end) / 2;
  const bend = near - em / 2;
  /** @type {(along: number, across: number) => [number, number]} */
  const at = (along, across) => (sideways ? [across, along] : [along, across]);
  context.lineWidth = 1.5;
  context.strokeStyle = colors.named['text-soft'];
  context.beginPath();
  context.moveTo(...at(start, near));
  context.quadraticCurveTo(...at(start, bend), ...at(start + em, bend));
  context.lineTo(...at(middle - em, bend));
  context.quadraticCurveTo(...at(middle, bend), ...at(middle, far));
  context.quadraticCurveTo(...at(middle, bend), ...at(middle + em, bend));
  context.lineTo(...at(end - em, bend));
  context.quadraticCurveTo(...at(end, bend), ...at(end, near));
  context.stroke();
}
