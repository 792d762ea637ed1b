// The pictures of MNIST's digits, a thousand at a time: bytes as they are, and a sheet of canvas for
// each thousand from which any digit is painted at once.

import { pageColors } from '../../page/colors.js';
import { PAGE } from '../server.js';
import { SIDE } from '../../state/units.js';

/** @import { Split } from '../types.js' */

const ACROSS = 40; // digits in a row of a sheet
const MOST = 24; // sheets that are kept: 24,000 digits, 75 MB
const CELL = SIDE * SIDE;

/**
 * @param {(split: Split, page: number) => Promise<Uint8Array>} load
 * @param {() => void} onCome
 */
export function createPictures(load, onCome) {
  /** @type {Map<string, Uint8Array | null>} null while they come */
  const pages = new Map();
  /** @type {Map<string, {canvas: HTMLCanvasElement, theme: string}>} the one used last stands last */
  const sheets = new Map();

  /** @param {Split} split @param {number} page */
  async function fetchPage(split, page) {
    const key = `${split} ${page}`;
    pages.set(key, null);
    try {
      pages.set(key, await load(split, page));
      onCome();
    } catch {
      pages.delete(key);
      setTimeout(onCome, 2000); // whoever still wants it asks again
    }
  }

  /** @param {Split} split @param {number} index */
  function bytesOf(split, index) {
    const page = Math.floor(index / PAGE);
    const key = `${split} ${page}`;
    if (!pages.has(key)) fetchPage(split, page);
    return pages.get(key) ?? null;
  }

  /** @param {string} key @param {Uint8Array} bytes */
  function sheetOf(key, bytes) {
    const theme = document.documentElement.dataset.theme ?? '';
    const found = sheets.get(key);
    if (found) sheets.delete(key);
    const sheet = found?.theme === theme ? found : { canvas: paintSheet(bytes), theme };
    sheets.set(key, sheet);
    const [oldest] = sheets.keys();
    if (sheets.size > MOST) sheets.delete(oldest);
    return sheet.canvas;
  }

  return {
    /** A digit's 784 bytes; null while they come. @param {Split} split @param {number} index */
    pixels(split, index) {
      const bytes = bytesOf(split, index);
      const at = (index % PAGE) * CELL;
      return bytes ? bytes.subarray(at, at + CELL) : null;
    },

    /**
     * Paint a digit; nothing while it comes.
     * @param {CanvasRenderingContext2D} context @param {Split} split @param {number} index
     * @param {number} x @param {number} y @param {number} size
     * @returns {boolean} whether it was there
     */
    paint(context, split, index, x, y, size) {
      const bytes = bytesOf(split, index);
      if (!bytes) return false;
      const sheet = sheetOf(`${split} ${Math.floor(index / PAGE)}`, bytes);
      context.drawImage(sheet, ...placeOnSheet(index % PAGE), x, y, size, size);
      return true;
    },
  };
}

/** @typedef {ReturnType<typeof createPictures>} Pictures */

/** Where a digit is painted: x, y, width and height. @param {number} at its place on the sheet
 * @returns {[number, number, number, number]} */
export const placeOnSheet = (at) => [
  (at % ACROSS) * SIDE,
  Math.floor(at / ACROSS) * SIDE,
  SIDE,
  SIDE,
];

/** @param {Uint8Array} bytes of a thousand digits at most */
export function paintSheet(bytes) {
  const canvas = document.createElement('canvas');
  const digits = bytes.length / CELL;
  [canvas.width, canvas.height] = [ACROSS * SIDE, Math.ceil(digits / ACROSS) * SIDE];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(canvas.width, canvas.height);
  paintInk(image.data, canvas.width, bytes, (digit) => ({
    x: (digit % ACROSS) * SIDE,
    y: Math.floor(digit / ACROSS) * SIDE,
  }));
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * Ink as the theme's chalk or ink, paper as nothing.
 * @param {Uint8ClampedArray} into four bytes a pixel @param {number} width of it
 * @param {ArrayLike<number>} bytes 784 of each digit @param {(digit: number) => {x: number, y: number}} placed
 */
function paintInk(into, width, bytes, placed) {
  const [red, green, blue] = pageColors().activationRgb(1, 1);
  for (let digit = 0; digit * CELL < bytes.length; digit++) {
    const { x, y } = placed(digit);
    for (let i = 0; i < CELL; i++) {
      const value = bytes[digit * CELL + i];
      if (!value) continue;
      const at = 4 * ((y + Math.floor(i / SIDE)) * width + x + (i % SIDE));
      into[at] = red;
      into[at + 1] = green;
      into[at + 2] = blue;
      into[at + 3] = value;
    }
  }
}
