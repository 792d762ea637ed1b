// A digit's bytes as a drawing of the pad.

/** @import { Drawing } from '../../state/types.js' */

/**
 * @param {ArrayLike<number> | null} bytes 784, 0 to 255 @param {number | null} label
 * @param {number | null} [index] its place in the test set
 * @returns {Drawing | null}
 */
export const drawingOf = (bytes, label, index = null) =>
  bytes ? { kind: 'pixels', pixels: Array.from(bytes), label, index } : null;

/** Shares of ink as bytes. @param {ArrayLike<number>} shares 0 to 1 @returns {Drawing} */
export const inkedDrawing = (shares) => ({
  kind: 'pixels',
  pixels: Array.from(shares, (share) => Math.round(255 * share)),
  label: null,
  index: null,
});
