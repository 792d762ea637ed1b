// A term's sign by its colours: the picture, the weights of one neuron, and their products. The square that
// lowers the sum most is framed; what comes of it waits for the guess.

import { make, say } from '../../../page/dom.js';
import { pageColors } from '../../../page/colors.js';
import { PIXELS } from '../../../state/units.js';
import { denseOf } from '../matrix/product.js';
import { createTriple, pixelIn, placeOf } from './triple.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const NAMES = /** @type {const} */ (['a', 'w', 'product']);

/**
 * @param {Pick<Page, 'state' | 'pixels' | 'onPoint'>} page
 * @param {{layer: string, index: number}} unit
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createSigns({ state, pixels, onPoint }, unit, t, numbers) {
  const pictures = createTriple(
    NAMES.map((name) => ({ name, caption: t(`signs.${name}`) })),
    'sign',
    onPoint,
  );
  const swatches = NAMES.map((name) => make('i', { 'data-testid': `sign-${name}-colour` }));
  const told = make('p', { class: 'number small', role: 'status', 'data-testid': 'signs' });
  const row = make('div', { class: 'averages-row sign-colours', 'aria-hidden': 'true' });
  swatches.forEach((swatch, i) =>
    row.append(...(i ? [make('span', {}, '×='[i - 1])] : []), swatch),
  );
  const element = make('div', { class: 'averages signs' }, pictures.element, row, told);
  /** @type {unknown[]} */
  let painted = [];

  /** @param {number[]} a @param {number[]} w @param {number | null} pointed */
  function paint(a, w, pointed) {
    const colors = pageColors();
    const products = w.map((weight, i) => weight * a[i]);
    const full = Math.max(...w.map(Math.abs)); // one scale for both
    const asked = products.indexOf(Math.min(...products));
    const colours = {
      a: (/** @type {number} */ i) => colors.activation(a[i], 1),
      w: (/** @type {number} */ i) => colors.signed(w[i], full),
      product: (/** @type {number} */ i) => colors.signed(products[i], full),
    };
    const pixel = pointed ?? asked;
    pictures.paint(colours, [pixel]);
    swatches.forEach((swatch, i) =>
      swatch.style.setProperty('background', colours[NAMES[i]](pixel)),
    );
    const [weight, ink, product] = [w, a, products].map((each) => numbers.two(each[pixel]));
    say(told, t('signs.told', { ...placeOf(pixel), weight, ink, product }));
  }

  return {
    element,
    quantities: {},
    update() {
      const [now, a] = [state(), pixels()];
      const dense = denseOf(now?.weights, unit.layer);
      if (!now || a?.length !== PIXELS || dense?.inputs !== PIXELS) return;
      const seen = [a, now.weights, pageColors(), pixelIn(now)];
      if (seen.every((each, i) => each === painted[i])) return;
      painted = seen;
      const w = a.map((_, i) => dense.kernel[i * dense.units + unit.index]);
      paint(a, w, pixelIn(now));
    },
    apply() {},
    destroy: () => onPoint(null),
  };
}
