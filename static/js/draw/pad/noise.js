// Noise over a drawing: each pixel becomes (1 − s) · its value + s · chance, more with every press.

import { PIXELS } from '../../state/units.js';

/** @import { Drawing } from '../../state/types.js' */

const STEPS = [0.2, 0.4, 0.6, 0.8, 1];

/** @param {() => number} [random] 0..1 */
export function createNoise(random = Math.random) {
  /** @type {{clean: number[], label: number | null, step: number, made: Drawing} | null} */
  let last = null;

  /**
   * The drawing with more noise: on the clean one again, so that noise never piles up. After
   * nothing but noise comes the weakest again; on a blank pad there is nothing but noise.
   * @param {Drawing} drawing that is on the pad
   * @param {number[] | null} pixels that it goes in as, 0..255; null for a blank pad
   * @returns {Drawing}
   */
  return function more(drawing, pixels) {
    const again = last?.made === drawing ? last : null;
    const clean = again?.clean ?? pixels ?? new Array(PIXELS).fill(0);
    const label = again ? again.label : drawing.kind === 'pixels' ? drawing.label : null;
    const isBlank = clean.every((value) => value === 0);
    const step = isBlank ? STEPS.length - 1 : ((again?.step ?? -1) + 1) % STEPS.length;
    const noise = STEPS[step];
    const noisy = clean.map((value) => Math.round((1 - noise) * value + noise * random() * 255));
    /** @type {Drawing} */
    const made = {
      kind: 'pixels',
      pixels: noisy,
      label: noise < 1 ? label : null,
      index: null,
      noise,
    };
    last = { clean, label, step, made };
    return made;
  };
}
