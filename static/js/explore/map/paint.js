// Painting a map: ten thousand dots as plain pixels, or the digits themselves; over them what moves.

import { onScreen } from './frame.js';
import { css, palette } from './palette.js';

/** @import { Fit } from './frame.js' */
/** @import { Rgb } from '../../page/colors.js' */

export const DOT = 3; // px across
const LABEL = '600 1.35rem system-ui, sans-serif';

/**
 * @typedef {object} Cloud
 * @property {Float32Array} points x, y as they stand now
 * @property {Uint8Array} labels
 * @property {Uint16Array} indices
 * @property {Uint8Array | null} wrong 1 for digits that are misread, where these are asked for
 */

/** A colour as a pixel of `ImageData`. @param {Rgb} rgb @param {number} [alpha] 0..255 */
const word = (rgb, alpha = 255) => new Uint32Array(Uint8Array.of(...rgb, alpha).buffer)[0];

/**
 * All dots, the misread ones last and larger.
 * @param {CanvasRenderingContext2D} context unscaled @param {Cloud} cloud @param {Fit} fit in CSS px @param {number} ratio
 * @param {number} [dot] px across
 */
export function paintDots(context, { points, labels, wrong }, fit, ratio, dot = DOT) {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  const { digits, faint, wrong: misread } = palette();
  const colors = wrong ? digits.map(() => word(faint)) : digits.map((each) => word(each, 205));
  const side = Math.max(1, Math.round(dot * ratio));
  const put = (/** @type {number} */ i, /** @type {number} */ color, /** @type {number} */ size) => {
    const left = Math.round((fit.left + fit.scale * points[2 * i]) * ratio - size / 2);
    const top = Math.round((fit.top - fit.scale * points[2 * i + 1]) * ratio - size / 2);
    if (left < 0 || top < 0 || left + size > width || top + size > height) return;
    for (let row = 0; row < size; row++) words.fill(color, (top + row) * width + left, (top + row) * width + left + size);
  };
  for (let i = 0; i < labels.length; i++) if (!wrong?.[i]) put(i, colors[labels[i]], side);
  if (wrong) for (let i = 0; i < labels.length; i++) if (wrong[i]) put(i, word(misread), Math.round(side * 1.6));
  context.putImageData(image, 0, 0);
}

/**
 * The digits themselves, those of a label in its colour; a digit whose picture has not come is a dot.
 * @param {CanvasRenderingContext2D} context scaled to CSS px
 * @param {CanvasRenderingContext2D} dyed another sheet, on which the digits of one label are coloured
 * @param {Cloud} cloud @param {Fit} fit @param {number} size px of a digit
 * @param {(context: CanvasRenderingContext2D, index: number, x: number, y: number, size: number) => boolean} paintDigit
 */
export function paintDigits(context, dyed, { points, labels, indices, wrong }, fit, size, paintDigit) {
  const { canvas } = context;
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  const { digits, faint, wrong: misread } = palette();
  [dyed.canvas.width, dyed.canvas.height] = [canvas.width, canvas.height];
  const colors = wrong ? [...digits.map(() => faint), misread] : digits;
  colors.forEach((color, group) => {
    dyed.setTransform(context.getTransform());
    dyed.globalCompositeOperation = 'source-over';
    dyed.clearRect(0, 0, width, height);
    dyed.fillStyle = css(color);
    for (let i = 0; i < labels.length; i++) {
      if ((wrong?.[i] ? digits.length : labels[i]) !== group) continue;
      const [x, y] = onScreen(fit, points[2 * i], points[2 * i + 1]);
      if (x < -size || y < -size || x > width + size || y > height + size) continue;
      if (!paintDigit(dyed, indices[i], x - size / 2, y - size / 2, size)) dyed.fillRect(x - 1.5, y - 1.5, DOT, DOT);
    }
    dyed.globalCompositeOperation = 'source-in';
    dyed.fillRect(0, 0, width, height);
    context.drawImage(dyed.canvas, 0, 0, width, height);
  });
}

/** The name of each digit in the middle of its points. @param {CanvasRenderingContext2D} context
 * @param {([number, number] | null)[]} middles @param {Fit} fit */
export function paintNames(context, middles, fit) {
  const { ground, text } = palette();
  context.font = LABEL;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 5;
  context.lineJoin = 'round';
  middles.forEach((middle, digit) => {
    if (!middle) return;
    const [x, y] = onScreen(fit, ...middle);
    context.strokeStyle = css(ground, 0.85);
    context.strokeText(String(digit), x, y);
    context.fillStyle = css(text);
    context.fillText(String(digit), x, y);
  });
}

/**
 * @typedef {object} Moving what moves over the map
 * @property {[number, number] | null} own where the drawing lies
 * @property {[number, number][]} trail where it lay while the pen moved
 * @property {[number, number][]} near its nearest digits
 * @property {[number, number] | null} pointed
 */

/** @param {CanvasRenderingContext2D} context scaled to CSS px @param {Moving} moving @param {Fit} fit */
export function paintMoving(context, { own, trail, near, pointed }, fit) {
  const { ground, text } = palette();
  const at = (/** @type {[number, number]} */ point) => onScreen(fit, ...point);
  if (own) {
    context.lineWidth = 1;
    context.strokeStyle = css(text, 0.45);
    for (const each of near) line(context, [at(own), at(each)]);
    for (const each of near) ring(context, at(each), 5, css(text, 0.8), 1.25);
    context.lineWidth = 2;
    trail.forEach((each, i) => {
      context.strokeStyle = css(text, (0.55 * (i + 1)) / trail.length);
      line(context, [at(each), at(trail[i + 1] ?? own)]);
    });
    const [x, y] = at(own);
    context.beginPath();
    context.arc(x, y, 8, 0, 2 * Math.PI);
    context.fillStyle = css(text);
    context.fill();
    ring(context, [x, y], 9.5, css(ground), 3);
    ring(context, [x, y], 12, css(text), 2);
  }
  if (pointed) ring(context, at(pointed), 8, getComputedStyle(context.canvas).getPropertyValue('--focus'), 2.5);
}

/** @param {CanvasRenderingContext2D} context @param {[number, number][]} points */
function line(context, points) {
  context.beginPath();
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {[number, number]} at @param {number} radius @param {string} color @param {number} width */
function ring(context, [x, y], radius, color, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
}
