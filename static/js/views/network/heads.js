// Several outputs on one trunk: which layer a layer reads, which are outputs, and how the outputs stand
// beside one another.

/** @import { Figure, PictureLayer } from './layout.js' */

/** @typedef {Pick<PictureLayer, 'from'>} Reader */

/** The place of the layer that a layer reads: the one before it, of an output the trunk's last.
 * @param {Reader[]} layers the input first @param {number} at */
export const readBy = (layers, at) => layers[at].from ?? at - 1;

/** Where the outputs begin. @param {Reader[]} layers the input first */
export function firstOutput(layers) {
  const first = layers.findIndex(({ from }) => from !== undefined);
  return first < 0 ? layers.length - 1 : first;
}

/** @param {Reader[]} layers the input first @param {number} at */
export const isOutput = (layers, at) => at >= firstOutput(layers);

/**
 * Puts outputs one after the other, square to the pass, around the middle of their room.
 * @param {Figure[]} outputs
 * @param {{sideways: boolean, start: number, along: number, gap: number}} room px: from where, how
 *   long, and between two of them
 */
export function standAlong(outputs, { sideways, start, along, gap }) {
  const [side, corner] = sideways ? /** @type {const} */ (['height', 'y']) : /** @type {const} */ (['width', 'x']);
  const used = outputs.reduce((sum, { place }) => sum + place[side], 0) + gap * (outputs.length - 1);
  let at = start + (along - used) / 2;
  for (const { place } of outputs) {
    place[corner] = at;
    at += place[side] + gap;
  }
}
