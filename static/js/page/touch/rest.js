// Pointing at something counts once the pointer rests there: on its way it passes over much.

/** @import { Neuron } from '../../state/types.js' */

const REST = 400; // ms

/**
 * @param {() => void} onRest to be asked again
 * @param {() => number} [now] ms
 * @param {(act: () => void, after: number) => unknown} [later]
 */
export function createRest(onRest, now = () => performance.now(), later = setTimeout) {
  let at = '';
  let since = 0;
  return {
    /** Whether what is pointed at has been so for a moment, or nothing is. @param {Neuron | null} hovered */
    isAtRest(hovered) {
      const place = hovered ? `${hovered.layer}/${hovered.index}` : '';
      if (place !== at) {
        [at, since] = [place, now()];
        if (place) later(onRest, REST);
      }
      return !place || now() - since >= REST;
    },
  };
}
