// What may be played in a map: the way through the layers, and a training's checkpoints, a few of them, from
// random weights to the newest.

import { CHECKPOINT } from '../../state/names.js';
import { valueOf } from '../shelf.js';
import { keys } from '../wants.js';
import { createTour } from './tour.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { ExploreState, Run } from '../types.js' */
/** @import { Page } from '../rooms.js' */
/** @import { Way } from './tour.js' */

const STOPS = 12;

/** Some of the batches, evenly among the checkpoints, the first and the newest with them.
 * @param {number[]} kept in order @param {number} [most] */
export function stopsOf(kept, most = STOPS) {
  if (kept.length <= most) return kept;
  return Array.from(
    { length: most },
    (_, i) => kept[Math.round((i * (kept.length - 1)) / (most - 1))],
  );
}

/**
 * @param {Run} run @param {number} batch that is shown @param {boolean} isThere
 * @returns {Way} by the ids of the networks
 */
export function wayThrough({ id, kept, isGrowing }, batch, isThere) {
  const stops = stopsOf(kept);
  const following = stops.find((each) => each > batch);
  return {
    first: `${id}-${stops[0] ?? batch}`,
    now: `${id}-${batch}`,
    following: following === undefined ? null : `${id}-${following}`,
    isThere,
    isGrowing,
  };
}

/**
 * @param {Pick<Page, 'onOptions' | 'onModel' | 'onAgain'>} page
 * @param {Translate} t
 */
export function createWays(page, t) {
  let model = '';
  const layers = createTour('tour', { onStep: (value) => page.onOptions({ layer: value }) }, t);
  const training = createTour(
    'training',
    { onStep: page.onModel, onMore: () => model && page.onAgain(keys.run(model)) },
    t,
  );

  return {
    elements: [layers.element, training.element],
    /** The map stands still. */
    rest() {
      layers.rest();
      training.rest();
    },
    /** Probabilities lie in corners, so the way through the layers ends before them.
     * @param {ExploreState} now @param {string} at the layer @param {string[]} names
     * @param {boolean} isThere its map is */
    update(now, at, names, isThere) {
      model = now.model?.id ?? '';
      const walked = names.slice(0, -1);
      const following = walked[walked.indexOf(at) + 1] ?? null;
      layers.update({ first: walked[0], now: at, following, isThere });
      const checkpoint = CHECKPOINT.exec(model);
      const run = checkpoint && valueOf(now, keys.run(model));
      training.element.hidden = !run || run.kept.length < 2;
      if (run) training.update(wayThrough(run, Number(checkpoint[1]), isThere));
    },
  };
}
