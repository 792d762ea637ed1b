// Pointing at something counts once the pointer rests there: on its way it passes over much.

/** @import { Neuron } from '../../state/types.js' */

const DWELL = 400; // ms

/**
 * @param {() => void} onDwell to be asked again
 * @param {() => number} [now] ms
 * @param {(act: () => void, after: number) => unknown} [later]
 */
export function createDwell(onDwell, now = () => performance.now(), later = setTimeout) {
  let at = '';
  let since = 0;
  return {
    /** Whether what is pointed at has been so for a moment, or nothing is. @param {Neuron | null} hovered */
    isDwelling(hovered) {
      const place = hovered ? `${hovered.layer}/${hovered.index}` : '';
      if (place !== at) {
        [at, since] = [place, now()];
        if (place) later(onDwell, DWELL);
      }
      return !place || now() - since >= DWELL;
    },
  };
}
