// The grid of the network's pixels on the pad: where keys draw, and where the pad goes in as it is. It comes
// when it is first to be seen.

import { SIDE } from '../../state/units.js';

/**
 * The grid of the network's pixels.
 * @param {CanvasRenderingContext2D} context
 * @param {string} color the lines'
 * @param {number} side
 */
export function paintGrid(context, color, side) {
  const ratio = context.getTransform().a;
  context.strokeStyle = color;
  context.lineWidth = 1 / ratio;
  context.beginPath();
  for (let i = 1; i < SIDE; i++) {
    const at = (Math.round((i / SIDE) * side * ratio) + 0.5) / ratio; // on whole device pixels
    context.moveTo(at, 0);
    context.lineTo(at, side);
    context.moveTo(0, at);
    context.lineTo(side, at);
  }
  context.stroke();
}
