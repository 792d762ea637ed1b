// How far each pixel moves the first hidden layer, on average over the test digits: its mean ink, times
// the mean size of its weights.

import { make, say } from '../../../page/dom.js';
import { pageColors } from '../../../page/colors.js';
import { createTriple, pixelIn, placeOf } from './triple.js';

/** @import { Neuron, State, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */

const NAMES = /** @type {const} */ (['ink', 'size', 'moves']);

/**
 * @param {{state: () => State | null, meanInk: () => number[] | null,
 *   onPoint: (index: number | null) => void, onSelect: (unit: Neuron) => void}} page
 * @param {(index: number) => number | null} sizeOf the mean size of a pixel's weights
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createAverages({ state, meanInk, onPoint, onSelect }, sizeOf, t, numbers) {
  const named = NAMES.map((name) => ({ name, caption: t(`averages.${name}`) }));
  const pictures = createTriple(named, 'average', onPoint, (index) =>
    onSelect({ layer: 'input', index }),
  );
  const told = make('p', { class: 'number small', role: 'status', 'data-testid': 'averages' });
  const element = make('div', { class: 'averages' }, pictures.element, told);
  /** @type {unknown[]} */
  let painted = [];

  /** @param {number[]} ink @param {number | null} pixel */
  function paint(ink, pixel) {
    const colors = pageColors();
    const sizes = ink.map((_, i) => sizeOf(i) ?? 0);
    const values = { ink, size: sizes, moves: ink.map((value, i) => value * sizes[i]) };
    const colours = NAMES.map((name) => {
      const most = Math.max(...values[name]);
      return [name, (/** @type {number} */ i) => colors.activation(values[name][i] / most, 1)];
    });
    pictures.paint(Object.fromEntries(colours), [pixel]);
    if (pixel === null) return say(told, t('averages.point'));
    const [one, two, three] = NAMES.map((name) => numbers.three(values[name][pixel]));
    const is = ink[pixel] === 0 ? '=' : '≈'; // no ink at all moves nothing, exactly
    say(told, t('averages.told', { ...placeOf(pixel), ink: one, size: two, is, moves: three }));
  }

  return {
    element,
    quantities: {},
    update() {
      const [now, ink] = [state(), meanInk()];
      if (!ink || !now || sizeOf(0) === null) return;
      const pixel = pixelIn(now);
      const seen = [ink, now.weights, pageColors(), pixel];
      if (seen.every((each, i) => each === painted[i])) return;
      painted = seen;
      paint(ink, pixel);
    },
    apply() {},
    destroy: () => onPoint(null),
  };
}
