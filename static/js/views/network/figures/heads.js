// Several outputs: how they stand beside one another. Pure geometry.

/** @import { Figure } from '../layout.js' */

/**
 * Puts outputs one after the other, square to the pass, around the middle of their room.
 * @param {Figure[]} outputs
 * @param {{sideways: boolean, start: number, along: number, gap: number}} room px: from where, how
 *   long, and between two of them
 */
export function standAlong(outputs, { sideways, start, along, gap }) {
  const [side, corner] = sideways
    ? /** @type {const} */ (['height', 'y'])
    : /** @type {const} */ (['width', 'x']);
  const used =
    outputs.reduce((sum, { place }) => sum + place[side], 0) + gap * (outputs.length - 1);
  let at = start + (along - used) / 2;
  for (const { place } of outputs) {
    place[corner] = at;
    at += place[side] + gap;
  }
}
