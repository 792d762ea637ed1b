// The pad: a pointer or the arrow keys become a stroke, painted at once, without waiting for anything.

import { pageColors } from '../../page/colors.js';
import { fitCanvas, make, onRatio } from '../../page/dom.js';
import {
  edgeOf,
  isBlank,
  isOn,
  joinPoint,
  ownStrokes,
  strokesOf,
  toPad,
} from '../../state/history.js';
import { paintPixels, paintStroke } from './ink.js';
import { createChanged } from '../../state/store.js';
import { SIDE } from '../../state/units.js';

/** @import { Drawing, Point, State, Stroke, Translate } from '../../state/types.js' */

const KEYS = /^( |Enter|Arrow\w+|Home|End|Page\w+)$/; // that bring the keyboard's pen
const DOOMED = 0.3; // how much is seen of a stroke that the eraser would take away

/**
 * @param {HTMLElement} container
 * @param {{onDraw: (stroke: Stroke) => void, onStroke: (stroke: Stroke) => void,
 *   onErase: (index: number) => void}} events onDraw while the pen moves, onStroke when it is lifted,
 *   onErase when a stroke is taken away
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
  const sheet = make('canvas', { width: SIDE, height: SIDE });
  /** @type {ReturnType<typeof import('./keyboard.js')['createKeyboard']> | null} */
  let keyboard = null;
  /** @type {Promise<void> | null} */
  let coming = null;

  /** @type {Stroke | null} */
  let stroke = null; // of the pointer
  /** @type {number | null} */
  let pointer = null;
  /** @type {Point | null} where it was last, on the pad or beside it */
  let last = null;
  /** @type {Drawing | null} */
  let drawing = null;
  const changed = createChanged();
  let welcome = false;
  let center = true;
  let erasing = false;
  /** @type {ReturnType<typeof import('./eraser.js')['createEraser']> | null} */
  let eraser = null;
  /** @type {typeof import('./grid.js') | null} */
  let grid = null;

  /** @param {PointerEvent} event */
  function down(event) {
    const isEraser = event.button === 5; // the other end of the pen
    if (pointer !== null || (event.button !== 0 && !isEraser)) return;
    endKeys();
    if (erasing || isEraser) {
      canvas.setPointerCapture(event.pointerId);
      return erase(event);
    }
    pointer = event.pointerId;
    canvas.setPointerCapture(pointer);
    last = null;
    move(event);
  }

  /** What is drawn ends at the pad's edge, as what is seen; back on the pad another stroke begins.
   * @param {Point} point */
  function goOn(point) {
    const from = last ?? point;
    last = point;
    if (isOn(point)) {
      stroke ??= [edgeOf(point, from)];
      joinPoint(stroke, point);
    } else if (stroke) {
      joinPoint(stroke, edgeOf(from, point));
      lift();
    }
  }

  function lift() {
    const done = stroke;
    stroke = null;
    if (done) events.onStroke(done);
  }

  /** The eraser comes when it is first taken in hand. */
  const bringEraser = () =>
    import('./eraser.js').then(
      ({ createEraser }) => (eraser ??= createEraser(canvas, () => drawing, paint, events.onErase)),
      () => null, // asked for again with the next move
    );

  /** @param {PointerEvent} event */
  const erase = async (event) => (eraser ?? (await bringEraser()))?.move(event);

  /** @param {PointerEvent} event */
  function move(event) {
    if (pointer === null && (erasing || event.buttons & 32)) return erase(event);
    if (event.pointerId !== pointer) return;
    const box = canvas.getBoundingClientRect();
    const points = event.getCoalescedEvents?.() ?? [];
    for (const each of points.length ? points : [event])
      goOn(toPad(each.clientX, each.clientY, box));
    paint();
    if (stroke) events.onDraw(stroke);
  }

  /** @param {PointerEvent} event */
  function up(event) {
    if (event.pointerId !== pointer) return;
    pointer = null;
    lift();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || pointer !== null) return;
    if (keyboard ? !keyboard.press(event) : !KEYS.test(event.key)) return;
    event.preventDefault();
    if (keyboard) return;
    coming ??= bringKeyboard().catch(() => {}); // one wait for all keys, which keeps their order
    coming.then(() => keyboard?.press(event));
    coming.then(() => (coming = null)); // asked for again with the next key where it did not come
  }

  async function bringKeyboard() {
    const { createKeyboard } = await import('./keyboard.js');
    const now = () => ({ drawing, erasing });
    if (document.activeElement === canvas)
      keyboard ??= createKeyboard({ now, paint, spoken }, events, t);
  }

  const endKeys = () => (keyboard ? keyboard.end() : paint());

  function paint() {
    const side = canvas.clientWidth;
    if (!side) return;
    const context = fitCanvas(canvas, side, side);
    const colors = pageColors();
    context.clearRect(0, 0, side, side);
    const byKeys = keyboard?.isOn() ?? false;
    if (byKeys || !center) {
      if (grid) grid.paintGrid(context, colors.named.line, side);
      else import('./grid.js').then((found) => ((grid = found), paint())).catch(() => null); // asked for again with what is painted next
    }
    const live = stroke ?? keyboard?.stroke() ?? null;
    if (drawing?.kind === 'pixels' && !live) {
      paintPixels(context, drawing.pixels, sheet, colors.activationRgb(1, 1), side);
    }
    const strokes = drawing ? (live ? ownStrokes : strokesOf)(drawing) : [];
    context.strokeStyle = colors.activation(1, 1);
    (live ? [...strokes, live] : strokes).forEach((each, i) => {
      context.globalAlpha = erasing && i === eraser?.doomed() ? DOOMED : 1;
      paintStroke(context, each, side);
    });
    context.globalAlpha = 1;
    keyboard?.paint(context, colors.named.focus, side);
    const empty = !live && (!drawing || isBlank(drawing));
    keys.hidden = byKeys; // who draws needs no more telling, and sees the whole pad
    hint.hidden = !(empty || welcome) || live !== null || byKeys;
    hint.classList.toggle('at-edge', !empty);
  }

  canvas.addEventListener('pointerdown', down);
  canvas.addEventListener('pointermove', move);
  canvas.addEventListener('pointerup', up);
  canvas.addEventListener('lostpointercapture', up); // after a touch that the browser took back, too
  canvas.addEventListener('keydown', key);
  canvas.addEventListener('blur', endKeys);
  canvas.addEventListener('contextmenu', (event) => event.preventDefault());
  const watcher = new ResizeObserver(paint);
  watcher.observe(canvas);
  const stop = onRatio(paint);

  return {
    /** @param {State} state */
    update(state) {
      if (!changed(state, 'drawing', 'welcome', 'center', 'theme', 'erasing')) return;
      eraser?.spare();
      ({ drawing, welcome, center, erasing } = state);
      canvas.classList.toggle('erasing', erasing);
      if (erasing) bringEraser();
      paint();
    },
    destroy() {
      watcher.disconnect();
      stop();
      container.replaceChildren();
    },
  };
}
