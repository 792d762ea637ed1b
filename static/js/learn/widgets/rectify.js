// ReLU beside the sigmoid on axes that stay, and on it the neuron that is kept or pointed at.

import { make } from '../../page/dom.js';
import { sigmoid } from './matrix/product.js';
import { createPlot, pointsOf } from './plot.js';

/** @import { Numbers } from '../../page/words.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Page } from './make.js' */

const [LEAST, STEP] = [6, 6]; // how far the axes go

/** max(0, z). @param {number} z */
export const rectified = (z) => Math.max(0, z);

/** How far the axes reach so that a z lies within. @param {number} z */
export const reachOf = (z) => Math.max(LEAST, STEP * Math.ceil(Math.abs(z) / STEP));

/** @param {Pick<Page, 'quantities'>} page @param {Translate} t @param {Numbers} numbers */
export function createRectify({ quantities }, t, numbers) {
  const plot = createPlot(t('rectify.label'));
  const element = make('div', { class: 'rectify', 'data-testid': 'rectify' }, plot.element);

  return {
    element,
    quantities: {},
    update() {
      const now = quantities();
      const z = now.z?.(now.layer?.() ?? '', now.unit?.() ?? -1);
      const isShown = typeof z === 'number' && String(now.layer?.()).startsWith('hidden');
      const far = reachOf(isShown ? z : 0);
      const ticks = [-far, -far / 2, 0, far / 2, far];
      plot.show({
        x: { from: -far, to: far, ticks, name: 'z' },
        y: { from: 0, to: far, ticks: [0, far / 2, far], name: 'a' },
        curves: [
          { points: pointsOf(sigmoid, -far, far), kind: 'second' },
          {
            points: [
              [-far, 0],
              [0, 0],
              [far, far],
            ],
          },
        ],
        dots: [
          ...(isShown
            ? [
                {
                  at: /** @type {[number, number]} */ ([z, rectified(z)]),
                  words: t('rectify.here', { z: numbers.three(z), a: numbers.three(rectified(z)) }),
                  ...(z > 0 ? { side: /** @type {const} */ ('before') } : {}),
                },
              ]
            : []),
          { at: [far, 1], kind: 'second', words: t('rectify.sigmoid'), side: 'before' },
        ],
      });
    },
    apply() {},
  };
}
