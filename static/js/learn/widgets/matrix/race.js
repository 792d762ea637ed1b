// The sums of all layers one product after another, in a loop of the page's own, and as products of
// matrices, on the server: how long a digit takes, both measured.

import { make, say } from '../../../page/dom.js';
import { firstDigits, timeOf } from '../../../sessions/test-part.js';
import { denseOf, sigmoid } from './product.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */
/** @import { Dense } from './product.js' */

const COUNT = 100; // digits that the loop goes round
const LEAST = 60; // ms that it is timed: no browser's clock is too coarse for it
const LAYERS = ['hidden1', 'hidden2', 'output'];

/** What is measured. @typedef {{digits: number, ms: number}} Timed */

/** The outputs' z, every product made and added by itself, those of empty paper too.
 * @param {Dense[]} layers @param {ArrayLike<number>} x @returns {ArrayLike<number>} */
export function looped(layers, x) {
  let a = x;
  layers.forEach(({ kernel, bias, inputs, units }, at) => {
    const next = new Float64Array(units);
    for (let u = 0; u < units; u += 1) {
      let sum = bias[u];
      for (let i = 0; i < inputs; i += 1) sum += kernel[i * units + u] * a[i];
      next[u] = at < layers.length - 1 ? sigmoid(sum) : sum;
    }
    a = next;
  });
  return a;
}

/** How long that takes: as many digits as there is time for, the same ones again and again.
 * @param {Dense[]} layers @param {ArrayLike<number>[]} rows @param {() => number} clock ms
 * @returns {Timed} */
export function timeLoop(layers, rows, clock = () => performance.now()) {
  for (const x of rows) looped(layers, x); // before it is timed, as a program is warm that runs all day
  const start = clock();
  let [digits, ms] = [0, 0];
  while (ms < LEAST) {
    for (const x of rows) looped(layers, x);
    digits += rows.length;
    ms = clock() - start;
  }
  return { digits, ms };
}

/** Microseconds for one digit. @param {Timed | null} timed */
const each = (timed) => timed && (1000 * timed.ms) / timed.digits;

/** @param {Pick<Page, 'state' | 'onChange'>} page @param {Translate} t @param {Numbers} numbers
 * @param {{digits: typeof firstDigits, time: typeof timeOf}} [asks] */
export function createRace(
  { state, onChange },
  t,
  numbers,
  asks = { digits: firstDigits, time: timeOf },
) {
  /** @type {{loop: Timed | null, product: Timed | null}} */
  let found = { loop: null, product: null };
  let isOn = false;
  const rows = /** @type {const} */ (['loop', 'product']).map((which) => {
    const bar = make('span', { class: 'deep-bar', 'aria-hidden': 'true' });
    const number = make('strong', { class: 'number', 'data-testid': `race-${which}` }, '–');
    const about = make('span', { class: 'small soft' }, t(`race.${which}`));
    const head = make('p', {}, make('span', {}, t(`race.${which}.who`)), bar, number);
    return { which, bar, number, about, element: make('div', {}, head, about) };
  });
  const go = make('button', { type: 'button', 'data-testid': 'race-go' }, t('race.go'));
  const element = make(
    'div',
    { class: 'race', 'data-testid': 'race' },
    go,
    make('div', { class: 'race-rows', role: 'status' }, ...rows.map((row) => row.element)),
    make('p', { class: 'small soft' }, t('race.about')),
  );

  /** The layers of a network that is all dense; none of another. */
  const dense = () =>
    LAYERS.map((name) => denseOf(state()?.weights, name)).filter((layer) => layer !== null);

  async function run() {
    const [layers, model] = [dense(), state()?.model?.id];
    if (isOn || !model || layers.length < LAYERS.length) return;
    isOn = true;
    show();
    const [digits, product] = await Promise.all([asks.digits(COUNT), asks.time(model)]);
    if (digits.length && product) {
      const pixels = digits.map((digit) => digit.pixels.map((value) => value / 255));
      found = { loop: timeLoop(layers, pixels), product };
    }
    isOn = false;
    show();
    onChange();
  }

  function show() {
    go.disabled = isOn || dense().length < LAYERS.length;
    const most = Math.max(each(found.loop) ?? 0, each(found.product) ?? 0);
    for (const { which, bar, number, about } of rows) {
      const timed = found[which];
      if (!timed) continue;
      const time = Number(each(timed));
      const { one, two, three } = numbers;
      const written = (time < 10 ? three : time < 100 ? two : one)(time); // one over the other is as told
      say(number, t('race.each', { time: written }));
      say(
        about,
        t(`race.${which}.told`, { digits: numbers.whole(timed.digits), ms: numbers.one(timed.ms) }),
      );
      bar.style.setProperty('--size', `${(100 * time) / most}%`);
    }
  }
  go.addEventListener('click', run);

  return {
    element,
    quantities: {
      race_loop: () => each(found.loop),
      race_product: () => each(found.product),
    },
    update: show,
    apply: () => void run(),
  };
}
