// Keeps what is shown up with what is drawn: one request in flight, the newest drawing wins, replies
// to something that is gone are dropped, and a server that fails is tried again, ever more slowly.

/**
 * @template T, R
 * @typedef {object} FollowOptions
 * @property {(wanted: T) => Promise<R>} request
 * @property {(reply: R, wanted: T) => void} onReply a reply that is still of use
 * @property {(change: {stale?: boolean, status?: 'ok' | 'slow' | 'failing' | 'refused', detail?: string}) => void} onStatus
 * @property {(error: Error) => boolean} isFinal whether asking again for the same is useless
 * @property {number} [staleAfter] ms after which what is shown counts as outdated
 * @property {number} [slowAfter] ms after which the server counts as slow
 * @property {number[]} [pauses] ms to wait after the first, second, … failure
 * @property {(callback: () => void, delay: number) => any} [setTimer]
 * @property {(timer: any) => void} [clearTimer]
 */

/**
 * @template T, R
 * @param {FollowOptions<T, R>} options
 */
export function createFollower({
  request,
  onReply,
  onStatus,
  isFinal,
  staleAfter = 300,
  slowAfter = 1500,
  pauses = [300, 1000, 2000, 4000],
  setTimer = (callback, delay) => setTimeout(callback, delay),
  clearTimer = (timer) => clearTimeout(timer),
}) {
  /** @type {{wanted: T, version: number} | null} */
  let newest = null;
  let version = 0;
  let shown = 0; // the version of the newest reply
  let generation = 0; // replies of an earlier generation are dropped
  let busy = false;
  let failures = 0;
  /** @type {any} */
  let retryTimer = null;
  /** @type {any} */
  let staleTimer = null;

  function watchStaleness() {
    if (staleTimer === null) {
      staleTimer = setTimer(() => {
        staleTimer = null;
        if (shown < version) onStatus({ stale: true });
      }, staleAfter);
    }
  }

  function settle() {
    if (staleTimer !== null) clearTimer(staleTimer);
    staleTimer = null;
    onStatus({ stale: false });
  }

  async function send() {
    if (busy || !newest || newest.version === shown || retryTimer !== null) return;
    busy = true;
    const asked = newest;
    const askedIn = generation;
    const slowTimer = setTimer(() => onStatus({ status: 'slow' }), slowAfter);
    try {
      const reply = await request(asked.wanted);
      failures = 0;
      if (askedIn === generation) {
        shown = asked.version;
        onReply(reply, asked.wanted);
        if (shown === version) settle();
      }
      onStatus({ status: 'ok' });
    } catch (error) {
      if (askedIn === generation) fail(asked, /** @type {Error} */ (error));
    } finally {
      clearTimer(slowTimer);
      busy = false;
      send();
    }
  }

  /**
   * @param {{wanted: T, version: number}} asked
   * @param {Error} error
   */
  function fail(asked, error) {
    if (isFinal(error)) {
      shown = asked.version; // asking again would get the same answer
      onStatus({ status: 'refused', detail: error.message, stale: true });
      return;
    }
    onStatus({ status: 'failing', stale: true });
    const pause = pauses[Math.min(failures, pauses.length - 1)];
    failures += 1;
    retryTimer = setTimer(() => {
      retryTimer = null;
      send();
    }, pause);
  }

  return {
    /** Ask for this; what was wanted before is forgotten. @param {T} wanted */
    want(wanted) {
      version += 1;
      newest = { wanted, version };
      watchStaleness();
      send();
    },
    /** Nothing is wanted any more, and replies on their way are not of use. */
    forget() {
      generation += 1;
      newest = null;
      shown = version;
      if (retryTimer !== null) clearTimer(retryTimer);
      retryTimer = null;
      failures = 0;
      settle();
      onStatus({ status: 'ok' });
    },
  };
}
