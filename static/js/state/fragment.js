// What an address tells of what is to be shown: model, drawing, options, neuron; `to-fragment.js` makes
// such addresses.

import { FINE, checked } from './link-sum.js';
import { PIXELS } from './units.js';

/** @import { Drawing, Edit, Neuron, Point, State, Stroke } from './types.js' */

const MOST = 40000; // characters of an address that are looked at

/** @param {string} text @returns {number[]} raises for what is no base64url */
const toBytes = (text) =>
  Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));

/** @param {number[]} bytes */
function createReader(bytes) {
  let at = 0;
  return {
    isDone: () => at >= bytes.length,
    read() {
      let [value, scale] = [0, 1];
      for (;;) {
        const byte = bytes[at++];
        if (byte === undefined) throw new Error('Expected more bytes.');
        value += (byte % 128) * scale;
        if (byte < 128) return value;
        scale *= 128;
      }
    },
  };
}

/** @param {number} value */
const unfold = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** The strokes that `encodeStrokes` wrote, as far as they go.
 * @param {string} text raises for what is no base64url */
export function decodeStrokes(text) {
  const reader = createReader(toBytes(text));
  /** @type {Stroke[]} */
  const strokes = [];
  let [x, y] = [0, 0];
  try {
    while (!reader.isDone()) {
      /** @type {Stroke} */
      const stroke = [];
      for (let left = reader.read(); left > 0; left--) {
        x += unfold(reader.read());
        y += unfold(reader.read());
        if (!stroke.length) strokes.push(stroke);
        stroke.push(/** @type {Point} */ ([x / FINE, y / FINE]));
      }
    }
    return { strokes, isWhole: true };
  } catch {
    return { strokes, isWhole: false };
  }
}

/** @param {string} text @returns {number[]} raises for what `encodePixels` never wrote */
export function decodePixels(text) {
  const bytes = toBytes(text);
  /** @type {number[]} */
  const pixels = [];
  for (let i = 0; i < bytes.length; i++) {
    pixels.push(bytes[i]);
    if (bytes[i] !== 0) continue;
    let [run, scale] = [0, 1];
    do {
      i++;
      run += (bytes[i] % 128) * scale;
      scale *= 128;
    } while (bytes[i] > 127);
    for (; run > 1 && pixels.length < PIXELS; run--) pixels.push(0);
  }
  if (pixels.length !== PIXELS) throw new Error(`Expected ${PIXELS} pixels; got ${pixels.length}.`);
  return pixels;
}

/** @param {string} text @returns {Edit[]} none for what `encodeEdits` never wrote */
export function decodeEdits(text) {
  try {
    const list = JSON.parse(new TextDecoder().decode(Uint8Array.from(toBytes(text))));
    return list.map(unpainted).filter(isEdit);
  } catch {
    return [];
  }
}

/** @param {any} edit */
function unpainted({ painted, image, ...rest }) {
  if (rest.kind === 'learn' && image) return { ...rest, pixels: decodePixels(image) };
  if (rest.kind !== 'weights') return rest;
  const reader = createReader(toBytes(painted));
  /** @type {number[]} */
  const inputs = [];
  /** @type {number[]} */
  const values = [];
  while (!reader.isDone()) {
    inputs.push((inputs[inputs.length - 1] ?? 0) + reader.read());
    values.push(unfold(reader.read()) / FINE);
  }
  return { ...rest, inputs, values };
}

const NUMBER = /** @type {Record<string, string>} */ ({
  scale: 'factor',
  bias: 'shift',
  prune: 'share',
  noise: 'amount',
  temperature: 'value',
});

const areNumbers = (/** @type {any} */ values) =>
  Array.isArray(values) && values.every(Number.isFinite);

/** Whether these are steps of learning. @param {any} edit */
const isLesson = ({ kind, pixels, label, inputs, targets, learning_rate: rate, times }) =>
  areNumbers([rate, times]) &&
  (kind === 'fit'
    ? areNumbers(inputs) && areNumbers(targets)
    : Number.isInteger(label) && areNumbers(pixels) && pixels.length === PIXELS);

/** Whether the page can show it; whether it fits the network is for the server to say.
 * @param {any} edit */
function isEdit(edit) {
  const { kind, layer, unit } = edit;
  if (kind in NUMBER && !Number.isFinite(edit[NUMBER[kind]])) return false;
  if (['prune', 'noise', 'temperature'].includes(kind)) return true;
  if (kind === 'learn' || kind === 'fit') return isLesson(edit);
  return (
    ['weights', 'scale', 'bias', 'off'].includes(kind) &&
    typeof layer === 'string' &&
    Number.isInteger(unit)
  );
}

/**
 * @typedef {object} Shared what an address tells; what is missing or makes no sense is left out
 * @property {string | null} model
 * @property {Drawing} [drawing]
 * @property {number} [testDigit] its place in the test set
 * @property {boolean} [center]
 * @property {number} [edges]
 * @property {number} [row]
 * @property {Neuron} [neuron]
 * @property {boolean} [inside]
 * @property {Edit[]} [edits]
 * @property {boolean} [trace]
 * @property {State['inputAs']} [inputAs]
 * @property {boolean} [damaged] something is missing, or more than was sent
 * @property {string[]} [compared]
 */

/** @param {string | null} text @param {number} most @returns {number | undefined} */
function whole(text, most) {
  return text !== null && /^\d{1,6}$/.test(text) && Number(text) <= most ? Number(text) : undefined;
}

/** A row of a table; what it was sold for is for the server to say.
 * @param {string} text @returns {Drawing} raises for what `encodeRow` never wrote */
function decodeRow(text) {
  const [index, features] = JSON.parse(new TextDecoder().decode(Uint8Array.from(toBytes(text))));
  const isRow = Object.keys(features).length > 0 && Object.values(features).every(Number.isFinite);
  if (!isRow || !(index === null || (Number.isInteger(index) && index >= 0)))
    throw new Error('Expected a row.');
  return { kind: 'features', features, index, target: null };
}

/** What can be read of a drawing; all of it, or `damaged`.
 * @param {string} text @returns {Pick<Shared, 'drawing' | 'testDigit' | 'damaged'>} */
function decodeDrawing(text) {
  if (!text) return {};
  const rest = text.slice(1);
  try {
    if (text[0] === 's') {
      const { strokes, isWhole } = decodeStrokes(firstBytes(rest));
      const drawing = /** @type {Drawing} */ ({ kind: 'strokes', strokes });
      if (!strokes.length && rest) return { damaged: true };
      return isWhole && firstBytes(rest) === rest ? { drawing } : { drawing, damaged: true };
    }
    if (text[0] === 'p') {
      return { drawing: { kind: 'pixels', pixels: decodePixels(rest), label: null, index: null } };
    }
    if (text[0] === 'f') return { drawing: decodeRow(rest) };
    const testDigit = text[0] === 't' ? whole(rest, 9999) : undefined;
    return testDigit === undefined ? { damaged: true } : { testDigit };
  } catch {
    return { damaged: true };
  }
}

/** The letters of base64url that a text begins with, as many as make whole bytes. @param {string} text */
function firstBytes(text) {
  const [letters] = /^[\w-]*/.exec(text) ?? [''];
  return letters.length % 4 === 1 ? letters.slice(0, -1) : letters;
}

/** @param {string} fragment @returns {Shared} */
export function fromFragment(fragment) {
  const { parts, isWhole } = checked(fragment.slice(1, MOST));
  const drawn = decodeDrawing(parts.get('drawing') ?? '');
  const edits = decodeEdits(parts.get('edits') ?? '');
  const isDamaged =
    !isWhole || drawn.damaged || fragment.length > MOST || (parts.has('edits') && !edits.length);
  const neuron = /^([a-z]\w{0,63})\.(\d{1,6})$/.exec(parts.get('neuron') ?? '');
  return {
    model: parts.get('model'),
    ...drawn,
    ...(isDamaged ? { damaged: true } : {}),
    ...(parts.get('center') === '0' ? { center: false } : {}),
    edges: whole(parts.get('edges'), 300),
    row: whole(parts.get('row'), 1000) || undefined,
    ...(neuron ? { neuron: { layer: neuron[1], index: Number(neuron[2]) } } : {}),
    inside: parts.get('inside') === '1',
    edits,
    ...(parts.get('trace') === '1' ? { trace: true } : {}),
    ...(parts.has('compare') ? { compared: (parts.get('compare') ?? '').split(',') } : {}),
    ...(parts.get('input') === 'column' ? { inputAs: 'column' } : {}),
  };
}
