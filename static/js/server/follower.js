// Keeps what is shown up with what is drawn: one request in flight and at most one a frame, the
// newest drawing wins, replies to something that is gone are dropped, and a server that fails or
// hangs is asked again, ever more slowly.

import { PAUSES, SLOW_AFTER } from './persist.js';

const FRAME = 16; // ms

/**
 * @typedef {object} Clock
 * @property {() => number} now ms
 * @property {(callback: () => void, delay: number) => any} setTimer
 * @property {(timer: any) => void} clearTimer
 * @property {(callback: () => void) => void} frame calls back before the next frame is painted
 */

/** @typedef {'ok' | 'slow' | 'failing' | 'refused'} Status */

/**
 * @template T, R
 * @typedef {object} FollowOptions
 * @property {(wanted: T, signal: AbortSignal) => Promise<R>} request
 * @property {(reply: R, wanted: T) => void} onReply a reply that is still of use
 * @property {(stale: boolean) => void} onStale whether what is shown has been outdated for too long
 * @property {(status: Status, detail?: string) => void} onStatus
 * @property {(error: Error) => boolean} isFinal whether asking again for the same is useless
 * @property {number} [staleAfter] ms for which what is shown may be outdated
 * @property {number} [slowAfter] ms after which the server counts as slow
 * @property {number} [patience] ms after which a request is given up
 * @property {number[]} [pauses] ms to wait after the first, second, … failure in a row
 * @property {Clock} [clock]
 */

/** @type {Clock} */
const PAGE_CLOCK = {
  now: () => performance.now(),
  setTimer: (callback, delay) => setTimeout(callback, delay),
  clearTimer: (timer) => clearTimeout(timer),
  frame: (callback) => requestAnimationFrame(callback),
};

/**
 * @template T, R
 * @param {FollowOptions<T, R>} options
 */
export function createFollower({
  request,
  onReply,
  onStale,
  onStatus,
  isFinal,
  staleAfter = 300,
  slowAfter = SLOW_AFTER,
  patience = 6000,
  pauses = PAUSES,
  clock = PAGE_CLOCK,
}) {
  /** @typedef {{wanted: T, version: number, at: number, controller: AbortController, timers: any[]}} Flight */
  /** @type {{wanted: T, version: number} | null} */
  let newest = null;
  let version = 0;
  let shown = 0; // the version that is settled: its reply is shown, or it was refused
  /** @type {Flight | null} */
  let flight = null;
  let frameAsked = false;
  let failures = 0;
  /** @type {any} */
  let retryTimer = null;
  /** @type {any} */
  let staleTimer = null;
  let stale = false;
  /** @type {number | null} since when what is shown is outdated */
  let outdated = null;
  /** @type {number | null} since when it will be outdated once the flight's reply is shown */
  let outdatedNext = null;

  /** Once outdated it stays so until it is nearly current again: on a slow line the mark would
   * otherwise come and go with every reply. */
  function watchStaleness() {
    if (staleTimer !== null) clock.clearTimer(staleTimer);
    staleTimer = null;
    const age = outdated === null ? -Infinity : clock.now() - outdated;
    stale = age >= (stale ? staleAfter / 3 : staleAfter);
    onStale(stale);
    if (!stale && outdated !== null) staleTimer = clock.setTimer(watchStaleness, staleAfter - age);
  }

  function askForFrame() {
    if (frameAsked || flight || retryTimer !== null || !newest || newest.version === shown) return;
    frameAsked = true;
    clock.frame(send);
  }

  function send() {
    frameAsked = false;
    if (flight || retryTimer !== null || !newest || newest.version === shown) return;
    /** @type {Flight} */
    const sent = { ...newest, at: clock.now(), controller: new AbortController(), timers: [] };
    flight = sent;
    outdatedNext = null;
    sent.timers = [
      clock.setTimer(() => onStatus('slow'), slowAfter),
      clock.setTimer(() => giveUp(sent), patience),
    ];
    request(sent.wanted, sent.controller.signal).then(
      (reply) => land(sent, () => arrive(sent, reply)),
      (error) => land(sent, () => fail(sent, error)),
    );
  }

  /** A flight that was dropped does not land. @param {Flight} sent @param {() => void} then */
  function land(sent, then) {
    if (flight !== sent) return;
    end(sent);
    then();
    if (clock.now() - sent.at < FRAME) askForFrame();
    else send(); // it took longer than a frame: to wait for the next would only be late
  }

  /** @param {Flight} sent */
  function end(sent) {
    for (const timer of sent.timers) clock.clearTimer(timer);
    flight = null;
  }

  /** @param {Flight} sent */
  function giveUp(sent) {
    land(sent, () => fail(sent, new Error('timeout')));
    sent.controller.abort();
  }

  /** @param {Flight} sent @param {R} reply */
  function arrive(sent, reply) {
    failures = 0;
    shown = sent.version;
    outdated = outdatedNext;
    onReply(reply, sent.wanted);
    onStatus('ok');
    watchStaleness();
  }

  /** @param {Flight} sent @param {Error} error */
  function fail(sent, error) {
    stale = true;
    onStale(stale);
    if (isFinal(error)) {
      shown = sent.version; // asking again would get the same answer
      onStatus('refused', error.message);
      return;
    }
    onStatus('failing');
    retryTimer = clock.setTimer(retry, pauses[Math.min(failures, pauses.length - 1)]);
    failures += 1;
  }

  function retry() {
    if (retryTimer !== null) clock.clearTimer(retryTimer);
    retryTimer = null;
    askForFrame();
  }

  return {
    /** Ask for this; what was wanted before is forgotten. @param {T} wanted */
    want(wanted) {
      version += 1;
      newest = { wanted, version };
      if (flight) outdatedNext ??= clock.now();
      if (outdated === null) {
        outdated = clock.now();
        watchStaleness();
      }
      askForFrame();
    },

    /** Nothing is wanted any more, and a reply on its way is of no use. */
    forget() {
      const dropped = flight;
      if (dropped) end(dropped);
      dropped?.controller.abort();
      newest = null;
      failures = 0;
      outdated = null;
      retry();
      watchStaleness();
      onStatus('ok');
    },

    /** Do not wait for the next try: there is reason to hope. */
    hurry() {
      if (retryTimer !== null) retry();
    },
  };
}
