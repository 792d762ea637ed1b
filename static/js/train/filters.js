// The first layer's weights as pictures: what each neuron, filter or gate looks for.

import { make, say } from '../page/dom.js';
import { layerName } from '../state/names.js';
import { fullOf } from '../views/kernels.js';
import { firstKernel, paintTiles, tilesOf } from '../views/tiles.js';
import { createChanged } from '../state/store.js';

/** @import { State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/**
 * @param {HTMLElement} container
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createFilters(container, t, numbers) {
  const title = make('h3', {});
  const about = make('p', { class: 'small soft', 'data-testid': 'filters-about' });
  const canvas = make('canvas', { role: 'img', 'data-testid': 'filters', class: 'filters' });
  container.append(make('div', { class: 'filters-head' }, title, about), canvas);
  const changed = createChanged();

  return {
    /**
     * The same weights have the same colours, whatever was looked at before: the scale is their own.
     * @param {State} page
     * @param {string | null} run that is watched: another network's weights do not stand for its own
     * @param {boolean} isAwaited whether it has none yet
     */
    update(page, run, isAwaited) {
      if (page.problem === 'houses') return; // a house's weights stand at its edges
      if (!changed({ ...page, run, isAwaited }, 'weights', 'model', 'theme', 'run', 'isAwaited'))
        return;
      const kernel = firstKernel(page, page.weights);
      const isPicture = kernel && (page.problem !== 'pen' || kernel.arithmetic === 'gates');
      container.hidden = !isPicture || isAwaited;
      const isOwn = run === null || page.model?.id.startsWith(`${run}-`) === true;
      container.classList.toggle('awaited', !isOwn); // its place is kept until its own are here
      if (!isPicture || !isOwn) return;
      const full = fullOf(kernel.data);
      const tiles = tilesOf(kernel);
      paintTiles(canvas, kernel.data, tiles, full);
      canvas.dataset.full = String(full);
      canvas.dataset.kind = tiles.kind;
      const heading = t('filters.title', { layer: layerName(kernel.name, t) });
      say(title, heading);
      canvas.setAttribute('aria-label', heading);
      say(
        about,
        t(`filters.${tiles.kind}`, {
          shown: tiles.shown,
          count: tiles.count,
          full: numbers.two(full),
        }),
      );
    },
  };
}
