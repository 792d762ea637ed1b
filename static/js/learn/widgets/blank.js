// What a network of dense layers makes of paper without ink, from the weights that are shown: the
// screen itself gives no answer there. tests/js/learn-widgets.test.js works it out by hand.

/** @import { State } from '../../state/types.js' */

const FUNCTIONS = /** @type {Record<string, (z: number[]) => number[]>} */ ({
  sigmoid: (z) => z.map((value) => 1 / (1 + Math.exp(-value))),
  relu: (z) => z.map((value) => Math.max(0, value)),
  softmax(z) {
    const most = Math.max(...z);
    const powers = z.map((value) => Math.exp(value - most));
    const sum = powers.reduce((all, power) => all + power, 0);
    return powers.map((power) => power / sum);
  },
});

/**
 * The outputs for an input of zeros: a = f(W a + b), layer by layer.
 * @param {Pick<State, 'model' | 'weights'>} state
 * @returns {number[] | null} null for what has other layers, or whose weights are not there
 */
export function emptyOutputs({ model, weights }) {
  /** @type {number[] | null} */
  let a = null;
  for (const { name, kind, activation } of model?.layers ?? []) {
    const [W, b] = [weights?.get(`${name}/W`), weights?.get(`${name}/b`)];
    const f = FUNCTIONS[activation ?? ''];
    if (kind !== 'dense' || !W || !b || !f) return null;
    const units = b.data.length;
    const z = Array.from(b.data);
    a?.forEach((value, i) => {
      for (let unit = 0; unit < units; unit += 1) z[unit] += value * W.data[i * units + unit];
    });
    a = f(z);
  }
  return a;
}
