// Frames around what a unit sees, on the pixels and on the maps of the layer before.

import { Tiles } from './figures/tiles.js';

/** @import { Field } from '../../state/types.js' */
/** @import { Figure } from './layout.js' */

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Figure} figure
 * @param {Field} field
 * @param {string} color
 * @param {number | null} [only] the one map that is seen, null for all
 */
export function paintFrame(context, { place }, { top, left, bottom, right }, color, only = null) {
  const { pitchX, pitchY } = place;
  const maps = place instanceof Tiles ? [...Array(place.maps).keys()] : [];
  const seen = only === null ? maps : [only];
  const corners = place instanceof Tiles ? seen.map((map) => place.corner(map)) : [place];
  context.strokeStyle = color;
  context.lineWidth = corners.length > 1 ? 1.25 : 2;
  for (const { x, y } of corners) {
    context.strokeRect(
      x + left * pitchX - 0.5,
      y + top * pitchY - 0.5,
      (right - left + 1) * pitchX + 1,
      (bottom - top + 1) * pitchY + 1,
    );
  }
}
