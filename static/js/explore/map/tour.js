// From the pixels through all layers, one after the other: the digits come apart before one's eyes.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

const LOOKS = 900; // ms that each map is looked at

/**
 * @param {(layer: string) => void} onLayer
 * @param {Translate} t
 */
export function createTour(onLayer, t) {
  const element = make(
    'button',
    {
      type: 'button',
      class: 'map-tour small',
      'data-testid': 'map-tour',
      'aria-pressed': 'false',
      title: t('map.tour.hint'),
    },
    t('map.tour'),
  );
  let isPlaying = false;
  let isReady = false; // the layer's map is there
  let hasRested = true; // and stands still
  /** @type {string[]} */
  let names = [];
  let now = '';
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {boolean} on */
  function play(on) {
    isPlaying = on;
    element.setAttribute('aria-pressed', String(on));
    say(element, t(on ? 'map.tour.stop' : 'map.tour'));
    clearTimeout(timer);
    timer = undefined;
    if (!on) return;
    hasRested = now !== names[0] ? false : hasRested;
    if (now !== names[0]) onLayer(names[0]);
    else next();
  }

  function next() {
    if (!isPlaying || !isReady || !hasRested || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      const following = names[names.indexOf(now) + 1];
      if (following === undefined) return play(false);
      hasRested = false;
      onLayer(following);
    }, LOOKS);
  }

  element.addEventListener('click', () => play(!isPlaying));

  return {
    element,
    /** @param {string[]} all @param {string} layer @param {boolean} isThere */
    update(all, layer, isThere) {
      names = all;
      now = layer;
      isReady = isThere;
      next();
    },
    /** The map stands still. */
    rest() {
      hasRested = true;
      next();
    },
  };
}
