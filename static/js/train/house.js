// A network that learns prices is watched with a house of the test set in place of the drawing.

import { byId, loadSheet, say } from '../page/dom.js';
import { loadWords } from '../page/late.js';

/** @import { Drawing, ModelDescription, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

const HOUSE = 240; // its place in the test set

/**
 * @param {object} page
 * @param {() => State} page.state
 * @param {() => Drawing} page.drawn what is on the pad
 * @param {ReturnType<typeof import('../server/api.js').createApi>['testHouse']} page.testHouse
 * @param {Record<string, string>} page.catalogue to which its words are added
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createHouse({ state, drawn, testHouse, catalogue }, t, numbers) {
  const parts = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-for]')]);
  return {
    /** What a network of another problem than the one on the screen reads. @param {ModelDescription} model
     * @returns {Promise<import('../sessions/reader.js').Arrival | null>} */
    async enter({ problem }) {
      if (problem === state().problem) return null;
      if (problem !== 'houses')
        return { drawing: drawn(), show: () => ({ problem, drawing: drawn() }) };
      const [found, words] = await Promise.all([
        testHouse(HOUSE),
        loadWords('houses'),
        loadSheet('houses'),
      ]);
      Object.assign(catalogue, words);
      const [{ index, features, sale_price_usd: target }] = found.houses;
      const drawing = /** @type {Drawing} */ ({ kind: 'features', features, index, target });
      return { drawing, show: () => ({ problem, drawing }) };
    },

    /** Its price, once a network says one. @param {State} now @returns {boolean} whether a house is on the screen */
    update({ problem, reading, drawing }) {
      for (const element of parts) element.hidden = element.dataset.for !== problem;
      if (problem !== 'houses') return false;
      const told = reading?.prediction ?? null;
      const sold = drawing.kind === 'features' ? drawing.target : null;
      const price = byId('price');
      price.dataset.value = told === null ? '' : String(told);
      say(price, told === null ? '–' : numbers.dollars(told));
      say(
        byId('price-about'),
        sold === null ? '' : t('mine.price', { index: HOUSE, price: numbers.dollars(sold) }),
      );
      return true;
    },
  };
}
