// The pad by keyboard: what the keys draw or take away, what is said of it, where the cursor is. It
// comes with the first key.

import { strokesOf } from '../../state/history.js';
import { strokeAt } from './eraser.js';
import { createGridPen } from './grid-pen.js';
import { SIDE } from '../../state/units.js';

/** @import { Drawing, Stroke, Translate } from '../../state/types.js' */

/**
 * Where the keyboard's pen is: a frame around its cell, filled while the pen is down.
 * @param {CanvasRenderingContext2D} context
 * @param {{row: number, column: number}} cell
 * @param {boolean} down
 * @param {string} color
 * @param {number} side
 */
function paintCursor(context, { row, column }, down, color, side) {
  const size = side / SIDE;
  context.lineJoin = 'miter';
  context.lineWidth = 2;
  context.strokeStyle = context.fillStyle = color;
  context.strokeRect(column * size - 1, row * size - 1, size + 2, size + 2);
  if (down) context.fillRect(column * size + 1, row * size + 1, size - 2, size - 2);
}

/**
 * @param {object} pad
 * @param {() => {drawing: Drawing | null, erasing: boolean}} pad.now what lies on it, and whether keys
 *   take away
 * @param {() => void} pad.paint
 * @param {HTMLElement} pad.spoken where it is said what a key did
 * @param {{onDraw: (stroke: Stroke) => void, onStroke: (stroke: Stroke) => void,
 *   onErase: (index: number) => void}} events
 * @param {Translate} t
 */
export function createKeyboard({ now, paint, spoken }, events, t) {
  const pen = createGridPen();
  let isOn = false;

  /** Take away the stroke under the cursor. */
  function erase() {
    const { drawing } = now();
    const { row, column } = pen.cell();
    const at = strokeAt(drawing ? strokesOf(drawing) : [], [
      (column + 0.5) / SIDE,
      (row + 0.5) / SIDE,
    ]);
    spoken.textContent = t(at < 0 ? 'pad.erase.nothing' : 'pad.erased');
    if (at >= 0) events.onErase(at);
    return true;
  }

  return {
    isOn: () => isOn,
    /** The stroke that is being drawn. */
    stroke: pen.stroke,

    /** @param {KeyboardEvent} event @returns {boolean} whether the key is for the pad */
    press({ key, shiftKey }) {
      if (now().erasing && (key === ' ' || key === 'Enter')) return erase();
      const pressed = pen.press(key, shiftKey);
      if (!pressed) return false;
      isOn = true;
      const { row, column } = pen.cell();
      const live = pen.stroke();
      spoken.textContent = t(live ? 'pad.pen.down' : 'pad.pen.up', {
        row: row + 1,
        column: column + 1,
      });
      paint();
      if (pressed.done) events.onStroke(pressed.done);
      else if (live) events.onDraw(live);
      return true;
    },

    /** The pen is put away; what it was drawing stays. */
    end() {
      const done = pen.lift();
      isOn = false;
      if (done) events.onStroke(done);
      else paint();
    },

    /** @param {CanvasRenderingContext2D} context @param {string} color @param {number} side */
    paint(context, color, side) {
      if (isOn) paintCursor(context, pen.cell(), pen.stroke() !== null, color, side);
    },
  };
}
