// The whole network as five lines of Python, each with a number of the live network below it. A line
// that is pointed at lights up the layer that it works out; all of them do in turn as they are run. Then
// each is worked out here, from the pixels, W and b alone, and its number is what came of it.

import { make, say } from '../../../page/dom.js';
import { denseOf, into, sigmoid } from './product.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Page } from '../make.js' */
/** @import { Dense } from './product.js' */

/** The code, the part of the screen, the name of a number, and the quantity that tells it. */
const LINES = /** @type {const} */ ([
  ['x = seen.reshape(784)', 'input', '(x > 0).sum()', ['ink']],
  ['a1 = sigmoid(x @ W1 + b1)', 'hidden1', 'a1[15]', ['a', 'hidden1', 15]],
  ['a2 = sigmoid(a1 @ W2 + b2)', 'hidden2', 'a2[10]', ['a', 'hidden2', 10]],
  ['z = a2 @ W3 + b3', 'output', 'z[7]', ['z', 'output', 7]],
  ['p = exp(z) / exp(z).sum()', 'output', 'p[7]', ['p', 7]],
]);

const LAYERS = ['hidden1', 'hidden2', 'output'];
const EACH = 1200; // ms that a line runs: long enough to find its layer
const MOST = 9; // decimals that are compared

/** What a line works out of what the line before it left. @param {number} at
 * @param {ArrayLike<number>} before @param {Dense[]} layers @returns {ArrayLike<number>} */
export function workOut(at, before, layers) {
  if (at === 0) return before; // the pixels, in one column
  if (at > layers.length) {
    const powers = Array.from(before, Math.exp);
    const sum = powers.reduce((all, power) => all + power, 0);
    return powers.map((power) => power / sum);
  }
  const z = into(layers[at - 1], before);
  return at < layers.length ? z.map(sigmoid) : z;
}

/** To how many decimals numbers are the same that differ by so much. @param {number} difference */
export const decimalsOf = (difference) =>
  Math.max(0, Math.min(MOST, Math.floor(-Math.log10(2 * difference))));

/** @param {Pick<Page, 'quantities' | 'onPart' | 'state' | 'pixels'>} page @param {Translate} t
 * @param {Numbers} numbers */
export function createLines({ quantities, onPart, state, pixels }, t, numbers) {
  const results = LINES.map(() => make('span', { class: 'number' }));
  const lines = LINES.map(([code, part, name], i) => {
    const line = make(
      'code',
      { tabindex: 0 },
      code,
      make('span', { class: 'soft' }, `# ${name} = `, results[i]),
    );
    for (const event of ['pointerenter', 'focus']) line.addEventListener(event, () => onPart(part));
    for (const event of ['pointerleave', 'blur']) line.addEventListener(event, () => onPart(null));
    return line;
  });
  const run = make('button', { type: 'button', 'data-testid': 'lines-run' }, t('lines.run'));
  const listing = make(
    'pre',
    { class: 'code-lines', 'data-testid': 'code-lines', 'data-no-terms': '' },
    ...lines,
  );
  const told = make('span', {
    class: 'small soft',
    role: 'status',
    'data-testid': 'lines-told',
  });
  const element = make('div', {}, listing, make('div', { class: 'lines-run' }, run, told));
  let timer = 0;
  /** What the lines that were run left, and the reading that they are of. @type {ArrayLike<number>[]} */
  let worked = [];
  /** @type {unknown} */
  let of = null;

  const dense = () =>
    LAYERS.map((name) => denseOf(state()?.weights, name)).filter((layer) => layer !== null);

  /** The largest difference from what the screen shows. */
  function apart() {
    const differences = LINES.flatMap(([, , , [name, ...place]], i) =>
      i === 0
        ? []
        : Array.from(worked[i], (value, unit) =>
            Math.abs(value - Number(quantities()[name]?.(...place.slice(0, -1), unit))),
          ),
    );
    return Math.max(...differences);
  }

  /** @param {number} at */
  function work(at) {
    const before = at === 0 ? pixels() : worked[at - 1];
    if (before && state()?.reading === of) worked[at] = workOut(at, before, dense());
  }

  /** What a line left, or what the network has there. @param {number} i @returns {unknown} */
  function resultOf(i) {
    const [, , , [name, ...place]] = LINES[i];
    if (!worked[i]) return quantities()[name]?.(...place);
    return i === 0
      ? Array.from(worked[0]).filter((value) => value > 0).length
      : worked[i][Number(place.at(-1))];
  }

  /** Light a line and the layer that it works out; after the last one none. @param {number} at */
  function light(at) {
    clearTimeout(timer);
    if (at < LINES.length) work(at);
    show();
    lines.forEach((line, i) => {
      line.classList.toggle('runs', i === at);
      results[i].classList.toggle('to-come', at < lines.length && i > at);
    });
    onPart(LINES[at]?.[1] ?? null);
    if (at < lines.length) timer = window.setTimeout(light, EACH, at + 1);
  }
  run.addEventListener('click', () => {
    [worked, of] = [[], state()?.reading ?? null];
    light(0);
  });

  function show() {
    if (state()?.reading !== of) worked = []; // another drawing
    run.disabled = !pixels() || dense().length < LAYERS.length;
    LINES.forEach(([, , , [name]], i) => {
      const value = resultOf(i);
      const known = typeof value === 'number';
      say(
        results[i],
        !known ? '–' : name === 'ink' ? numbers.whole(value) : value.toFixed(4).replace('-', '−'),
      );
    });
    const isDone = LINES.every((_, i) => worked[i]);
    say(told, isDone ? t('lines.told', { count: decimalsOf(apart()) }) : t('lines.about'));
  }

  return {
    element,
    destroy: () => clearTimeout(timer),
    quantities: {},
    update: show,
    apply() {},
  };
}
