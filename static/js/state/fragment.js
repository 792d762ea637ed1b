// The address that reopens what is shown: model, drawing, options, neuron. Nothing is lost on the
// way: points keep their four decimals, pixels their value.

import { checked, sumOf } from './link-sum.js';

/** @import { Drawing, Edit, Neuron, Point, State, Stroke } from './types.js' */

const FINE = 10000; // a point's decimals
const PIXELS = 784;
const MOST = 40000; // characters of an address that are looked at

/** @param {number[]} bytes */
const toText = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** @param {string} text @returns {number[]} raises for what is no base64url */
const toBytes = (text) =>
  Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (each) => each.charCodeAt(0));

/** A whole number from 0 in bytes of seven bits. @param {number[]} bytes @param {number} value */
function write(bytes, value) {
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) + 128);
  bytes.push(value);
}

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

/** Signs fold into even and odd numbers, so that small differences stay short.
 * @param {number} value */
const fold = (value) => (value < 0 ? -2 * value - 1 : 2 * value);
/** @param {number} value */
const unfold = (value) => (value % 2 ? -(value + 1) / 2 : value / 2);

/** @param {Stroke[]} strokes */
export function encodeStrokes(strokes) {
  /** @type {number[]} */
  const bytes = [];
  let [x, y] = [0, 0];
  for (const stroke of strokes) {
    write(bytes, stroke.length);
    for (const point of stroke) {
      const [nextX, nextY] = point.map((value) => Math.round(value * FINE));
      write(bytes, fold(nextX - x));
      write(bytes, fold(nextY - y));
      [x, y] = [nextX, nextY];
    }
  }
  return toText(bytes);
}

/** @param {string} text @returns {Stroke[]} raises for what `encodeStrokes` never wrote */
export function decodeStrokes(text) {
  const { strokes, isWhole } = strokesIn(toBytes(text));
  if (!isWhole) throw new Error('Expected more bytes.');
  return strokes;
}

/** The strokes in bytes, as far as they go. @param {number[]} bytes */
function strokesIn(bytes) {
  const reader = createReader(bytes);
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

/** Pixels, where a run of zeros is a zero and its length. @param {number[]} pixels */
export function encodePixels(pixels) {
  /** @type {number[]} */
  const bytes = [];
  for (let i = 0; i < pixels.length; ) {
    bytes.push(pixels[i]);
    let run = 1;
    if (pixels[i] === 0) {
      while (pixels[i + run] === 0) run++;
      write(bytes, run);
    }
    i += run;
  }
  return toText(bytes);
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

/** Edits as JSON, where painted weights are bytes: the distance to the input before, and the value.
 * @param {Edit[]} edits */
export function encodeEdits(edits) {
  const short = edits.map((edit) => {
    if (edit.kind !== 'weights') return edit;
    const { inputs, values, ...rest } = edit;
    /** @type {number[]} */
    const bytes = [];
    inputs.forEach((input, i) => {
      write(bytes, input - (i ? inputs[i - 1] : 0));
      write(bytes, fold(Math.round(values[i] * FINE)));
    });
    return { ...rest, painted: toText(bytes) };
  });
  return toText(Array.from(new TextEncoder().encode(JSON.stringify(short))));
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
function unpainted({ painted, ...rest }) {
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

/** Whether the page can show it; whether it fits the network is for the server to say.
 * @param {any} edit */
function isEdit(edit) {
  const { kind, layer, unit } = edit;
  if (kind in NUMBER && !Number.isFinite(edit[NUMBER[kind]])) return false;
  if (['prune', 'noise', 'temperature'].includes(kind)) return true;
  return ['weights', 'scale', 'bias', 'off'].includes(kind) && typeof layer === 'string' && Number.isInteger(unit);
}

/** @param {Drawing} drawing */
function encodeDrawing(drawing) {
  if (drawing.kind === 'strokes') return `s${encodeStrokes(drawing.strokes)}`;
  return drawing.index === null ? `p${encodePixels(drawing.pixels)}` : `t${drawing.index}`;
}

/**
 * The address's fragment for what is shown.
 * @param {Pick<State, 'model' | 'drawing' | 'center' | 'edgeCount' | 'row' | 'selected' | 'inspecting' | 'tracing' | 'inputAs' | 'comparing' | 'compared' | 'edits'>} state
 * @param {number} edgeCount the usual one, which need not be said
 */
export function toFragment(state, edgeCount) {
  const { model, drawing, center, edgeCount: edges, row, selected, inspecting, tracing, inputAs, compared, edits } = state;
  const parts = new URLSearchParams();
  if (model) parts.set('model', model.id);
  parts.set('drawing', encodeDrawing(drawing));
  if (!center) parts.set('center', '0');
  if (edges !== edgeCount) parts.set('edges', String(edges));
  if (row !== null) parts.set('row', String(row));
  if (selected) parts.set('neuron', `${selected.layer}.${selected.index}`);
  if (tracing && selected) parts.set('trace', '1');
  if (inputAs !== 'grid') parts.set('input', inputAs);
  if (inspecting) parts.set('inside', '1');
  if (state.comparing) parts.set('compare', compared.join(',') || 'yes');
  const made = edits[model?.id ?? ''] ?? [];
  if (made.length) parts.set('edits', encodeEdits(made));
  return `#sum=${sumOf(parts)}&${parts}`;
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

/** What can be read of a drawing; all of it, or `damaged`.
 * @param {string} text @returns {Pick<Shared, 'drawing' | 'testDigit' | 'damaged'>} */
function decodeDrawing(text) {
  if (!text) return {};
  const rest = text.slice(1);
  try {
    if (text[0] === 's') {
      const { strokes, isWhole } = strokesIn(toBytes(firstBytes(rest)));
      const drawing = /** @type {Drawing} */ ({ kind: 'strokes', strokes });
      if (!strokes.length && rest) return { damaged: true };
      return isWhole && firstBytes(rest) === rest ? { drawing } : { drawing, damaged: true };
    }
    if (text[0] === 'p') {
      return { drawing: { kind: 'pixels', pixels: decodePixels(rest), label: null, index: null } };
    }
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
  const isDamaged = !isWhole || drawn.damaged || fragment.length > MOST || (parts.has('edits') && !edits.length);
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
