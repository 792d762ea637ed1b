// A term's sign by its colours: the picture, the weights of one neuron, and their products. The square that
// lowers the sum most is framed; what comes of it waits for the guess.

import { make, say } from '../../../page/dom.js';
import { pageColors } from '../../../page/colors.js';
import { PIXELS } from '../../../state/units.js';
import { denseOf } from '../matrix/product.js';
import { createTriple, pixelIn, placeOf } from './triple.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const NAMES = /** @type {const} */ (['a', 'w', 'product']);
const DIGITS = [2, 3, 4, 5, 6, 7];

/** Two factors and their product, to two decimals; the factors with the fewest that give it as they are written.
 * @param {number} a @param {number} w @returns {string[]} */
export function multiplied(a, w) {
  const rounded = (/** @type {number} */ value, /** @type {number} */ digits) =>
    Number(value.toFixed(digits)) + 0; // no −0
  const product = rounded(a * w, 2);
  const digits = DIGITS.find((d) => rounded(rounded(a, d) * rounded(w, d), 2) === product) ?? 2;
  const written = (/** @type {number} */ value, /** @type {number} */ decimals) =>
    rounded(value, decimals).toFixed(decimals).replace('-', '−');
  return [written(a, digits), written(w, digits), written(product, 2)];
}

/**
 * @param {Pick<Page, 'state' | 'pixels' | 'onPoint' | 'onSelect'>} page
 * @param {{layer: string, index: number}} unit
 * @param {Translate} t
 */
export function createSigns({ state, pixels, onPoint, onSelect }, unit, t) {
  const pictures = createTriple(
    NAMES.map((name) => ({ name, caption: t(`signs.${name}`) })),
    'sign',
    onPoint,
    (index) => onSelect({ layer: 'input', index }),
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
    const [ink, weight, product] = multiplied(a[pixel], w[pixel]);
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
