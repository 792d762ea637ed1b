// Follows the runs on the server: the list, and what is new of those that are looked at. Asked more
// often while something is on its way; a server that fails is asked again, ever more slowly.

import { ProblemError } from '../../server/api.js';
import { knownUntil, merged } from './merge.js';
import { isGoing, isOver } from './progress.js';

/** @import { TrainState } from '../types.js' */
/** @import { TrainingServer } from '../server.js' */
/** @import { Status } from '../../server/follower.js' */

const OFTEN = 400; // ms while a run that is looked at goes on
const SELDOM = 3000;
const LIST_EVERY = 2000;
const PAUSES = [500, 1000, 2000, 4000];

/**
 * @param {Pick<TrainingServer, 'runs' | 'run'>} server
 * @param {{get(): TrainState, set(change: Partial<TrainState>): void}} store
 * @param {(status: Status, detail?: string) => void} tell
 * @param {{now: () => number, setTimer: (callback: () => void, delay: number) => any, clearTimer: (timer: any) => void}} [clock]
 */
export function createWatcher(
  server,
  store,
  tell,
  clock = {
    now: () => performance.now(),
    setTimer: (callback, delay) => setTimeout(callback, delay),
    clearTimer: (timer) => clearTimeout(timer),
  },
) {
  /** @type {any} */
  let timer = null;
  /** @type {Promise<void> | null} */
  let looking = null;
  let again = false;
  let failures = 0;
  let listed = -Infinity;
  /** @type {Set<string>} */
  const gone = new Set();

  const shown = () => {
    const { watched, beside } = store.get();
    return [watched, beside].filter((id) => id !== null);
  };

  /** Whether all is known that will ever come. @param {string} id */
  function isComplete(id) {
    const { details, runs } = store.get();
    const now = runs.find((run) => run.id === id);
    const known = details[id];
    return known !== undefined && isOver(known.run) && now?.title === known.run.title;
  }

  /** @param {string} id */
  async function follow(id) {
    if (isComplete(id)) return;
    try {
      const more = await server.run(id, knownUntil(store.get().details[id]));
      const { details, runs } = store.get();
      store.set({
        details: { ...details, [id]: merged(details[id], more) },
        runs: runs.map((run) => (run.id === id ? more.run : run)),
      });
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 404) throw error;
      const { details, watched } = store.get();
      if (watched === id) store.set({ gone: details[id]?.run.title ?? '' });
      forget(id);
    }
  }

  /** A run is gone, also from a list that was asked for before. @param {string} id */
  function forget(id) {
    gone.add(id);
    const { details, runs, watched, beside } = store.get();
    const { [id]: _, ...rest } = details;
    store.set({
      details: rest,
      runs: runs.filter((run) => run.id !== id),
      ...(watched === id ? { watched: null, batch: null, playing: false } : {}),
      ...(beside === id ? { beside: null } : {}),
    });
  }

  /** @returns {Promise<void>} */
  function look() {
    timer = null;
    if (looking) again = true;
    else looking = ask();
    return looking;
  }

  async function ask() {
    try {
      if (clock.now() - listed >= LIST_EVERY) {
        const { runs, usage, trouble } = await server.runs();
        store.set({ runs: runs.filter(({ id }) => !gone.has(id)), usage, trouble });
        listed = clock.now();
      }
      await Promise.all(shown().map(follow));
      failures = 0;
      tell('ok');
    } catch {
      failures += 1;
      if (failures > 1) tell('failing');
    }
    looking = null;
    next();
  }

  function next() {
    const { runs } = store.get();
    const going = runs.some(
      (run) => shown().includes(run.id) && (isGoing(run) || run.state === 'paused'),
    );
    const pause = failures
      ? PAUSES[Math.min(failures, PAUSES.length) - 1]
      : again
        ? 0
        : going
          ? OFTEN
          : SELDOM;
    again = false;
    if (timer !== null) clock.clearTimer(timer);
    timer = clock.setTimer(look, pause);
  }

  return {
    /** Look at once. @param {boolean} [list] at all runs, too */
    hurry(list = false) {
      if (list) listed = -Infinity;
      if (timer !== null) clock.clearTimer(timer);
      return look();
    },
    /** Until what was asked is answered. */
    quiet: () => looking ?? Promise.resolve(),
    forget,
  };
}
