// Painting neurons as circles. Pure apart from the context.

import { isRound } from '../layout.js';

/** @import { Colors } from '../../../page/colors.js' */
/** @import { Figure } from '../layout.js' */

const ROUND = 2 * Math.PI;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Figure} figure
 * @param {ArrayLike<number> | null} a activations, null for a network at rest
 * @param {number} exposure the activation of full brightness
 * @param {Colors} colors
 * @param {(value: number, full: number) => string} [css] a value's colour
 */
export function paintNeurons(
  context,
  { kind, place },
  a,
  exposure,
  colors,
  css = colors.activation,
) {
  const radius = place.size / 2;
  context.lineWidth = kind === 'circles' ? 1.25 : 0.75; // who is at rest has the ground's colour
  context.strokeStyle = colors.named['line-strong'];
  for (let i = 0; i < place.count; i++) {
    context.fillStyle = css(a ? a[i] : 0, exposure);
    context.beginPath();
    context.arc(place.centreX(i), place.centreY(i), radius, 0, ROUND);
    context.fill();
    context.stroke();
  }
}

/**
 * A ring around a neuron: pointed at, chosen, or the answer.
 * @param {CanvasRenderingContext2D} context
 * @param {Figure} figure
 * @param {number} index
 * @param {string} color
 * @param {number} distance px between neuron and ring
 */
export function paintRing(context, { kind, place }, index, color, distance) {
  const [x, y] = [place.centreX(index), place.centreY(index)];
  const free = Math.max(place.pitchX, place.pitchY) - place.size / 2 - 2; // short of the next one
  const reach = Math.max(Math.min(place.size / 2 + distance, free), place.size / 2 + 1);
  context.strokeStyle = color;
  context.lineWidth = 2.25;
  context.beginPath();
  if (!isRound(kind)) context.rect(x - reach, y - reach, 2 * reach, 2 * reach);
  else context.arc(x, y, reach, 0, ROUND);
  context.stroke();
}
