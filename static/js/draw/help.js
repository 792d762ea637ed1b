// What explains the screen: terms where they stand, and a tour. Both come when they are wanted.

import { loadSheet } from '../page/dom.js';
import { loadWords } from '../page/late.js';
import { createTranslate } from '../page/words.js';

/** @import { State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/**
 * @param {object} page
 * @param {{get(): State, subscribe(listener: () => void): unknown}} page.store
 * @param {ReturnType<typeof import('./guide.js').createGuide>} page.guide
 * @param {HTMLElement} page.button that starts the tour
 * @param {() => void} page.onLayer the tour has opened or closed
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createHelp({ store, guide, button, onLayer }, t, numbers) {
  /** @type {ReturnType<typeof import('./tour.js').createTour> | null} */
  let tour = null;
  const state = () => guide.derive(store.get());

  async function onTour() {
    const [{ createTour }, texts] = await Promise.all([
      import('./tour.js'),
      loadWords('tour'),
      loadSheet('tour'),
    ]);
    tour ??= createTour(
      { state, onStage: guide.onStage, button, onLayer },
      createTranslate(texts),
      numbers,
    );
    tour.start();
  }

  return {
    /** Terms explain themselves; the numbers in that follow the drawing.
     * @param {import('../page/layers.js').Layers} layers */
    async explain(layers) {
      const [{ createTerms }, { liveTerm }] = await Promise.all([
        import('../page/terms/terms.js'),
        import('./live-terms.js'),
      ]);
      const live = (/** @type {string} */ id, /** @type {Translate} */ ofTerms) =>
        liveTerm(id, state(), t, ofTerms, numbers);
      const terms = await createTerms(live, layers);
      store.subscribe(terms.refresh);
    },

    onTour,

    /** @type {import('../page/layers.js').Layer} */
    layer: {
      name: 'tour',
      isOpen: () => tour?.isOpen() ?? false,
      close: () => tour?.close(),
      open: onTour,
    },

    update: () => tour?.update(),
  };
}
