// The network as it is shown, as a file: SVG, and PNG made of it.

import { pageColors } from '../../page/colors.js';
import { SvgContext } from './svg.js';
import { SIDE } from '../../state/units.js';

const LARGE = 10; // px of a PNG for each pixel of a drawing
const DENSE = 2; // pixels of a PNG for each of the page

/** A text, or a term that is marked within one. @param {Node | null} node */
const isText = (node) => node instanceof Text || (node instanceof Element && node.matches('dfn'));

/** The words over the picture, where they stand on the page.
 * @param {SvgContext} context @param {Element} stage */
function writeWords(context, stage) {
  const origin = stage.getBoundingClientRect();
  const walker = document.createTreeWalker(stage, NodeFilter.SHOW_TEXT);
  context.textBaseline = 'middle';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = /** @type {Element} */ (node.parentElement);
    if (
      (!node.textContent?.trim() && !isText(node.nextSibling)) ||
      parent.closest('.unseen') ||
      !parent.checkVisibility({ visibilityProperty: true })
    )
      continue;
    const start = parent.closest('dfn') ?? node;
    if (isText(start.previousSibling)) continue; // it was written with what stands before it
    let end = start;
    while (end.nextSibling && isText(end.nextSibling)) end = end.nextSibling;
    const range = document.createRange();
    range.setStartBefore(start);
    range.setEndAfter(end);
    const box = range.getBoundingClientRect();
    const { fontSize, fontWeight, fontFamily, color, writingMode } = getComputedStyle(
      /** @type {Element} */ (start.parentElement),
    );
    context.font = `${fontWeight} ${fontSize} ${fontFamily}`;
    context.fillStyle = color;
    const [x, y] = [box.x - origin.x, box.y + box.height / 2 - origin.y];
    const text = range.toString().trim();
    if (writingMode === 'horizontal-tb') {
      context.textAlign = 'left';
      context.fillText(text, x, y);
    } else context.fillDown(text, x + box.width / 2, y);
  }
}

/**
 * @param {Element} stage with the words
 * @param {{width: number, height: number, paint: (context: SvgContext) => void}} view
 * @param {string} title
 * @param {{own?: string, ground?: string}} [on] own: begins the names within, where a page holds several
 *   pictures; ground: its colour, the page's unless told
 */
export function toSvg(
  stage,
  { width, height, paint },
  title,
  { own, ground = pageColors().named.ground } = {},
) {
  const context = new SvgContext('12px sans-serif', own);
  paint(context);
  context.globalAlpha = 1;
  writeWords(context, stage);
  return context.toString(width, height, ground, title);
}

/** A drawing in dark ink on white, each pixel a square, as RGBA.
 * @param {ArrayLike<number>} pixels 784, 0 no ink to 255 @param {number} [scale] px of each */
export function inkImage(pixels, scale = LARGE) {
  const side = SIDE * scale;
  const data = new Uint8ClampedArray(4 * side * side).fill(255);
  for (let at = 0; at < side * side; at++) {
    const row = Math.floor(at / side / scale);
    const column = Math.floor((at % side) / scale);
    data.fill(255 - pixels[SIDE * row + column], 4 * at, 4 * at + 3);
  }
  return { data, side };
}

/** @param {ArrayLike<number>} pixels @returns {Promise<Blob>} */
export function drawingPng(pixels) {
  const { data, side } = inkImage(pixels);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  canvas.getContext('2d')?.putImageData(new ImageData(data, side), 0, 0);
  return pngOf(canvas);
}

/** @param {string} svg @returns {Promise<Blob>} */
export async function toPng(svg) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * DENSE;
  canvas.height = image.height * DENSE;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  context.scale(DENSE, DENSE);
  context.drawImage(image, 0, 0);
  return pngOf(canvas);
}

/** @param {HTMLCanvasElement} canvas @returns {Promise<Blob>} */
const pngOf = (canvas) =>
  new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('The browser made no PNG.'))),
      'image/png',
    );
  });
