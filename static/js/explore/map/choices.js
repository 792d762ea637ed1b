// What can be chosen about the map: the layer, how it is laid out, what stands for a digit, what its colour
// says.

import { createSelect, createSwitch } from '../choice.js';
import { methodAt } from '../wants.js';
import { layerName } from '../../state/names.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Create } from '../rooms.js' */
/** @import { ExploreState } from '../types.js' */

/** @param {Parameters<Create>[1]} page @param {Translate} t */
export function createChoices(page, t) {
  const layer = createSelect('map-layer', t('unit.layer'), (value) =>
    page.onOptions({ layer: value }, true),
  );
  const method = createSwitch(
    'map-method',
    t('map.method'),
    [
      ['pca', 'PCA'],
      ['tsne', 't-SNE'],
    ],
    (value) => page.onOptions({ method: value }, true),
  );
  const show = createSwitch(
    'map-show',
    t('map.show'),
    [
      ['dots', t('map.dots')],
      ['digits', t('map.digits')],
    ],
    (value) => page.onOptions({ show: value }),
  );
  const by = createSwitch(
    'map-by',
    t('map.by'),
    [
      ['label', t('map.by.label')],
      ['wrong', t('map.by.wrong')],
    ],
    (value) => page.onOptions({ by: value }),
  );
  return {
    elements: [layer.element, method.element, show.element, by.element],
    /** @param {ExploreState['place']} place @param {string[]} names of the layers @param {string} at */
    show(place, names, at) {
      layer.show(
        names.map((each) => [each, layerName(each, t)]),
        at,
      );
      method.show(methodAt(place));
      show.show(place.options.show === 'digits' ? 'digits' : 'dots');
      by.show(place.options.by === 'wrong' ? 'wrong' : 'label');
    },
  };
}
