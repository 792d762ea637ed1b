// The pad as something to read: pressing it, moving over it, or its arrow keys, point at a pixel, and nothing
// is drawn. For steps whose picture has to stay, or change by single pixels: a press then turns one over.

import { make } from '../../page/dom.js';
import { SIDE } from '../../state/units.js';

/** @import { Drawing } from '../../state/types.js' */

const INK = 255;
const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/**
 * Pixels of a picture, turned over one by one: to the other end of the scale, or to what they were.
 * @param {() => Drawing} current @param {(drawing: Drawing) => void} put
 * @returns {(pixel: number) => void}
 */
export function createTurning(current, put) {
  /** @type {Drawing | null} as the last turn left it */
  let last = null;
  /** @type {number[]} as it was before the first */
  let first = [];
  return (pixel) => {
    const now = current();
    if (now.kind !== 'pixels') return;
    if (now !== last) first = now.pixels;
    const before = first[pixel];
    const turned = now.pixels[pixel] !== before ? before : before < INK / 2 ? INK : 0;
    const pixels = now.pixels.map((ink, i) => (i === pixel ? turned : ink));
    put({ kind: 'pixels', pixels, label: null, index: null, changed: true });
    last = current();
  };
}

/** The pixel under a point of a box; null beside it. @param {{clientX: number, clientY: number}} event
 * @param {{left: number, top: number, width: number, height: number}} box */
export function pixelAt({ clientX, clientY }, { left, top, width, height }) {
  const [x, y] = [((clientX - left) / width) * SIDE, ((clientY - top) / height) * SIDE];
  if (!(x >= 0 && y >= 0 && x < SIDE && y < SIDE)) return null;
  return Math.floor(y) * SIDE + Math.floor(x);
}

/**
 * @param {HTMLElement} pad
 * @param {(pixel: number | null) => void} onPoint
 * @param {(pixel: number) => void} onTurn
 */
export function createReadingPad(pad, onPoint, onTurn) {
  let isReading = false;
  let isTurning = false;
  let at = 14 * SIDE + 14; // of the keys
  const mark = make('i', { class: 'pad-read', hidden: true });

  /** @param {number | null} pixel */
  function show(pixel) {
    mark.hidden = pixel === null;
    if (pixel === null) return;
    at = pixel;
    mark.style.setProperty('--row', String(Math.floor(pixel / SIDE)));
    mark.style.setProperty('--column', String(pixel % SIDE));
  }

  /** @param {PointerEvent} event */
  function read(event) {
    const canvas = /** @type {HTMLElement} */ (event.target).closest('canvas');
    if (!isReading || !canvas) return;
    event.stopPropagation(); // no pen gets it
    const pixel = pixelAt(event, canvas.getBoundingClientRect());
    show(pixel);
    onPoint(pixel);
    if (isTurning && pixel !== null && event.type === 'pointerdown' && event.button === 0)
      onTurn(pixel);
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (!isReading || event.key === 'Tab') return;
    event.stopPropagation(); // no pen gets it, and no page is turned
    const [right, down] = MOVES[event.key] ?? [0, 0];
    const isPress = isTurning && (event.key === ' ' || event.key === 'Enter');
    if (!right && !down && !isPress) return;
    event.preventDefault();
    const [x, y] = [(at % SIDE) + right, Math.floor(at / SIDE) + down];
    if (x >= 0 && y >= 0 && x < SIDE && y < SIDE) at = y * SIDE + x;
    show(at);
    onPoint(at);
    if (isPress) onTurn(at);
  }
  for (const type of ['pointerdown', 'pointermove'])
    pad.addEventListener(type, (event) => read(/** @type {PointerEvent} */ (event)), true);
  pad.addEventListener('pointerleave', ({ pointerType }) => {
    if (!isReading || pointerType === 'touch') return;
    show(null);
    onPoint(null);
  });
  pad.addEventListener('keydown', key, true);
  return {
    /** @param {'reads' | 'turns' | undefined} wanted */
    set(wanted) {
      isReading = wanted !== undefined;
      isTurning = wanted === 'turns';
      pad.toggleAttribute('data-reads', isReading);
      if (isReading) pad.append(mark);
      else mark.remove();
      show(null);
    },
  };
}
