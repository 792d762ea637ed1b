// What was asked for, by what it is: each thing once, kept as long as there is room. What the server
// says is still running is asked for again, and what came of it so far is shown.

import { ProblemError } from '../server/api.js';

/** @import { ExploreState, Loaded, Subject, Want } from './types.js' */

const MOST = 60; // things that are kept
const PATIENCE = 120_000; // ms until a request is given up: sixty thousand digits take their time
const AGAIN = 250; // ms until what runs is asked for again
const LOST = [500, 1000, 2000, 4000]; // ms until a server that does not answer is asked again

const SETTLED = ['done', 'failed', 'gone', 'cancelled'];

/** Whether nobody answered, as while a server starts anew; any other failure is told. @param {Error} error */
const isLost = (error) => error instanceof TypeError || /^HTTP 50[24]$/.test(error.message);

/** @param {number} delay @param {AbortSignal} signal @returns {Promise<void>} */
const rest = (delay, signal) =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, delay);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });

/**
 * @param {{get(): Pick<ExploreState, 'loaded'>, set(change: Partial<ExploreState>): void}} store
 * @param {typeof rest} [pause]
 */
export function createShelf(store, pause = rest) {
  /** @type {Map<string, {controller: AbortController, want: Want}>} */
  const running = new Map();

  /** @param {string} key @param {Partial<Loaded>} change */
  function put(key, change) {
    const { loaded } = store.get();
    const old = loaded[key] ?? { state: 'loading', value: null, progress: 0, problem: '' };
    const { [key]: _, ...others } = loaded;
    store.set({ loaded: trimmed({ ...others, [key]: { ...old, ...change } }) });
  }

  /** Without the oldest, but for what still comes. @param {Record<string, Loaded>} loaded */
  function trimmed(loaded) {
    const old = Object.keys(loaded).filter((key) => !running.has(key));
    return Object.fromEntries(
      Object.entries(loaded).filter(
        ([key]) => !old.slice(0, Math.max(0, Object.keys(loaded).length - MOST)).includes(key),
      ),
    );
  }

  /** @param {Want} want */
  async function fetchAll(want) {
    const controller = new AbortController();
    const { signal } = controller;
    const { key } = want;
    running.set(key, { controller, want });
    put(key, { state: 'loading', problem: '' });
    for (let failures = 0; ; ) {
      try {
        const value = await want.load(AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]));
        if (signal.aborted) return;
        failures = 0;
        if (value?.state !== 'running') {
          running.delete(key);
          return put(key, { state: 'done', value, progress: 1 });
        }
        put(key, { state: 'running', value, progress: value.progress ?? 0 });
        await pause(AGAIN, signal);
      } catch (caught) {
        const error = /** @type {Error} */ (caught);
        if (signal.aborted) return;
        if (!isLost(error)) {
          running.delete(key);
          if (error instanceof ProblemError && error.code === 'unknown_model')
            return put(key, { state: 'gone' });
          const problem = error instanceof ProblemError ? error.message : '';
          return put(key, { state: 'failed', problem });
        }
        put(key, { state: 'lost' });
        await pause(LOST[Math.min(failures++, LOST.length - 1)], signal);
      }
      if (signal.aborted) return;
    }
  }

  /** @param {string} key @param {Loaded['state'] | null} as */
  function end(key, as) {
    const found = running.get(key);
    if (!found) return;
    running.delete(key);
    found.controller.abort();
    if (as) put(key, { state: as });
    else {
      const { [key]: _, ...others } = store.get().loaded;
      store.set({ loaded: others });
    }
  }

  return {
    /** These are wanted now; what still comes and is not among them is given up.
     * @param {Want[]} wants */
    need(wants) {
      const keys = new Set(wants.map(({ key }) => key));
      for (const key of [...running.keys()]) if (!keys.has(key)) end(key, null);
      const isDue = (/** @type {Want} */ { after }) =>
        !after || SETTLED.includes(store.get().loaded[after]?.state ?? '');
      for (const want of wants)
        if (!store.get().loaded[want.key] && !running.has(want.key) && isDue(want)) fetchAll(want);
    },

    /** The visitor does not want to wait. @param {string} key */
    cancel(key) {
      const found = running.get(key);
      end(key, 'cancelled');
      found?.want.cancel?.().catch(() => {});
    },

    /** Once more. @param {Want} want */
    again: (want) => (running.has(want.key) ? undefined : fetchAll(want)),
  };
}

/** @param {Pick<ExploreState, 'loaded'>} state @param {string} key @returns {any} what came, or null */
export const valueOf = ({ loaded }, key) => loaded[key]?.value ?? null;

/** Whether something that was wanted of this network could not be had, for it was deleted.
 * @param {Pick<ExploreState, 'loaded'>} state @param {Subject} subject @param {Want[]} wants */
export const isMissed = ({ loaded }, subject, wants) =>
  wants.some(({ key }) => key.endsWith(` ${subject.key}`) && loaded[key]?.state === 'gone');
