// Says the result to those who listen: once the pen is up and the answer has rested, not per frame.

/** @import { State } from '../state/types.js' */

/**
 * @param {HTMLElement} line a polite live region
 * @param {(state: State) => string} sentence
 * @param {number} [rest] ms
 */
export function createSpeech(line, sentence, rest = 700) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {State['reading']} */
  let spoken = null;

  return {
    /** @param {State} state */
    update(state) {
      const { reading, penDown, stale, status } = state;
      if (reading === spoken) return;
      clearTimeout(timer);
      if (reading === null && !penDown) {
        // what was said holds no more
        spoken = null;
        line.textContent = sentence(state);
        return;
      }
      if (penDown || stale || status !== 'ok') return;
      timer = setTimeout(() => {
        spoken = reading;
        line.textContent = sentence(state);
      }, rest);
    },
    destroy: () => clearTimeout(timer),
  };
}
