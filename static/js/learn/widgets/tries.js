// A neuron tried on three pictures at once: a level bar, a filled block, an upright post. Each stands
// there as the neuron gets it, above what it makes of it.

import { make, say } from '../../page/dom.js';
import { pageColors } from '../../page/colors.js';
import { picturesOf } from '../challenges/pictures.js';
import { SIDE } from '../../state/units.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const PICTURES = ['bar', 'block', 'post'];

/**
 * @param {(picture: string) => number} value of the neuron that is kept, NaN while it is on its way
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createTries(value, t, numbers) {
  const shown = PICTURES.map((picture) => {
    const canvas = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
    const number = make('strong', { class: 'number', 'data-testid': `tried-${picture}` });
    const meter = make('span', { class: 'deep-bar', 'aria-hidden': 'true' });
    const element = make(
      'figure',
      {},
      canvas,
      make('figcaption', {}, t(`tries.${picture}`), ' ', number, meter),
    );
    return { picture, canvas, number, meter, element };
  });
  const element = make('div', { class: 'tries' }, ...shown.map((each) => each.element));
  /** @type {unknown} */
  let painted = null;

  function paint() {
    const colors = pageColors();
    if (painted === colors) return;
    painted = colors;
    for (const { picture, canvas } of shown) {
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
      context.fillStyle = colors.activation(0, 1);
      context.fillRect(0, 0, SIDE, SIDE);
      context.fillStyle = colors.activation(1, 1);
      for (const pixel of picturesOf(picture)[0])
        context.fillRect(pixel % SIDE, Math.floor(pixel / SIDE), 1, 1);
    }
  }
  paint();

  return {
    element,
    quantities: {},
    update() {
      paint();
      for (const { picture, number, meter } of shown) {
        const now = value(picture);
        say(number, Number.isNaN(now) ? '–' : numbers.two(now));
        meter.style.setProperty('--size', `${Math.min(1, Math.max(0, now || 0)) * 100}%`);
      }
    },
    apply() {},
  };
}
