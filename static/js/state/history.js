// What was drawn, step by step: undo and redo walk through whole drawings.

/** @import { Drawing, Point, Stroke } from './types.js' */

const MOST = 100; // steps that can be undone
const NEAR = 0.003; // of the pad's side: a twelfth of one of the network's pixels

/** @returns {Drawing} */
export const blank = () => ({ kind: 'strokes', strokes: [] });

/** @param {Drawing} drawing */
export const isBlank = (drawing) => drawing.kind === 'strokes' && drawing.strokes.length === 0;

/**
 * @typedef {{steps: Drawing[], now: number}} Steps what was drawn, and which of it is on the pad
 * @param {Steps} [first]
 */
export function createHistory(first = { steps: [blank()], now: 0 }) {
  let { steps, now } = first;

  /** @param {Drawing} drawing */
  function push(drawing) {
    steps = [...steps.slice(0, now + 1), drawing].slice(-MOST);
    now = steps.length - 1;
  }

  return {
    current: () => steps[now],
    /** Other steps take the place of these. @param {Steps} next @returns {Steps} those that were */
    swap(next) {
      const before = { steps, now };
      ({ steps, now } = next);
      return before;
    },
    /** All steps, to be kept. @returns {Steps} */
    all: () => ({ steps, now }),
    canUndo: () => now > 0,
    canRedo: () => now < steps.length - 1,
    /** @param {Drawing} drawing replaces what is on the pad */
    push,
    /** @param {Stroke} stroke */
    addStroke: (stroke) => push(withStroke(steps[now], stroke)),
    clear() {
      if (!isBlank(steps[now])) push(blank());
    },
    undo() {
      now = Math.max(0, now - 1);
    },
    redo() {
      now = Math.min(steps.length - 1, now + 1);
    },
  };
}

/** The strokes of a drawing; a test digit has none. @param {Drawing} drawing @returns {Stroke[]} */
export function strokesOf(drawing) {
  return drawing.kind === 'strokes' ? drawing.strokes : [];
}

/** What a new stroke is added to: somebody else's drawing makes way. @param {Drawing} drawing */
export const ownStrokes = (drawing) =>
  'label' in drawing && drawing.label !== undefined ? [] : strokesOf(drawing);

/**
 * A stroke joins the strokes on the pad; a test digit gives way to it.
 * @param {Drawing} drawing
 * @param {Stroke} stroke
 * @returns {Drawing}
 */
export const withStroke = (drawing, stroke) => ({
  kind: 'strokes',
  strokes: [...ownStrokes(drawing), stroke],
});

/**
 * A point of the pad, 0..1, with four decimals: a fifth of a thousandth of the pad is less than a
 * pixel of any screen, and keeps the request small.
 * @param {number} x
 * @param {number} y
 * @param {{left: number, top: number, width: number, height: number}} box
 * @returns {Point}
 */
export function toPad(x, y, box) {
  /** @param {number} value */
  const tidy = (value) => Math.round(value * 10000) / 10000;
  return [tidy((x - box.left) / box.width), tidy((y - box.top) / box.height)];
}

/** Whether a point lies on the pad, and not beside it. @param {Point} point */
export const isOn = (point) => point.every((value) => value >= 0 && value <= 1);

/** Where the way from a point on the pad to one beside it leaves the pad, to less than a screen's pixel.
 * @param {Point} point @param {Point} to @returns {Point} */
export function edgeOf(point, to) {
  for (let i = 12; i--; ) {
    const next = /** @type {Point} */ (point.map((value, i) => (value + to[i]) / 2));
    if (isOn(next)) point = next;
    else to = next;
  }
  return point;
}

/**
 * Lengthen a stroke, unless the point is so near its end that nobody could see it: a pen that
 * reports a thousand times a second would otherwise fill the request with nothing.
 * @param {Stroke} stroke
 * @param {Point} point
 */
export function joinPoint(stroke, point) {
  const last = stroke[stroke.length - 1];
  if (!last || Math.hypot(point[0] - last[0], point[1] - last[1]) >= NEAR) stroke.push(point);
}
