// What the network sees: the 784 numbers that went in, as the reply carried them.

import { pageColors } from './colors.js';
import { make } from './dom.js';

/** @import { State, Translate } from './types.js' */

const SIZE = 28;

/**
 * @param {HTMLElement} container
 * @param {HTMLElement} pixelText where a pixel's row, column and value are said
 * @param {Translate} t
 */
export function createSeen(container, pixelText, t) {
  const canvas = make('canvas', {
    width: SIZE,
    height: SIZE,
    tabindex: 0,
    role: 'img',
    'aria-label': t('seen.label'),
    'data-testid': 'seen',
  });
  container.append(canvas);
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(SIZE, SIZE);
  /** @type {number[]} */
  let pixels = [];
  /** @type {number | null} */
  let pointed = null;

  function tell() {
    const shown = pointed !== null && pixels.length > 0;
    pixelText.textContent = shown
      ? t('seen.pixel', {
          row: Math.floor(/** @type {number} */ (pointed) / SIZE) + 1,
          column: (/** @type {number} */ (pointed) % SIZE) + 1,
          value: pixels[/** @type {number} */ (pointed)],
        })
      : t('seen.point');
  }

  /** @param {PointerEvent} event */
  function point(event) {
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * SIZE);
    const row = Math.floor(((event.clientY - box.top) / box.height) * SIZE);
    const inside = column >= 0 && column < SIZE && row >= 0 && row < SIZE;
    pointed = inside ? row * SIZE + column : null;
    tell();
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIZE, ArrowDown: SIZE }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = pointed === null ? (SIZE / 2) * SIZE + SIZE / 2 : pointed + step;
    if (next >= 0 && next < SIZE * SIZE) pointed = next;
    tell();
  }

  function leave() {
    pointed = null;
    tell();
  }

  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerdown', point);
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('blur', leave);
  canvas.addEventListener('keydown', walk);

  return {
    /** @param {State} state */
    update(state) {
      const colors = pageColors();
      pixels = state.reading?.input.pixels ?? [];
      for (let i = 0; i < SIZE * SIZE; i++) {
        const [red, green, blue] = colors.activationRgb(pixels[i] ?? 0, 255);
        image.data.set([red, green, blue, 255], 4 * i);
      }
      context.putImageData(image, 0, 0);
      tell();
    },
    destroy: () => container.replaceChildren(),
  };
}
