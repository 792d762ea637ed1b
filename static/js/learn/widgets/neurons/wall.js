// The weights of all neurons of hidden 1 side by side, each as the picture that it looks for.

import { pageColors } from '../../../page/colors.js';
import { make } from '../../../page/dom.js';
import { SIDE } from '../../../state/units.js';
import { denseOf, most, paint } from '../matrix/product.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const LAYER = 'hidden1';
const COUNT = 16;

/** The weights into one unit, an input after the other. @param {import('../matrix/product.js').Dense} dense
 * @param {number} unit */
export const weightsInto = ({ kernel, inputs, units }, unit) =>
  Float64Array.from({ length: inputs }, (_, i) => kernel[i * units + unit]);

/** @param {Pick<Page, 'state' | 'onPart' | 'onSelect'>} page @param {Translate} t */
export function createWall({ state, onPart, onSelect }, t) {
  /** @type {unknown[]} what is painted */
  let painted = [];
  const tiles = Array.from({ length: COUNT }, (_, index) => {
    const canvas = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
    const element = make(
      'button',
      {
        type: 'button',
        'aria-label': t('wall.neuron', { number: index + 1 }),
        'data-testid': `wall-${index}`,
      },
      canvas,
      make('span', { class: 'small' }, String(index + 1)),
    );
    for (const event of ['pointerenter', 'focus'])
      element.addEventListener(event, () => onPart(`${LAYER}/${index}`));
    for (const event of ['pointerleave', 'blur'])
      element.addEventListener(event, () => onPart(null));
    element.addEventListener('click', () => onSelect({ layer: LAYER, index }));
    return { canvas, element };
  });
  const element = make(
    'div',
    { class: 'wall', 'data-testid': 'wall' },
    ...tiles.map((each) => each.element),
  );

  function update() {
    const dense = denseOf(state()?.weights, LAYER);
    const kept = state()?.selected;
    tiles.forEach((tile, index) =>
      tile.element.classList.toggle('at', kept?.layer === LAYER && kept.index === index),
    );
    if (dense?.inputs !== SIDE * SIDE || dense.units !== COUNT) return;
    const colors = pageColors();
    const is = [colors, dense.kernel];
    if (is.every((each, i) => each === painted[i])) return;
    painted = is;
    tiles.forEach(({ canvas }, index) => {
      const weights = weightsInto(dense, index);
      const full = most(weights);
      paint(canvas, (row, column) => colors.signedWord(weights[row * SIDE + column], full));
    });
  }

  return { element, quantities: {}, update, apply() {} };
}
