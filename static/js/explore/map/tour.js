// From map to map, one after the other: through the layers, or through a training's checkpoints. The same
// digits come apart before one's eyes.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

const LOOKS = 900; // ms that each map is looked at

/**
 * @typedef {object} Way
 * @property {string} first where it begins
 * @property {string} now what is shown
 * @property {string | null} following what comes next, null at the end
 * @property {boolean} isThere the map of what is shown is there
 * @property {boolean} [isGrowing] there may be more behind the end
 */

/**
 * @param {'tour' | 'training'} name
 * @param {{onStep: (next: string) => unknown, onMore?: () => void}} events a step that cannot be made gives false
 * @param {Translate} t
 */
export function createTour(name, { onStep, onMore = () => {} }, t) {
  const element = make(
    'button',
    {
      type: 'button',
      class: 'map-tour small',
      'data-testid': `map-${name}`,
      'aria-pressed': 'false',
      title: t(`map.${name}.hint`),
    },
    t(`map.${name}`),
  );
  let isPlaying = false;
  let hasRested = true; // the map stands still
  /** @type {Way} */
  let way = { first: '', now: '', following: null, isThere: false };
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {boolean} on */
  function play(on) {
    isPlaying = on;
    element.setAttribute('aria-pressed', String(on));
    say(element, t(on ? 'map.tour.stop' : `map.${name}`));
    clearTimeout(timer);
    timer = undefined;
    if (!on) return;
    if (way.now !== way.first) step(way.first);
    else next();
  }

  /** @param {string} to */
  async function step(to) {
    hasRested = false;
    if ((await onStep(to)) === false) play(false);
  }

  function next() {
    if (!isPlaying || !way.isThere || !hasRested || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      if (element.offsetParent === null)
        play(false); // another view is looked at
      else if (way.following !== null) step(way.following);
      else if (way.isGrowing) onMore();
      else play(false);
    }, LOOKS);
  }

  element.addEventListener('click', () => play(!isPlaying));

  return {
    element,
    /** @param {Way} current */
    update(current) {
      way = current;
      next();
    },
    /** The map stands still. */
    rest() {
      hasRested = true;
      next();
    },
  };
}
