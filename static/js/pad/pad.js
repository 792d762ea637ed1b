// The pad: a pointer or the arrow keys become a stroke, painted at once, without waiting for anything.

import { pageColors } from '../colors.js';
import { fitCanvas, make } from '../dom.js';
import { createGridPen, CELLS } from './grid-pen.js';
import { isBlank, joinPoint, strokesOf, toPad } from './history.js';
import { paintCursor, paintGrid, paintPixels, paintStroke } from './ink.js';

/** @import { Drawing, State, Stroke, Translate } from '../types.js' */

/**
 * @param {HTMLElement} container
 * @param {{onDraw: (stroke: Stroke) => void, onStroke: (stroke: Stroke) => void}} events
 *   onDraw while the pen moves, onStroke when it is lifted
 * @param {Translate} t
 */
export function createPad(container, events, t) {
  const canvas = make('canvas', {
    'data-testid': 'pad',
    tabindex: 0,
    role: 'application',
    'aria-label': t('pad.label'),
  });
  const hint = make('p', { class: 'pad-hint' }, t('pad.here'));
  const keys = make('p', { class: 'pad-keys small', 'aria-hidden': 'true' }, t('pad.keys'));
  const spoken = make('p', { class: 'unseen', 'aria-live': 'polite', 'data-testid': 'spoken-pad' });
  container.append(canvas, hint, keys, spoken);
  const sheet = make('canvas', { width: CELLS, height: CELLS });
  const pen = createGridPen();

  /** @type {Stroke | null} */
  let stroke = null; // of the pointer
  /** @type {number | null} */
  let pointer = null;
  /** @type {Drawing | null} */
  let drawing = null;
  /** @type {unknown[]} */
  let painted = [];
  let welcome = false;
  let center = true;
  let byKeys = false;

  /** @param {PointerEvent} event */
  function down(event) {
    if (pointer !== null || event.button !== 0) return;
    endKeys();
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    stroke = [];
    move(event);
  }

  /** @param {PointerEvent} event */
  function move(event) {
    if (event.pointerId !== pointer || !stroke) return;
    const box = canvas.getBoundingClientRect();
    const points = event.getCoalescedEvents?.() ?? [];
    for (const each of points.length ? points : [event]) {
      joinPoint(stroke, toPad(each.clientX, each.clientY, box));
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

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || stroke) return;
    const pressed = pen.press(event.key, event.shiftKey);
    if (!pressed) return;
    event.preventDefault();
    byKeys = true;
    const { row, column } = pen.cell();
    const live = pen.stroke();
    spoken.textContent = t(live ? 'pad.pen.down' : 'pad.pen.up', { row: row + 1, column: column + 1 });
    paint();
    if (pressed.done) events.onStroke(pressed.done);
    else if (live) events.onDraw(live);
  }

  /** The keyboard's pen is put away; what it was drawing stays. */
  function endKeys() {
    const done = pen.lift();
    byKeys = false;
    if (done) events.onStroke(done);
    else paint();
  }

  function paint() {
    const side = canvas.clientWidth;
    if (!side) return;
    const context = fitCanvas(canvas, side, side);
    const colors = pageColors();
    context.clearRect(0, 0, side, side);
    if (byKeys || !center) {
      context.strokeStyle = colors.named.line;
      paintGrid(context, CELLS, side);
    }
    const live = stroke ?? pen.stroke();
    if (drawing?.kind === 'pixels' && !live) {
      paintPixels(context, drawing.pixels, sheet, colors.activationRgb(1, 1), side);
    }
    const strokes = drawing ? strokesOf(drawing) : [];
    context.strokeStyle = colors.activation(1, 1);
    for (const each of live ? [...strokes, live] : strokes) paintStroke(context, each, side);
    if (byKeys) paintCursor(context, pen.cell(), CELLS, live !== null, colors.named.focus, side);
    const empty = !live && (!drawing || isBlank(drawing));
    hint.hidden = !(empty || welcome) || live !== null || byKeys;
    hint.classList.toggle('at-edge', !empty);
  }

  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('pointercancel', up);
  canvas.addEventListener('lostpointercapture', up);
  canvas.addEventListener('keydown', key);
  canvas.addEventListener('blur', endKeys);
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  const watcher = new ResizeObserver(paint);
  watcher.observe(canvas);

  return {
    /** @param {State} state */
    update(state) {
      const now = [state.drawing, state.welcome, state.center, state.theme];
      if (now.every((value, i) => value === painted[i])) return;
      painted = now;
      ({ drawing, welcome, center } = state);
      paint();
    },
    destroy() {
      watcher.disconnect();
      container.replaceChildren();
    },
  };
}
