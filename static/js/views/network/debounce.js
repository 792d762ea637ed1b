// Does something with the newest value once values have stopped coming for a while.

/**
 * @template T
 * @param {number} quiet ms
 * @param {(value: T) => void} act
 */
export function createDebounce(quiet, act) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let newest = /** @type {{value: T, at: number} | null} */ (null);

  /** A new timer for every value would cost more than one that looks again. */
  function look() {
    timer = undefined;
    if (!newest) return;
    const left = quiet - (performance.now() - newest.at);
    if (left > 1) {
      timer = setTimeout(look, left);
      return;
    }
    const { value } = newest;
    newest = null;
    act(value);
  }

  return {
    /** @param {T} value */
    when(value) {
      newest = { value, at: performance.now() };
      timer ??= setTimeout(look, quiet);
    },
    destroy() {
      clearTimeout(timer);
      newest = null;
    },
  };
}
