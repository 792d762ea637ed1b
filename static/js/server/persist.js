// Asks the server until it answers, refuses, or nobody wants to know any more.

/** @import { Status } from './follower.js' */

export const SLOW_AFTER = 1500; // ms after which the server counts as slow
export const PAUSES = [300, 1000, 2000, 4000]; // ms to wait after the first, second, … failure in a row

/**
 * @template R
 * @param {() => Promise<R>} action
 * @param {object} options
 * @param {(status: Status, detail?: string) => void} options.onStatus
 * @param {(error: Error) => boolean} options.isFinal whether asking again is useless
 * @param {() => boolean} [options.isWanted]
 * @param {number} [options.slowAfter] ms after which the server counts as slow
 * @param {number[]} [options.pauses] ms to wait after the first, second, … failure
 * @param {(delay: number) => Promise<void>} [options.wait]
 * @returns {Promise<R | undefined>} undefined when it was refused or is no longer wanted
 */
export async function persist(
  action,
  {
    onStatus,
    isFinal,
    isWanted = () => true,
    slowAfter = SLOW_AFTER,
    pauses = PAUSES,
    wait = (delay) => new Promise((resolve) => setTimeout(resolve, delay)),
  },
) {
  for (let failures = 0; isWanted(); failures++) {
    const slow = setTimeout(() => onStatus('slow'), slowAfter);
    try {
      const reply = await action();
      onStatus('ok');
      return isWanted() ? reply : undefined;
    } catch (caught) {
      const error = /** @type {Error} */ (caught);
      if (isFinal(error)) {
        onStatus('refused', error.message);
        return undefined;
      }
      onStatus('failing');
    } finally {
      clearTimeout(slow);
    }
    await wait(pauses[Math.min(failures, pauses.length - 1)]);
  }
  onStatus('ok');
  return undefined;
}
