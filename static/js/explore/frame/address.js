// The address that says what is shown, and what opens over that: an entry of the history, which Back closes. One that was asked for and is still to be heard of goes first: it is
// not written over by what comes later of the one before.

import { toFragment, toPlace } from '../place.js';

/** @import { Place } from '../types.js' */

/**
 * @param {import('../../page/layers.js').Browser & Pick<Window, 'location'>} browser
 * @param {(place: Place) => void} onPlace another place was asked for
 */
export function createAddress(browser, onPlace) {
  const { location, history } = browser;
  let heard = location.hash;
  /** @type {import('../../page/layers.js').Layers | null} once they are there */
  let layers = null;
  browser.addEventListener('hashchange', () => {
    heard = location.hash;
    onPlace(toPlace(heard));
  });
  return {
    /** A place that Back returns from; it is heard of as if it had been typed. @param {Place} place */
    step(place) {
      location.hash = toFragment(place);
    },
    /** What is shown is at another place. @param {Place} place */
    say(place) {
      if (location.hash !== heard) return;
      if (layers) layers.replace(toFragment(place));
      else history.replaceState(history.state, '', toFragment(place));
      heard = location.hash;
    },
    /** Terms explain themselves. @param {import('../../page/layers.js').Layer} layer what else can be open */
    async explain(layer) {
      const [{ createLayers }, { createTerms }] = await Promise.all([
        import('../../page/layers.js'),
        import('../../page/terms/terms.js'),
      ]);
      layers ??= createLayers([layer], () => {}, browser);
      await layers.start();
      await createTerms(undefined, layers);
    },
    /** Something has opened or closed. */
    sync: () => layers?.sync(),
  };
}
