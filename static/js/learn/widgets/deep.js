// How strongly a drawing pulls at each layer of a deep network that has not learned yet: the mean size
// of ∂loss/∂W, layer by layer, with sigmoid and with ReLU from the same random numbers.

import { pageColors } from '../../page/colors.js';
import { make, say } from '../../page/dom.js';
import { SIDE } from '../../state/units.js';
import { paint } from './matrix/product.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const UNITS = 16;
const CLASSES = 10;
const SEED = 7;
const FIRST = 5; // layers

/** Random numbers in 0..1 that are the same every time (mulberry32). @param {number} seed */
export function random(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Weights of a network of dense layers, uniform in ±√(6 / (inputs + units)) (Glorot and Bengio, 2010).
 * @param {number[]} sizes inputs first @param {number} seed @returns {Float64Array[]} inputs x units each */
export function weightsOf(sizes, seed) {
  const next = random(seed);
  return sizes.slice(1).map((units, i) => {
    const limit = Math.sqrt(6 / (sizes[i] + units));
    return Float64Array.from({ length: sizes[i] * units }, () => (2 * next() - 1) * limit);
  });
}

const KINDS = {
  sigmoid: {
    f: (/** @type {number} */ z) => 1 / (1 + Math.exp(-z)),
    slope: (/** @type {number} */ a) => a * (1 - a),
  },
  relu: {
    f: (/** @type {number} */ z) => Math.max(0, z),
    slope: (/** @type {number} */ a) => Number(a > 0),
  },
};

/** @param {Float64Array[]} weights @param {ArrayLike<number>} x @param {keyof typeof KINDS} kind
 * @returns {Float64Array[]} every layer's activations, the input first, probabilities last */
export function forward(weights, x, kind) {
  const layers = [Float64Array.from(x)];
  weights.forEach((w, at) => {
    const before = layers[at];
    const units = w.length / before.length;
    const z = new Float64Array(units);
    before.forEach((a, i) => {
      if (a) for (let u = 0; u < units; u += 1) z[u] += a * w[i * units + u];
    });
    if (at < weights.length - 1) layers.push(z.map(KINDS[kind].f));
    else {
      const most = Math.max(...z);
      const powers = z.map((value) => Math.exp(value - most));
      const sum = powers.reduce((one, other) => one + other, 0);
      layers.push(powers.map((power) => power / sum));
    }
  });
  return layers;
}

/** ∂loss/∂W of every layer for one drawing, with cross-entropy.
 * @param {Float64Array[]} weights @param {ArrayLike<number>} x @param {number} label
 * @param {keyof typeof KINDS} kind @returns {Float64Array[]} */
export function gradients(weights, x, label, kind) {
  const layers = forward(weights, x, kind);
  /** @type {Float64Array[]} */
  const found = [];
  let dz = layers[weights.length].map((p, i) => p - Number(i === label));
  for (let at = weights.length - 1; at >= 0; at -= 1) {
    const [w, before] = [weights[at], layers[at]];
    const units = dz.length;
    const dw = new Float64Array(w.length);
    const da = new Float64Array(before.length);
    before.forEach((a, i) => {
      for (let u = 0; u < units; u += 1) {
        dw[i * units + u] = a * dz[u];
        da[i] += dz[u] * w[i * units + u];
      }
    });
    found[at] = dw;
    dz = da.map((value, i) => value * KINDS[kind].slope(before[i]));
  }
  return found;
}

/** @param {Float64Array} dw */
const size = (dw) => dw.reduce((sum, value) => sum + Math.abs(value), 0) / dw.length;

const DECADES = 6; // of the bars' scale
const NAMES = /** @type {const} */ (['sigmoid', 'relu']);

/** How far a bar reaches: a decade is a sixth, and what is smaller still stays to be seen.
 * @param {number} value @param {number} most @returns {number} percent */
export const reach = (value, most) => Math.max(1, 100 + (Math.log10(value / most) / DECADES) * 100);

/** The sizes of the gradients, hidden 2 first and the output last. @param {number} layers hidden ones
 * @param {number[]} x @param {number} label @returns {Record<string, number[]>} */
export function sizesAt(layers, x, label) {
  const weights = weightsOf([x.length, ...Array(layers).fill(UNITS), CLASSES], SEED);
  return Object.fromEntries(
    NAMES.map((kind) => [
      kind,
      gradients(weights, x, label, kind).slice(1).map(size), // the first layer reads mostly empty paper
    ]),
  );
}

/** Both kinds' bars on one scale. @param {Record<string, number[]>} sizes @param {Translate} t
 * @param {Numbers} numbers */
function bars(sizes, t, numbers) {
  const most = Math.max(...Object.values(sizes).flat()); // the axis says how many times smaller
  const ticks = [DECADES, DECADES / 2, 0].map((down) =>
    make('span', {}, ...(down ? ['÷ 10', make('sup', {}, String(down))] : ['1'])),
  );
  return NAMES.map((kind) =>
    make(
      'div',
      { class: 'deep-kind' },
      make('strong', {}, kind === 'relu' ? 'ReLU' : t('deep.sigmoid')),
      ...sizes[kind].map((value, i) => {
        const bar = make('span', { class: 'deep-bar' });
        bar.style.setProperty('--size', `${reach(value, most)}%`);
        const isLast = i === sizes[kind].length - 1;
        const name = isLast ? t('deep.output') : t('deep.layer', { number: i + 2 });
        const said = make('span', { class: 'number' }, numbers.short(value));
        return make('div', { class: 'deep-row' }, make('span', { class: 'soft' }, name), bar, said);
      }),
      make(
        'div',
        { class: 'deep-row deep-axis soft', 'aria-hidden': 'true' },
        make('span'),
        make('span', {}, ...ticks.map((tick) => tick.cloneNode(true))),
      ),
    ),
  );
}

/**
 * @param {{onChange: () => void, pixels: () => number[] | null, label: () => number}} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createDeep({ onChange, pixels, label }, t, numbers) {
  let depth = FIRST;
  /** @type {Record<string, number[]>} mean sizes, hidden layers then the output */
  let sizes = {};
  let first = sizes; // with as many layers as there are at first
  /** @type {unknown} */
  let of = null;
  const range = make('input', {
    type: 'range',
    min: 1,
    max: 10,
    step: 1,
    value: depth,
    'aria-label': t('deep.layers'),
    'data-testid': 'deep-layers',
  });
  const count = make('output', { class: 'number' }, String(depth));
  const table = make('div', { class: 'deep-bars' });
  const picture = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
  const dial = make(
    'label',
    { class: 'tiny-dial' },
    make('span', {}, t('deep.layers')),
    range,
    count,
  );
  const element = make(
    'div',
    { class: 'deep wide', 'data-testid': 'deep' },
    make('div', { class: 'deep-head' }, picture, dial),
    table,
    make('p', { class: 'small soft' }, t('deep.about')),
  );

  function work() {
    const x = pixels();
    if (!x) return;
    sizes = sizesAt(depth, x, label());
    first = depth === FIRST ? sizes : sizesAt(FIRST, x, label());
    table.replaceChildren(...bars(sizes, t, numbers));
    const colors = pageColors();
    paint(picture, (row, column) => colors.activationWord(x[row * SIDE + column], 1));
    onChange();
  }

  /** @param {number} layers */
  function go(layers) {
    depth = layers;
    range.value = String(layers);
    say(count, String(layers));
    work();
  }
  range.addEventListener('input', () => go(Number(range.value)));

  /** How much weaker the pull is at the front than at the end. @param {number[] | undefined} found */
  const ratio = (found) =>
    found?.length && found[0] > 0 ? found[found.length - 1] / found[0] : null;

  return {
    element,
    quantities: {
      deep_layers: () => depth,
      deep_sigmoid: () => ratio(sizes.sigmoid),
      deep_relu: () => ratio(sizes.relu),
      deep_first: () => ratio(first.sigmoid),
      deep_first_relu: () => ratio(first.relu),
    },
    /** @param {{layers?: number}} wanted */
    apply: ({ layers }) => void (layers && go(layers)),
    /** The drawing may be another one. */
    update() {
      const x = pixels();
      if (x === of) return;
      of = x;
      work();
    },
  };
}
