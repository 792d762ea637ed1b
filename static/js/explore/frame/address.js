// The address that says what is shown. One that was asked for and is still to be heard of goes first: it is
// not written over by what comes later of the one before.

import { toFragment, toPlace } from '../place.js';

/** @import { Place } from '../types.js' */

/**
 * @param {Pick<Window, 'location' | 'history' | 'addEventListener'>} browser
 * @param {(place: Place) => void} onPlace another place was asked for
 */
export function createAddress(browser, onPlace) {
  const { location, history } = browser;
  let heard = location.hash;
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
      history.replaceState(history.state, '', toFragment(place));
      heard = location.hash;
    },
  };
}
