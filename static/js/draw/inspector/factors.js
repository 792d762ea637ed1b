// A neuron's arithmetic as pictures: what it reads × its weights = what each gives. A pooling's window
// is the first of them alone.

import { make } from '../../page/dom.js';
import { createPicture } from '../../views/pictures.js';

/** @typedef {ReturnType<typeof createFactors>} Factors */

/**
 * @param {(source: number | null) => void} onPoint
 * @param {HTMLElement[]} slide what stands before and behind them: the maps under a window, the map it draws
 */
export function createFactors(onPoint, [under, drawn]) {
  const [sources, weights, products] = ['sources', 'weights', 'products'].map((id) =>
    createPicture(`inspector-${id}`, onPoint),
  );
  /** @param {string} text */
  const sign = (text) => make('span', { class: 'operator', 'aria-hidden': 'true' }, text);
  const others = [sign('×'), weights.element, sign('='), products.element];
  return {
    element: make('div', { class: 'inspector-pictures' }, under, sources.element, ...others, drawn),
    sources,
    weights,
    products,
    /** @param {boolean} isWhole whether there are weights */
    showWeights(isWhole) {
      for (const each of others) each.toggleAttribute('hidden', !isWhole);
    },
  };
}
