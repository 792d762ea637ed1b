// A board of 28 x 28 pixels: press on one to turn it over, from paper to ink or back. What is on it is
// what the network beside the chapter reads.

import { pointAt } from '../../page/touch/finger.js';
import { make, say } from '../../page/dom.js';
import { pageColors } from '../../page/colors.js';
import { attackOn } from '../challenges/scores.js';
import { SIDE } from '../../state/units.js';

/** @import { Drawing, State, Translate } from '../../state/types.js' */

const CELL = 12; // pixels of the canvas
const INK = 255;
const MOVES = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
});

/** A pixel turned over: to the other end of the scale, or to what it was. @param {number} now
 * @param {number} first */
export const turnedOver = (now, first) => (now !== first ? first : first < 128 ? INK : 0);

/** A frame within a cell. @param {CanvasRenderingContext2D} context @param {number} index
 * @param {number} inset @param {number} width @param {string} color */
function frame(context, index, inset, width, color) {
  const [x, y] = [(index % SIDE) * CELL, Math.floor(index / SIDE) * CELL];
  context.strokeStyle = color;
  context.lineWidth = width;
  context.strokeRect(x + inset, y + inset, CELL - 2 * inset, CELL - 2 * inset);
}

/** Every pixel, those in frames that are not what they were.
 * @param {CanvasRenderingContext2D} context @param {ReturnType<typeof pageColors>} colors
 * @param {number[] | null} now @param {number[] | null} before @returns {number} how many these are */
function paintBoard(context, colors, now, before) {
  context.fillStyle = colors.activation(0, 1);
  context.fillRect(0, 0, SIDE * CELL, SIDE * CELL);
  let changed = 0;
  now?.forEach((value, i) => {
    context.fillStyle = colors.activation(value / INK, 1);
    context.fillRect((i % SIDE) * CELL, Math.floor(i / SIDE) * CELL, CELL, CELL);
    if (before && value !== before[i]) {
      changed += 1;
      frame(context, i, 1.5, 2.5, colors.negative);
    }
  });
  return changed;
}

/**
 * @param {{state: () => State | null, start: () => Drawing | null, onDraw: (drawing: Drawing) => void}} page
 * @param {Translate} t
 */
export function createPixels({ state, start, onDraw }, t) {
  const canvas = make('canvas', {
    width: SIDE * CELL,
    height: SIDE * CELL,
    tabindex: 0,
    role: 'application',
    'aria-label': t('pixels.label'),
    'data-testid': 'pixels',
  });
  const about = make('p', { class: 'small soft', role: 'status', 'data-testid': 'pixels-about' });
  const undo = make('button', { type: 'button', 'data-testid': 'pixels-reset' }, t('pixels.reset'));
  const element = make('div', { class: 'pixels' }, canvas, about, undo);
  let at = 14 * SIDE + 14;
  let byKeys = false;
  /** @type {number[] | null} as it is being turned over, before it is read */
  let held = null;
  /** @type {number | null} what the stroke of the pointer turns pixels to: over, or back */
  let stroke = null;
  /** @type {unknown[]} */
  let painted = [];

  /** @returns {number[] | null} */
  const first = () => {
    const drawing = start();
    return drawing?.kind === 'pixels' ? drawing.pixels : null;
  };
  function pixels() {
    const drawing = state()?.drawing;
    return held ?? (drawing?.kind === 'pixels' ? drawing.pixels : null);
  }

  /** @param {PointerEvent} event */
  function cell(event) {
    const box = canvas.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * SIDE);
    const y = Math.floor(((event.clientY - box.top) / box.height) * SIDE);
    return x < 0 || y < 0 || x >= SIDE || y >= SIDE ? null : y * SIDE + x;
  }

  /** @param {number} index @param {boolean} [isBack] only back, or only over, within one stroke */
  function turn(index, isBack) {
    const [now, before] = [pixels(), first()];
    if (!now || !before) return;
    if (isBack !== undefined && isBack !== (now[index] !== before[index])) return;
    held = [...now];
    held[index] = turnedOver(now[index], before[index]);
    at = index;
    onDraw({ kind: 'pixels', pixels: held, label: null, index: null, changed: true });
    paint();
  }

  /** @param {PointerEvent} event */
  function begin(event) {
    const index = cell(event);
    const [now, before] = [pixels(), first()];
    if (index === null || !now || !before || event.button !== 0) return;
    if (event.pointerType !== 'touch') canvas.setPointerCapture(event.pointerId);
    byKeys = false;
    stroke = Number(now[index] !== before[index]);
    turn(index);
  }
  /** @param {PointerEvent} event */
  function go(event) {
    const index = cell(event);
    if (stroke !== null && index !== null && index !== at) turn(index, Boolean(stroke));
  }
  canvas.addEventListener('pointerdown', (event) => event.pointerType !== 'touch' && begin(event));
  canvas.addEventListener('pointermove', (event) => event.pointerType !== 'touch' && go(event));
  pointAt(canvas, (event) => {
    if (event?.pointerType === 'touch') stroke === null ? begin(event) : go(event);
  });
  for (const end of ['pointerup', 'pointercancel'])
    canvas.addEventListener(end, () => (stroke = null));
  canvas.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (move) {
      const [x, y] = [(at % SIDE) + move[0], Math.floor(at / SIDE) + move[1]];
      if (x >= 0 && y >= 0 && x < SIDE && y < SIDE) at = y * SIDE + x;
    } else if (event.key === ' ' || event.key === 'Enter') turn(at);
    else return;
    byKeys = true;
    event.preventDefault();
    event.stopPropagation(); // arrows turn no pages here
    paint();
  });
  canvas.addEventListener('blur', () => {
    byKeys = false;
    paint();
  });
  undo.addEventListener('click', () => {
    const drawing = start();
    held = null;
    if (drawing) onDraw(drawing);
  });

  function paint() {
    const [now, before] = [pixels(), first()];
    const context = canvas.getContext('2d');
    if (!context) return;
    const colors = pageColors();
    painted = [now, before, colors];
    const changed = paintBoard(context, colors, now, before);
    if (byKeys) {
      frame(context, at, 1, 2, colors.named.focus);
      say(
        about,
        t('pixels.at', {
          row: Math.floor(at / SIDE) + 1,
          column: (at % SIDE) + 1,
          value: ((now?.[at] ?? 0) / INK).toFixed(2),
        }),
      );
    } else say(about, t('pixels.changed', { count: changed }));
    undo.disabled = changed === 0;
  }

  return {
    element,
    quantities: {},
    update() {
      const drawing = state()?.drawing;
      if (drawing?.kind === 'pixels' && drawing.pixels === held) held = null; // it is what is shown now
      const now = [pixels(), first(), pageColors()];
      if (now.some((each, i) => each !== painted[i])) paint();
    },
    /** @param {{attack?: number, turn?: number}} wanted the network's own attack, or one square turned over */
    apply({ attack: digit, turn: square }) {
      const [now, before] = [state(), first()];
      if (square !== undefined) return turn(square);
      const changes = now && digit !== undefined ? attackOn(now, start(), digit) : null;
      if (!changes || !before) return;
      const next = [...before];
      for (const { index, value } of changes) next[index] = value;
      held = null;
      onDraw({ kind: 'pixels', pixels: next, label: null, index: null, changed: true });
    },
  };
}
