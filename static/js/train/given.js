// What the network that learns is given: what is on the pad, of a network that reads pens the way of the
// pen, of one that learns prices a house of the test set in place of the drawing. It changes with the
// first network of another problem, as do the steps that can be undone.

import { byId, loadSheet, make, say } from '../page/dom.js';
import { createProblemWords, loadWords } from '../page/late.js';
import { inputOf } from '../state/ends.js';
import { blank, isBlank } from '../state/history.js';

/** @import { Drawing, ModelDescription, State, Translate } from '../state/types.js' */
/** @import { Steps } from '../state/history.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Arrival } from '../sessions/reader.js' */

const HOUSE = 240; // its place in the test set
const WRITTEN = 5; // the test writer's drawing that is read at first
const SOURCE = 'https://doi.org/10.5281/zenodo.1195803';
const LICENCE = 'https://creativecommons.org/licenses/by/4.0/';

/**
 * @param {object} page
 * @param {() => State} page.state
 * @param {ReturnType<typeof import('../state/history.js').createHistory>} page.history
 * @param {Pick<ReturnType<typeof import('../server/api.js').createApi>, 'testHouse' | 'testMovement'>} page.api
 * @param {() => Promise<Drawing>} page.anyDigit of the test set
 * @param {Record<string, string>} page.catalogue to which its words are added
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createGiven({ state, history, api, anyDigit, catalogue }, t, numbers) {
  const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-for]')]);
  const speak = createProblemWords(catalogue);
  /** @type {Record<string, Steps>} the steps of problems that are not on the screen */
  const kept = {};
  let shown = '';
  let total = 0; // test writers' drawings
  /** @type {typeof import('../views/pad/way.js') | null} */
  let ways = null;
  /** @type {ReturnType<typeof import('../views/pad/way.js')['createWay']> | null} */
  let way = null;

  /** @param {string} name its words and its sheet, and what draws it */
  async function bring(name) {
    const [words] = await Promise.all([loadWords(name), loadSheet(name)]);
    Object.assign(catalogue, words);
    if (name === 'pen') ways = await import('../views/pad/way.js');
  }

  /** A house of the test set. @returns {Promise<Drawing>} */
  async function house() {
    const [{ index, features, sale_price_usd: target }] = (await api.testHouse(HOUSE)).houses;
    return { kind: 'features', features, index, target };
  }

  /** A test writer's drawing. @param {number} place @returns {Promise<Drawing>} */
  async function written(place) {
    const found = await api.testMovement(place, null);
    total = found.total;
    const [{ index, label, strokes }] = found.drawings;
    return { kind: 'strokes', strokes, label, index };
  }

  /** What a network of that problem is given at first. @param {string} problem @returns {Promise<Drawing>} */
  async function first(problem) {
    const { drawing } = state();
    const isDrawn = drawing.kind === 'strokes' && !isBlank(drawing);
    if (problem === 'houses') return house();
    if (problem === 'pen') return isDrawn ? drawing : written(WRITTEN);
    return isDrawn ? drawing : blank();
  }

  /** Whose drawings these are, and by which licence. */
  function sayWhence() {
    const link = (/** @type {string} */ href, /** @type {string} */ text) =>
      make('a', { href, rel: 'noreferrer', target: '_blank' }, text);
    byId('pen-source').replaceChildren(
      `${t('pen.source')} `,
      link(SOURCE, 'UNIPEN'),
      '\u2060, ',
      link(LICENCE, 'CC BY 4.0'),
    );
  }

  /** The way of the pen, lit as far as it has been read. @param {State} now */
  function showWay({ reading, row }) {
    if (!ways) return;
    way ??= ways.createWay(byId('pad'));
    const steps = reading?.input.steps ? inputOf(reading) : null;
    const isLine = steps && reading?.strokes?.some((stroke) => stroke.length);
    way.show(
      isLine ? ways.stepsOnPad(steps, reading?.strokes ?? []) : [],
      row ?? reading?.input.shape[0] ?? 0,
    );
  }

  /** Its price, once a network says one. @param {State} now */
  function showPrice({ reading, drawing }) {
    const told = reading?.prediction ?? null;
    const sold = drawing.kind === 'features' ? drawing.target : null;
    const price = byId('price');
    price.dataset.value = told === null ? '' : String(told);
    say(price, told === null ? '–' : numbers.dollars(told));
    say(
      byId('price-about'),
      sold === null ? '' : t('mine.price', { index: HOUSE, price: numbers.dollars(sold) }),
    );
  }

  return {
    /** What a network of another problem than the one on the screen reads. @param {ModelDescription} model
     * @returns {Promise<Arrival | null>} */
    async enter({ problem }) {
      const from = state().problem;
      if (problem === from) return null;
      if (problem !== 'digits') await bring(problem);
      const { arrivalOf } = await import('../sessions/arrival.js');
      const steps = kept[problem] ?? { steps: [await first(problem)], now: 0 };
      const { drawing, show } = arrivalOf(history, kept, from, problem, steps);
      return { drawing, show: () => ({ ...show(), row: null, welcome: false }) };
    },

    /** A drawing out of a test set, another than the last. @returns {Promise<Drawing>} */
    any: () =>
      state().problem === 'pen' ? written(Math.floor(Math.random() * total)) : anyDigit(),

    /** The digit that a first visit shows, unless something else is read by then.
     * @param {Drawing} digit @returns {boolean} whether it is to be read now */
    greet(digit) {
      if (state().problem === 'digits') {
        history.push(digit);
        return true;
      }
      const { steps } = kept.digits;
      kept.digits = { steps: [...steps, digit], now: steps.length };
      return false;
    },

    /** The steps on the pad of images, to be kept. */
    digits: () => (state().problem === 'digits' ? history.all() : kept.digits),

    /** @param {State} now @returns {boolean} whether something else than a drawing is read */
    update(now) {
      const { problem } = now;
      if (problem !== shown) {
        shown = problem;
        speak(problem);
        for (const element of parts)
          element.hidden = !element.dataset.for?.split(' ').includes(problem);
        if (problem === 'pen') sayWhence();
        else way?.show([], 0);
      }
      if (problem === 'pen') showWay(now);
      if (problem === 'houses') showPrice(now);
      return problem === 'houses';
    },
  };
}
