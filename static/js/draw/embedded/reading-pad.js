// The pad as something to read: pressing it, or moving over it, points at the pixel there, and nothing is
// drawn. For steps whose picture has to stay.

import { make } from '../../page/dom.js';
import { SIDE } from '../../state/units.js';

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
 */
export function createReadingPad(pad, onPoint) {
  let isReading = false;
  const mark = make('i', { class: 'pad-read', hidden: true });

  /** @param {number | null} pixel */
  function show(pixel) {
    mark.hidden = pixel === null;
    if (pixel === null) return;
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
  }
  for (const type of ['pointerdown', 'pointermove'])
    pad.addEventListener(type, (event) => read(/** @type {PointerEvent} */ (event)), true);
  pad.addEventListener('pointerleave', ({ pointerType }) => {
    if (!isReading || pointerType === 'touch') return;
    show(null);
    onPoint(null);
  });
  pad.addEventListener(
    'keydown',
    (event) => isReading && event.key !== 'Tab' && event.stopPropagation(),
    true,
  );
  return {
    /** @param {boolean} wanted */
    set(wanted) {
      isReading = wanted;
      pad.toggleAttribute('data-reads', wanted);
      if (wanted) pad.append(mark);
      else mark.remove();
      show(null);
    },
  };
}
