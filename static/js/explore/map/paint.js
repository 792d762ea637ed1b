// Painting a map: ten thousand dots as plain pixels, or the digits themselves; over them what moves.

import { clearOf, onScreen, spread } from './frame.js';
import { css, palette } from './palette.js';

/** @import { Fit } from './frame.js' */
/** @import { Rgb } from '../../page/colors.js' */

export const DOT = 3; // px across
const CLEAR = 26; // px between the drawing's dot and the name of a digit
const RING = 14; // px from the drawing's dot to its ring, within which lie what is nearest
const [CORE, WHOLE_CORE] = [3.5, 8]; // px, with and without those
const APART = 20; // px between the names of two digits
const OPAQUE = 255 << 24;
const label = (/** @type {number} */ size) => `600 ${size}rem system-ui, sans-serif`;
const [LARGE, SMALL] = [
  { font: label(1.35), halo: 5, apart: APART },
  { font: label(0.9), halo: 3, apart: 12 },
];
const SPOT = 7; // px from where the drawing lies to its ring on a small map

/**
 * @typedef {object} Cloud
 * @property {Float32Array} points x, y as they stand now
 * @property {Uint8Array} labels
 * @property {Uint16Array} indices
 * @property {Uint8Array | null} wrong 1 for digits that are misread, where these are asked for
 */

/** A colour as a pixel of `ImageData`. @param {Rgb} rgb @param {number} [alpha] 0..255 */
const word = (rgb, alpha = 255) => new Uint32Array(Uint8Array.of(...rgb, alpha).buffer)[0];

/** The colour of each label, and of what is misread. @param {Cloud} cloud */
function colorsOf({ wrong }) {
  const { digits, faint, wrong: misread } = palette();
  return { labels: wrong ? digits.map(() => faint) : digits, misread };
}

/**
 * Every point, the misread ones last.
 * @param {Cloud} cloud @param {Fit} fit in CSS px @param {number} ratio
 * @param {(place: number, x: number, y: number, isWrong: boolean) => void} put in pixels of the canvas
 */
function eachPoint({ points, labels, wrong }, fit, ratio, put) {
  for (const last of wrong ? [0, 1] : [0]) {
    for (let i = 0; i < labels.length; i++) {
      if (wrong && wrong[i] !== last) continue;
      put(
        i,
        (fit.left + fit.scale * points[2 * i]) * ratio,
        (fit.top - fit.scale * points[2 * i + 1]) * ratio,
        last === 1,
      );
    }
  }
}

/**
 * All dots, the misread ones larger.
 * @param {CanvasRenderingContext2D} context @param {Cloud} cloud @param {Fit} fit in CSS px @param {number} ratio
 * @param {number} [dot] px across
 */
export function paintDots(context, cloud, fit, ratio, dot = DOT) {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  const colors = colorsOf(cloud);
  const [plain, misread] = [
    colors.labels.map((each) => word(each, cloud.wrong ? 255 : 205)),
    word(colors.misread),
  ];
  const side = Math.max(1, Math.round(dot * ratio));
  eachPoint(cloud, fit, ratio, (i, x, y, isWrong) => {
    const size = isWrong ? Math.round(1.6 * side) : side;
    fill(
      words,
      width,
      height,
      Math.round(x - size / 2),
      Math.round(y - size / 2),
      size,
      isWrong ? misread : plain[cloud.labels[i]],
    );
  });
  context.putImageData(image, 0, 0);
}

/** @param {Uint32Array} words @param {number} width @param {number} height @param {number} left
 * @param {number} top @param {number} size @param {number} color */
function fill(words, width, height, left, top, size, color) {
  if (left < 0 || top < 0 || left + size > width || top + size > height) return;
  for (let row = 0; row < size; row++)
    words.fill(color, (top + row) * width + left, (top + row) * width + left + size);
}

/**
 * The digits themselves, each in its label's colour; a digit whose picture has not come is a dot.
 * @param {CanvasRenderingContext2D} context @param {Cloud} cloud @param {Fit} fit in CSS px @param {number} ratio
 * @param {number} size pixels of the canvas that a digit measures
 * @param {(index: number) => Uint8Array | null} thumb a digit of that size
 */
export function paintDigits(context, cloud, fit, ratio, size, thumb) {
  const { width, height } = context.canvas;
  const image = context.createImageData(width, height);
  const words = new Uint32Array(image.data.buffer);
  const alphas = new Uint8Array(width * height);
  const colors = colorsOf(cloud);
  const inks = [...colors.labels, colors.misread].map((each) => word(each, 0));
  eachPoint(cloud, fit, ratio, (i, x, y, isWrong) => {
    const [left, top] = [Math.round(x - size / 2), Math.round(y - size / 2)];
    if (left < 0 || top < 0 || left + size > width || top + size > height) return;
    const ink = inks[isWrong ? inks.length - 1 : cloud.labels[i]];
    const small = thumb(cloud.indices[i]);
    if (!small)
      return fill(
        words,
        width,
        height,
        Math.round(x) - 1,
        Math.round(y) - 1,
        DOT,
        (ink | OPAQUE) >>> 0,
      );
    let from = 0;
    for (let row = 0; row < size; row++) {
      let at = (top + row) * width + left;
      for (let column = 0; column < size; column++, at++) {
        const alpha = small[from++];
        if (alpha <= alphas[at]) continue; // of two inks the darker is seen
        alphas[at] = alpha;
        words[at] = (ink | (alpha << 24)) >>> 0;
      }
    }
  });
  context.putImageData(image, 0, 0);
}

/** The name of each digit in the middle of its points, no two on one another. @param {CanvasRenderingContext2D} context
 * @param {([number, number] | null)[]} middles @param {Fit} fit
 * @param {[number, number] | null} own the drawing, whose dot covers none of them @param {boolean} [isSmall] */
export function paintNames(context, middles, fit, own, isSmall = false) {
  const { ground, text } = palette();
  const { font, halo, apart } = isSmall ? SMALL : LARGE;
  context.font = font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = halo;
  context.lineJoin = 'round';
  const places = middles.map((middle) => middle && onScreen(fit, ...middle));
  const dot = own && onScreen(fit, ...own);
  spread(places, apart).forEach((place, digit) => {
    if (!place) return;
    const [x, y] = dot ? clearOf(place, dot, CLEAR) : place;
    context.strokeStyle = css(ground, 0.85);
    context.strokeText(String(digit), x, y);
    context.fillStyle = css(text);
    context.fillText(String(digit), x, y);
  });
}

/** On a small map the names, which stay where their digits are, and where the drawing lies: a thin ring over them that
 * hides neither a name nor dots. @param {CanvasRenderingContext2D} context
 * @param {([number, number] | null)[]} middles @param {Fit} fit @param {[number, number] | null} own */
export function paintSmall(context, middles, fit, own) {
  const { ground, text } = palette();
  const at = own && onScreen(fit, ...own);
  if (at) ring(context, at, SPOT, css(ground, 0.85), 4);
  paintNames(context, middles, fit, null, true);
  if (at) ring(context, at, SPOT, css(text), 1.5);
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
    const [x, y] = at(own);
    context.lineWidth = 2;
    context.setLineDash([4, 4]);
    trail.forEach((each, i) => {
      context.strokeStyle = css(text, 0.4 + (0.5 * (i + 1)) / trail.length);
      line(context, [at(each), at(trail[i + 1] ?? own)]);
    });
    context.setLineDash([]);
    context.beginPath(); // what lies near is seen within the ring
    context.arc(x, y, RING, 0, 2 * Math.PI);
    context.fillStyle = css(ground, near.length ? 0.85 : 1);
    context.fill();
    for (const [width, color] of /** @type {[number, string][]} */ ([
      [3.5, css(ground, 0.8)],
      [1.25, css(text, 0.9)],
    ])) {
      context.lineWidth = width;
      context.strokeStyle = color;
      for (const each of near) line(context, [at(own), at(each)]);
    }
    for (const each of near) ring(context, at(each), 4, css(text, 0.8), 1.25);
    context.beginPath();
    context.arc(x, y, near.length ? CORE : WHOLE_CORE, 0, 2 * Math.PI);
    context.fillStyle = css(text);
    context.fill();
    ring(context, [x, y], RING + 2, css(ground), 2);
    ring(context, [x, y], RING, css(text), 2.5);
  }
  if (pointed)
    ring(
      context,
      at(pointed),
      8,
      getComputedStyle(context.canvas).getPropertyValue('--focus'),
      2.5,
    );
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
