// What the network sees: the 784 numbers that went in, as the reply carried them.

import { pageColors } from '../../page/colors.js';
import { byId, make, say } from '../../page/dom.js';
import { pixelPlace } from '../../state/names.js';
import { PIXELS, SIDE, fieldOf } from '../../state/units.js';
import { createChanged } from '../../state/store.js';

/** @import { Drawing, Field, Neuron, State, Translate } from '../../state/types.js' */

const ROOMY = '(min-width: 901px) and (min-height: 740px)'; // else it is folded: the network shows the same digit
const MIDDLE = (SIDE / 2) * SIDE + SIDE / 2;

/** What is said of it. @param {Extract<Drawing, {kind: 'pixels'}> | null} digit null for strokes
 * @param {boolean} isCentred */
function aboutInput(digit, isCentred) {
  if (!digit) return isCentred ? 'seen.center.about' : 'seen.raw.about';
  if (digit.noise !== undefined) return 'seen.noise.about';
  return digit.label === null && !digit.changed ? 'seen.image.about' : 'seen.digit.about';
}

/** A frame around what the neuron in front sees. @param {HTMLElement} frame
 * @param {Field | null} field */
function showFrame(frame, field) {
  frame.hidden = field === null;
  if (!field) return;
  const { top, left, bottom, right } = field;
  frame.style.left = `${(left / SIDE) * 100}%`;
  frame.style.top = `${(top / SIDE) * 100}%`;
  frame.style.width = `${((right - left + 1) / SIDE) * 100}%`;
  frame.style.height = `${((bottom - top + 1) / SIDE) * 100}%`;
}

/**
 * @param {HTMLElement} container
 * @param {HTMLElement} pixelText where a pixel's row, column and value are said
 * @param {{onHover: (neuron: Neuron | null) => void, onKeep: (neuron: Neuron) => void,
 *   onCenter: (center: boolean) => void}} events a pixel is pointed at or clicked; the drawing is to be
 *   centred or not
 * @param {Translate} t
 */
export function createInput(container, pixelText, events, t) {
  const canvas = make('canvas', {
    width: SIDE,
    height: SIDE,
    tabindex: 0,
    role: 'application',
    'aria-label': t('seen.label'),
    'data-testid': 'seen',
  });
  const frame = make('span', { class: 'seen-frame', 'data-testid': 'seen-frame', hidden: true });
  const way = make('canvas', {
    class: 'seen-way',
    width: 280,
    height: 280,
    'aria-hidden': 'true',
    'data-testid': 'seen-way',
    hidden: true,
  });
  container.append(canvas, frame, way);
  /** @type {ReturnType<typeof import('./centring.js')['createCentring']> | null} */
  let centring = null;
  const isStill = matchMedia('(prefers-reduced-motion: reduce)');
  let wasCentred = true;
  /** @type {Drawing | null} */
  let drawn = null;
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
  const image = context.createImageData(SIDE, SIDE);
  const words = new Uint32Array(image.data.buffer);
  /** @type {number[]} */
  let pixels = [];
  /** @type {number | null} */
  let pointed = null;
  const changed = createChanged();

  /** @param {number | null} index */
  function pointAt(index) {
    if (index !== pointed) events.onHover(index === null ? null : { layer: 'input', index });
  }

  /** @param {PointerEvent} event */
  function point(event) {
    const box = canvas.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * SIDE);
    const row = Math.floor(((event.clientY - box.top) / box.height) * SIDE);
    const inside = column >= 0 && column < SIDE && row >= 0 && row < SIDE;
    pointAt(inside ? row * SIDE + column : null);
  }

  function keepPointed() {
    if (pointed !== null) events.onKeep({ layer: 'input', index: pointed });
  }

  /** @param {KeyboardEvent} event */
  function walk(event) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      keepPointed();
    }
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = pointed === null ? MIDDLE : pointed + step;
    if (next >= 0 && next < PIXELS) pointAt(next);
  }

  function paint() {
    const colors = pageColors();
    for (let i = 0; i < PIXELS; i++) words[i] = colors.activationWord(pixels[i] ?? 0, 255);
    context.putImageData(image, 0, 0);
  }

  function tell() {
    if (pointed === null || pixels.length === 0) {
      say(pixelText, t('seen.point'));
      return;
    }
    const { row, column } = pixelPlace(pointed);
    say(pixelText, t('seen.pixel', { row, column, value: pixels[pointed] }));
  }

  const fold = /** @type {HTMLDetailsElement | null} */ (container.closest('details'));
  const roomy = matchMedia(ROOMY);
  function foldWhereSmall() {
    if (fold) fold.open = roomy.matches;
  }
  roomy.addEventListener('change', foldWhereSmall);
  foldWhereSmall();

  const leave = () => pointAt(null);
  canvas.addEventListener('pointermove', point);
  canvas.addEventListener('pointerdown', point);
  canvas.addEventListener('pointerleave', leave);
  canvas.addEventListener('click', keepPointed);
  canvas.addEventListener('blur', leave);
  canvas.addEventListener('keydown', walk);

  /** The same strokes are centred now, or no more: show the way. @param {number[]} before
   * @param {State} state */
  async function showWay(before, { reading, readOf, center }) {
    const isOther = readOf !== drawn || center === wasCentred;
    drawn = readOf;
    wasCentred = center;
    centring?.end();
    if (isOther || readOf?.kind !== 'strokes' || !before.length || !reading || isStill.matches)
      return;
    const colors = pageColors();
    const [raw, centred] = center ? [before, reading.input.pixels] : [reading.input.pixels, before];
    centring ??= (await import('./centring.js')).createCentring(way);
    centring.play(readOf.strokes, raw, centred, center, {
      ground: colors.activation(0, 1),
      ink: colors.activation(1, 1),
    });
  }

  const box = /** @type {HTMLInputElement} */ (byId('center'));
  box.addEventListener('change', () => events.onCenter(box.checked));

  /** Whether the drawing is centred, which a digit of pixels already is. @param {State} state */
  function showCentred({ drawing, penDown, center }) {
    const digit = drawing.kind === 'pixels' && !penDown ? drawing : null;
    box.checked = center;
    box.disabled = digit !== null;
    say(byId('seen-note'), t(aboutInput(digit, center)));
  }

  return {
    /** @param {State} state */
    update(state) {
      showCentred(state);
      const { reading, theme, hovered, selected, model } = state;
      const neuron = hovered ?? selected;
      const news = changed({ reading, theme, neuron });
      if (!news) return;
      const before = pixels;
      if (news.has('reading')) queueMicrotask(() => showWay(before, state));
      pixels = reading?.input.pixels ?? [];
      pointed = neuron?.layer === 'input' ? neuron.index : null;
      if (news.has('reading') || news.has('theme')) paint();
      showFrame(frame, neuron && reading ? fieldOf(model, neuron) : null);
      tell();
    },
    destroy: () => container.replaceChildren(),
  };
}
