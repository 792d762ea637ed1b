// The pad: a pointer becomes a stroke while it moves. Painted at once, without waiting for anything.

import { pageColors } from '../colors.js';
import { fitCanvas, make } from '../dom.js';
import { isBlank, strokesOf, toPad } from './history.js';

/** @import { Drawing, State, Stroke, Translate } from '../types.js' */

const PEN = 0.055; // of the pad's side

/**
 * @param {HTMLElement} container
 * @param {{onDraw: (stroke: Stroke) => void, onStroke: (stroke: Stroke) => void}} events
 *   onDraw while the pen moves, onStroke when it is lifted
 * @param {Translate} t
 */
export function createPad(container, events, t) {
  const canvas = make('canvas', { 'data-testid': 'pad', role: 'img', 'aria-label': t('pad.label') });
  const hint = make('p', { class: 'pad-hint' });
  container.append(canvas, hint);

  /** @type {Stroke | null} */
  let stroke = null;
  /** @type {number | null} */
  let pointer = null;
  /** @type {Drawing | null} */
  let drawing = null;
  let welcome = false;
  const digit = make('canvas', { width: 28, height: 28 });

  /** @param {PointerEvent} event */
  function down(event) {
    if (pointer !== null || event.button !== 0) return;
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    stroke = [];
    move(event);
    event.preventDefault();
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (event.pointerId !== pointer || !stroke) return;
    const box = canvas.getBoundingClientRect();
    const points = event.getCoalescedEvents?.() ?? [];
    for (const each of points.length ? points : [event]) {
      const point = toPad(each.clientX, each.clientY, box);
      const last = stroke[stroke.length - 1];
      if (!last || last[0] !== point[0] || last[1] !== point[1]) stroke.push(point);
    }
    paint();
    events.onDraw(stroke);
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (event.pointerId !== pointer || !stroke) return;
    const done = stroke;
    stroke = null;
    pointer = null;
    events.onStroke(done);
  }

  function paint() {
    const side = canvas.clientWidth;
    if (!side) return;
    const context = fitCanvas(canvas, side, side);
    const colors = pageColors();
    context.clearRect(0, 0, side, side);
    if (drawing?.kind === 'pixels' && !stroke) paintDigit(context, side, drawing.pixels, colors);
    const strokes = drawing ? strokesOf(drawing) : [];
    context.strokeStyle = context.fillStyle = colors.activation(1, 1);
    for (const each of stroke ? [...strokes, stroke] : strokes) paintStroke(context, each, side);
    const empty = !stroke && (!drawing || isBlank(drawing));
    hint.hidden = !(empty || (welcome && !stroke));
    hint.textContent = t('pad.here');
    hint.classList.toggle('at-edge', !empty);
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {number} side
   * @param {number[]} pixels
   * @param {import('../colors.js').Colors} colors
   */
  function paintDigit(context, side, pixels, colors) {
    const small = /** @type {CanvasRenderingContext2D} */ (digit.getContext('2d'));
    const image = small.createImageData(28, 28);
    const [red, green, blue] = colors.activationRgb(1, 1);
    pixels.forEach((value, i) => image.data.set([red, green, blue, value], 4 * i));
    small.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(digit, 0, 0, side, side);
  }

  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  const watcher = new ResizeObserver(paint);
  watcher.observe(canvas);

  return {
    /** @param {State} state */
    update(state) {
      drawing = state.drawing;
      welcome = state.welcome;
      paint();
    },
    destroy() {
      watcher.disconnect();
      container.replaceChildren();
    },
  };
}

/**
 * A smooth line of constant width through the points; a lone point is a dot.
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke} stroke
 * @param {number} side
 */
function paintStroke(context, stroke, side) {
  if (!stroke.length) return;
  context.lineCap = context.lineJoin = 'round';
  context.lineWidth = PEN * side;
  context.beginPath();
  const [first, ...rest] = stroke;
  context.moveTo(first[0] * side, first[1] * side);
  if (!rest.length) context.lineTo(first[0] * side, first[1] * side);
  rest.forEach(([x, y], i) => {
    const next = rest[i + 1];
    if (next) {
      context.quadraticCurveTo(x * side, y * side, ((x + next[0]) / 2) * side, ((y + next[1]) / 2) * side);
    } else context.lineTo(x * side, y * side);
  });
  context.stroke();
}
