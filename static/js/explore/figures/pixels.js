// 784 numbers as a picture: ink, or what speaks for (blue) and against (orange).

import { pageColors } from '../../page/colors.js';
import { make, say } from '../../page/dom.js';
import { SIDE } from '../../state/units.js';

/** The largest absolute value, so that it gets the full colour. @param {ArrayLike<number>} values */
export function largestOf(values) {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]));
  return most;
}

/** @param {string} name for tests @param {string} label */
export function createPixels(name, label) {
  const canvas = make('canvas', {
    width: SIDE,
    height: SIDE,
    class: 'pixels',
    role: 'img',
    'aria-label': label,
    'data-testid': name,
  });
  const caption = make('figcaption', { class: 'small soft' });
  const element = make('figure', { class: 'pixels-figure' }, canvas, caption);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));

  /** @param {ArrayLike<number>} values @param {(value: number) => number} color */
  function paint(values, color) {
    const image = context.createImageData(SIDE, SIDE);
    const words = new Uint32Array(image.data.buffer);
    for (let i = 0; i < words.length; i++) words[i] = color(values[i] ?? 0);
    context.putImageData(image, 0, 0);
  }

  return {
    element,
    canvas,
    /** @param {ArrayLike<number>} values @param {number} full the value of full ink @param {string} [text] */
    ink(values, full, text = '') {
      const colors = pageColors();
      paint(values, (value) => colors.activationWord(value, full));
      say(caption, text);
    },
    /** @param {ArrayLike<number>} values @param {string} [text] @param {number} [scale] that gets the full colour */
    signed(values, text = '', scale = largestOf(values) || 1) {
      const colors = pageColors();
      paint(values, (value) => colors.stateWord(value, scale));
      say(caption, text);
    },
  };
}
