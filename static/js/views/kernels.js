// A unit's weights as a picture, where it looks at pixels: a dense unit's 784, a filter's kernel, an LSTM
// unit's four gates over the columns of a row.

import { SIDE, PIXELS } from '../state/units.js';

/** @import { Colors } from '../page/colors.js' */

const SPREAD = 3; // root mean squares that get the full colour

/** The weight that gets the full colour: three root mean squares, rounded to two digits.
 * @param {ArrayLike<number>} data */
export function fullOf(data) {
  let total = 0;
  for (let i = 0; i < data.length; i++) total += data[i] * data[i];
  return Number((SPREAD * Math.sqrt(total / data.length)).toPrecision(2)) || 1;
}

/**
 * A unit's weights as rows and columns; null where they are no picture of pixels.
 * @param {{shape: number[], data: ArrayLike<number>}} kernel @param {number} unit
 * @returns {{height: number, width: number, at: (row: number, column: number) => number} | null}
 */
export function kernelOf({ shape, data }, unit) {
  const units = shape.at(-1) ?? 1;
  if (shape.length === 2 && shape[0] === PIXELS) {
    return {
      height: SIDE,
      width: SIDE,
      at: (row, column) => data[(row * SIDE + column) * units + unit],
    };
  }
  if (shape.length === 4) {
    const [height, width, depth, maps] = shape;
    return {
      height,
      width,
      at: (row, column) => data[(row * width + column) * depth * maps + unit],
    };
  }
  if (shape.length === 2 && shape[0] === SIDE && units % 4 === 0) {
    return {
      height: 4,
      width: SIDE,
      at: (gate, column) => data[column * units + gate * (units / 4) + unit],
    };
  }
  return null;
}

/**
 * @param {HTMLCanvasElement} canvas @param {{shape: number[], data: ArrayLike<number>}} kernel
 * @param {number} unit @param {number} full @param {Colors} colors
 * @returns {boolean} whether there is a picture
 */
export function paintKernel(canvas, kernel, unit, full, colors) {
  const found = kernelOf(kernel, unit);
  if (!found) return false;
  const { height, width, at } = found;
  canvas.width = width;
  canvas.height = height;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++)
      words[row * width + column] = colors.stateWord(at(row, column), full);
  }
  context.putImageData(image, 0, 0);
  return true;
}
