// Drawing by keyboard: a cursor walks the 28x28 grid, Space or Enter puts the pen down and up.

import { SIDE } from '../../state/units.js';

/** @import { Point, Stroke } from '../../state/types.js' */

const STRIDE = 4; // cells with Shift

/** @type {Record<string, [number, number]>} */
const STEPS = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  Home: [-1, -1],
  PageUp: [1, -1],
  End: [-1, 1],
  PageDown: [1, 1],
};

/** @param {number} cell */
const inside = (cell) => Math.max(0, Math.min(SIDE - 1, cell));

/** @param {number} cell @returns {number} its middle as a share of the pad, with four decimals */
const middle = (cell) => Math.round(((cell + 0.5) / SIDE) * 10000) / 10000;

export function createGridPen() {
  let column = SIDE / 2;
  let row = SIDE / 4;
  /** @type {Stroke | null} */
  let stroke = null;

  /** @returns {Point} */
  const here = () => [middle(column), middle(row)];

  function lift() {
    const done = stroke;
    stroke = null;
    return done;
  }

  return {
    cell: () => ({ row, column }),
    /** The stroke that is being drawn. */
    stroke: () => stroke,
    lift,
    /**
     * @param {string} key as `KeyboardEvent.key` names it
     * @param {boolean} [far] several cells at once
     * @returns {{moved: boolean, done: Stroke | null} | null} null: the key is not for the pen
     */
    press(key, far = false) {
      if (key === ' ' || key === 'Enter') {
        if (stroke) return { moved: false, done: lift() };
        stroke = [here()];
        return { moved: true, done: null };
      }
      if (key === 'Escape' && stroke) return { moved: false, done: lift() };
      const step = STEPS[key];
      if (!step) return null;
      const stride = far ? STRIDE : 1;
      for (let i = 0; i < stride; i++) {
        const [before, above] = [column, row];
        column = inside(column + step[0]);
        row = inside(row + step[1]);
        if (stroke && (column !== before || row !== above)) stroke.push(here());
      }
      return { moved: true, done: null };
    },
  };
}
