// Beside the question where a drawing lies: the map of a layer, on which the drawing's dot moves with the pen.

import { fitCanvas, make, say } from '../../page/dom.js';
import { isBlank } from '../../state/history.js';
import { layerName } from '../../state/names.js';
import { followedBy } from '../follow.js';
import { layerAt } from '../layers.js';
import { amongWords } from '../map/among.js';
import { extentOf, fitOf, middles, WHOLE } from '../map/frame.js';
import { paintDots, paintSmall } from '../map/paint.js';
import { companionKeys } from '../wants.js';

/** @import { ExploreState, MapOf, Placed } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */

const PAD = 14; // px around the map
const DOT = 1.4; // px across

/** @param {Translate} t */
export function createWhere(t) {
  const map = make('canvas', { class: 'preview-map', 'aria-hidden': 'true' });
  const over = make('canvas', { class: 'preview-map', 'aria-hidden': 'true' });
  const said = make('span', { class: 'small soft' });
  const among = make('span', {
    class: 'preview-among small soft',
    'data-no-terms': true,
    'data-testid': 'preview-among',
  });
  const element = make(
    'span',
    { class: 'preview' },
    make('span', { class: 'preview-field' }, said, map, over),
    among,
  );

  /** @type {ReturnType<typeof middles>} */
  let names = [];

  return {
    element,
    /** What it must be painted anew for. */
    size: () => [map.clientWidth, map.clientHeight],
    /** @param {MapOf | null} told none while the layer is read @param {string} waiting what stands there then */
    show(told, waiting) {
      say(said, told ? '' : waiting);
      map.hidden = over.hidden = !told;
      const [width, height] = [map.clientWidth, map.clientHeight];
      if (!told || !width) return;
      const { points, labels, indices } = told;
      const fit = fitOf(extentOf(points), width, height, WHOLE, PAD);
      const context = fitCanvas(map, width, height);
      paintDots(context, { points, labels, indices, wrong: null }, fit, map.width / width, DOT);
      names = middles(points, labels);
    },
    /** The drawing among the others. @param {ExploreState} state @param {MapOf | null} told */
    follow(state, told) {
      /** @type {Placed | null} */
      const placed =
        followedBy(state, 'placed', companionKeys(state.place, state.model).placed)?.value ?? null;
      const isEmpty = isBlank(state.drawing);
      if (isEmpty) say(among, t('blame.blank'));
      else if (placed) {
        const layer = layerName(layerAt(state.place, state.model), t);
        say(among, amongWords(placed.neighbours, layer, t));
      }
      among.classList.toggle('coming', !placed && !isEmpty);
      const [width, height] = [over.clientWidth, over.clientHeight];
      if (!width || !told) return;
      const context = fitCanvas(over, width, height);
      context.clearRect(0, 0, width, height);
      const fit = fitOf(extentOf(told.points), width, height, WHOLE, PAD);
      paintSmall(context, names, fit, placed?.point ?? null);
    },
  };
}
