// From the raw drawing to the centred one and back: the strokes move and grow, as the server moves
// them. Where they begin and end is read off the 784 numbers before and after, which are real; what
// is shown in between is a picture of the way, and goes as soon as it has arrived.

import { SIDE } from '../../state/units.js';

/** @import { Stroke } from '../../state/types.js' */

const PEN = 2.1; // cells: about the width of the ink
const TIME = 600; // ms

/** Where ink lies: its centre of mass, and its larger side without the pen.
 * @param {number[]} pixels */
export function inkOf(pixels) {
  let [mass, x, y] = [0, 0, 0];
  let [left, right, top, bottom] = [SIDE, 0, SIDE, 0];
  pixels.forEach((value, i) => {
    if (!value) return;
    const [column, row] = [(i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5];
    mass += value;
    x += value * column;
    y += value * row;
    [left, right] = [Math.min(left, column), Math.max(right, column)];
    [top, bottom] = [Math.min(top, row), Math.max(bottom, row)];
  });
  return {
    x: x / mass,
    y: y / mass,
    size: Math.max(1, Math.max(right - left, bottom - top) + 1 - PEN),
  };
}

/** Slow at both ends. @param {number} t 0..1 */
const eased = (t) => t * t * (3 - 2 * t);

/**
 * @param {HTMLCanvasElement} canvas over the picture of the input
 */
export function createCentring(canvas) {
  let run = 0;

  function end() {
    run += 1;
    canvas.hidden = true;
  }

  return {
    end,
    /**
     * @param {Stroke[]} strokes of the pad, 0..1
     * @param {number[]} raw @param {number[]} centred pixels
     * @param {boolean} centring the way there, else back
     * @param {{ground: string, ink: string}} colors
     */
    play(strokes, raw, centred, centring, { ground, ink }) {
      run += 1;
      const mine = run;
      const [from, to] = [inkOf(raw), inkOf(centred)];
      const grown = to.size / from.size;
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      const cell = canvas.width / SIDE;
      const start = performance.now();
      canvas.hidden = false;

      /** @param {number} share of the way to the centred drawing */
      function paint(share) {
        const scale = 1 + (grown - 1) * share;
        const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
        context.fillStyle = ground;
        context.fillRect(0, 0, canvas.width, canvas.height);
        context.strokeStyle = ink;
        context.lineCap = context.lineJoin = 'round';
        context.lineWidth = PEN * cell;
        for (const stroke of strokes) {
          context.beginPath();
          for (const point of [stroke[0], ...stroke]) {
            const at = [
              x + (point[0] * SIDE - from.x) * scale,
              y + (point[1] * SIDE - from.y) * scale,
            ];
            context.lineTo(at[0] * cell, at[1] * cell);
          }
          context.stroke();
        }
      }

      function frame() {
        if (mine !== run) return;
        const t = Math.min(1, (performance.now() - start) / TIME);
        paint(centring ? eased(t) : 1 - eased(t));
        if (t < 1) requestAnimationFrame(frame);
        else end();
      }
      frame();
    },
  };
}
