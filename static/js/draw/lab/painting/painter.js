// The brush on a picture of weights: by pointer, or by keys on the chosen weight.

import { cellOf } from '../../../views/pictures.js';
import { reached, stroked } from './brush.js';

/** @import { Cells } from '../../../views/pictures.js' */
/** @import { Brush } from './brush.js' */

const KEYS = /** @type {Record<string, Brush>} */ ({
  '+': 'raise',
  '=': 'raise',
  '-': 'lower',
  '−': 'lower',
  0: 'erase',
  Delete: 'erase',
});
const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/**
 * @typedef {object} Canvas what is painted on now
 * @property {Cells} cells
 * @property {Float64Array} weights as they are shown, in the order of the cells
 * @property {number} amount of one stroke
 * @property {number} chosen the weight that is set by number and by keys
 *
 * @param {{canvas: HTMLCanvasElement, cellAt(event: PointerEvent): number | null}} picture
 * @param {object} events
 * @param {() => Canvas | null} events.canvas
 * @param {() => Brush | null} events.brush
 * @param {() => number} events.width
 * @param {(weights: Float64Array, changed: Set<number>) => void} events.onPaint
 * @param {() => void} events.onSettled a stroke ends
 * @param {(index: number) => void} events.onChoose
 */
export function createPainter(picture, events) {
  /** @type {{weights: Float64Array, done: Set<number>, at: number} | null} */
  let stroke = null;

  /** @param {number} index of the weight under the brush */
  function touch(index) {
    const now = events.canvas();
    const brush = events.brush();
    if (!now || !stroke || !brush) return;
    for (const i of reached(now.cells, stroke.weights.length, index, events.width())) {
      if (stroke.done.has(i)) continue; // once in a stroke
      stroke.done.add(i);
      stroke.weights[i] = stroked(stroke.weights[i], brush, now.amount);
    }
  }

  /** From the cell before to this one, none left out. @param {number} to */
  function drag(to) {
    const now = events.canvas();
    if (!now || !stroke) return;
    const [from, end] = [cellOf(now.cells, stroke.at), cellOf(now.cells, to)];
    const steps = Math.max(Math.abs(end.x - from.x), Math.abs(end.y - from.y), 1);
    const between = (/** @type {number} */ i) => {
      const [x, y] = [
        from.x + ((end.x - from.x) * i) / steps,
        from.y + ((end.y - from.y) * i) / steps,
      ];
      return indexAt(now, Math.round(x), Math.round(y));
    };
    for (let i = 1; i <= steps; i++) {
      const index = between(i);
      if (index !== null) touch(index);
    }
    stroke.at = to;
  }

  /** @param {Canvas} now @param {number} x @param {number} y */
  function indexAt({ cells, weights }, x, y) {
    for (let i = 0; i < weights.length; i++) {
      const cell = cellOf(cells, i);
      if (cell.x === x && cell.y === y) return i;
    }
    return null;
  }

  function tell() {
    if (stroke) events.onPaint(stroke.weights, stroke.done);
  }

  /** @param {PointerEvent} event */
  function press(event) {
    const index = picture.cellAt(event);
    const now = events.canvas();
    if (index === null || !now || event.button !== 0) return;
    events.onChoose(index);
    if (!events.brush()) return;
    event.preventDefault();
    picture.canvas.setPointerCapture(event.pointerId);
    picture.canvas.focus({ preventScroll: true });
    stroke = { weights: now.weights.slice(), done: new Set(), at: index };
    touch(index);
    tell();
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (!stroke) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) {
      const index = picture.cellAt(part);
      if (index !== null) drag(index);
    }
    tell();
  }

  function end() {
    if (!stroke) return;
    stroke = null;
    events.onSettled();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const now = events.canvas();
    if (!now || event.ctrlKey || event.metaKey || event.altKey) return;
    const step = MOVES[event.key];
    if (step) {
      const { x, y } = cellOf(now.cells, now.chosen);
      const next = indexAt(now, x + step[0], y + step[1]);
      if (next !== null) events.onChoose(next);
    } else if (event.key in KEYS) {
      const weights = now.weights.slice();
      const changed = reached(now.cells, weights.length, now.chosen, events.width());
      for (const i of changed) weights[i] = stroked(weights[i], KEYS[event.key], now.amount);
      events.onPaint(weights, new Set(changed));
      events.onSettled();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  picture.canvas.addEventListener('pointerdown', press);
  picture.canvas.addEventListener('pointermove', move);
  for (const type of ['pointerup', 'pointercancel']) picture.canvas.addEventListener(type, end);
  picture.canvas.addEventListener('keydown', key);
}
