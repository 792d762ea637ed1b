// The eraser: which stroke lies under it, and what becomes of that. It comes when it is first taken in hand.

import { strokesOf, toPad } from '../../state/history.js';

/** @import { Drawing, Point, Stroke } from '../../state/types.js' */

export const REACH = 0.045; // of the pad's side: half a pen's width and a little more

/** How far a point lies from the line between two others. @param {Point} point @param {Point} from
 * @param {Point} to */
function distance([x, y], [x0, y0], [x1, y1]) {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const length = dx * dx + dy * dy;
  const t = length ? Math.max(0, Math.min(1, ((x - x0) * dx + (y - y0) * dy) / length)) : 0;
  return Math.hypot(x - x0 - t * dx, y - y0 - t * dy);
}

/**
 * The nearest stroke within reach, the newest of equals; −1 for none.
 * @param {Stroke[]} strokes
 * @param {Point} point 0..1
 * @param {number} [reach]
 */
export function strokeAt(strokes, point, reach = REACH) {
  let best = -1;
  let least = reach;
  strokes.forEach((stroke, index) => {
    stroke.forEach((end, i) => {
      const away = distance(point, stroke[Math.max(0, i - 1)], end);
      if (away <= least) [best, least] = [index, away];
    });
  });
  return best;
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {() => Drawing | null} now what lies on the pad
 * @param {() => void} paint
 * @param {(index: number) => void} onErase a stroke is taken away
 */
export function createEraser(canvas, now, paint, onErase) {
  let doomed = -1; // the stroke under the eraser

  /** @param {number} index */
  function show(index) {
    if (index === doomed) return;
    doomed = index;
    paint();
  }

  canvas.addEventListener('pointerleave', () => show(-1));

  return {
    /** The stroke that would be taken away, −1 for none. */
    doomed: () => doomed,
    spare() {
      doomed = -1;
    },
    /** @param {PointerEvent} event take away what the pressed eraser touches; else show what it would */
    move(event) {
      const box = canvas.getBoundingClientRect();
      const drawing = now();
      const found = strokeAt(
        drawing ? strokesOf(drawing) : [],
        toPad(event.clientX, event.clientY, box),
      );
      if (!event.buttons || found < 0) return show(found);
      doomed = -1;
      onErase(found);
    },
  };
}
