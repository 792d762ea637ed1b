// What a visitor does on the Train screen: each asks the server and shows what came of it.

import { isRefusal, ProblemError } from '../server/api.js';
import { PACE } from './run/progress.js';
import { watchedRun } from './run/selectors.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Recipe, Run, TrainState } from './types.js' */
/** @import { TrainingServer } from './server.js' */
/** @import { Status } from '../server/follower.js' */

const REST = 150; // ms until a recipe that is being edited is looked at
const KEY_BYTES = 16;

/** A mark for one start: asked again after a failure, it starts nothing twice. */
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** What a visitor asked for is tried once, and it is told when it could not be done.
 * @param {(status: Status, detail?: string) => void} tell */
function createAttempt(tell) {
  /** @template R @param {() => Promise<R>} action @returns {Promise<R | null>} null when it failed */
  return async function attempt(action) {
    try {
      const done = await action();
      tell('ok');
      return done;
    } catch (caught) {
      const error = /** @type {Error} */ (caught);
      if (error instanceof ProblemError && (isRefusal(error) || error.status === 429))
        tell('refused', error.message);
      else tell('failing');
      return null;
    }
  };
}

/** The recipe is looked at by the server, at once or once nobody changes it any more.
 * @param {TrainingServer} server
 * @param {{get(): TrainState, set(change: Partial<TrainState>): void}} store
 * @param {Translate} t
 */
function createPlanning(server, store, t) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  /** @type {AbortController | null} */
  let planning = null;

  async function now() {
    const { recipe } = store.get();
    if (!recipe) return;
    planning?.abort();
    const controller = new AbortController();
    planning = controller;
    try {
      const found = await server.plan(recipe, controller.signal);
      if (!controller.signal.aborted) store.set({ plan: found, refusal: '' });
    } catch (caught) {
      if (controller.signal.aborted) return;
      const refusal = caught instanceof ProblemError ? caught.message : t('setup.unreachable');
      store.set({ plan: null, refusal });
    }
  }

  return {
    now,
    soon() {
      clearTimeout(timer);
      timer = setTimeout(now, REST);
    },
  };
}

/** The second of two, and the names of what is set up, follow a change of the first.
 * @param {(recipe: Recipe) => Recipe} change @param {Recipe} before
 * @param {{get(): TrainState, set(change: Partial<TrainState>): void}} store
 * @param {Translate} t */
const follow = (change, before, store, t) =>
  import('./setup/titles.js').then(
    ({ followed }) => store.set(followed(change, before, store.get(), t)),
    () => {}, // they stay
  );

/**
 * @param {object} parts
 * @param {TrainingServer} parts.server
 * @param {{get(): TrainState, set(change: Partial<TrainState>): void}} parts.store
 * @param {{hurry: (list?: boolean) => Promise<void>, forget: (id: string) => void}} parts.watcher
 * @param {(id: string) => Promise<void>} parts.release until nothing is asked about a run any more
 * @param {(status: Status, detail?: string) => void} parts.tell
 * @param {(id: string) => void} parts.onName of the run to watch
 * @param {Translate} t
 */
export function createActions({ server, store, watcher, release, tell, onName }, t) {
  /** @type {{recipe: Recipe, title: string, key: string}[]} starts that have not been answered yet */
  let pending = [];

  const attempt = createAttempt(tell);
  const plan = createPlanning(server, store, t);

  /** @param {Run} run that was changed by what was asked */
  function replace(run) {
    const { runs, details } = store.get();
    const known = details[run.id];
    store.set({
      runs: runs.some(({ id }) => id === run.id)
        ? runs.map((each) => (each.id === run.id ? run : each))
        : [run, ...runs],
      details: known ? { ...details, [run.id]: { ...known, run } } : details,
    });
    watcher.hurry();
  }

  /** Look at a run, or at none. @param {string | null} id */
  function watch(id) {
    const { beside } = store.get();
    store.set({
      watched: id,
      batch: null,
      playing: false,
      said: '',
      gone: null,
      ...(beside === id ? { beside: null } : {}),
    });
    watcher.hurry();
  }

  return {
    /** @param {string} lesson */
    onLesson(lesson) {
      const recipes = store.get().lessons?.lessons.find(({ id }) => id === lesson)?.recipes ?? [];
      const named = recipes.map((recipe, i) => ({
        ...recipe,
        title: t(`lesson.run.${lesson}${i || ''}`),
      }));
      store.set({ lesson, recipe: named[0] ?? null, other: named[1] ?? null });
      plan.now();
    },

    /** Several changes may come before the page is drawn again: each acts on what the last one left.
     * @param {(recipe: Recipe) => Recipe} change */
    onRecipe(change) {
      const { recipe } = store.get();
      if (!recipe) return;
      store.set({ recipe: change(recipe) });
      plan.soon();
      follow(change, recipe, store, t);
    },

    /** @param {boolean} slow */
    onSlow: (slow) => store.set({ slow }),

    async onStart() {
      if (!store.get().recipe || store.get().starting) return;
      store.set({ starting: true });
      const titles = await attempt(() => import('./setup/titles.js'));
      const { recipe, other, slow } = store.get(); // what followed the last change is in it
      const wanted = [recipe, other].filter((each) => each !== null);
      if (titles && JSON.stringify(wanted) !== JSON.stringify(pending.map((each) => each.recipe))) {
        const named = titles.startTitles(store.get(), t);
        pending = wanted.map((each, i) => ({ recipe: each, title: named[i], key: newKey() }));
      }
      /** @type {Run[]} */
      const started = [];
      for (const { recipe: each, title, key } of titles ? pending : []) {
        const run = await attempt(() => server.start({ ...each, title }, key));
        if (!run) break;
        started.push((slow && (await attempt(() => server.ask(run.id, 'pace', PACE)))) || run);
      }
      if (started.length === pending.length) pending = [];
      store.set({ starting: false });
      if (!started.length) return;
      for (const run of started) replace(run);
      onName(started[0].id);
      watch(started[0].id);
      store.set({ beside: started[1]?.id ?? null });
      await watcher.hurry(true);
    },

    /** @param {string} command @param {number} [value] */
    async onAsk(command, value) {
      const id = store.get().watched;
      if (!id) return;
      const run = await attempt(() => server.ask(id, command, value));
      if (run) replace(run);
    },

    /** @param {number | null} batch null follows the newest checkpoint */
    onBatch(batch) {
      store.set({ batch, playing: false, said: '' });
    },

    /** @param {string} id */
    onWatch(id) {
      onName(id);
      watch(id);
    },

    /** @param {string | null} beside */
    onBeside(beside) {
      store.set({ beside });
      watcher.hurry();
    },

    /** @param {string} id @param {string} title */
    async onRename(id, title) {
      const run = await attempt(() => server.rename(id, title));
      if (run) replace(run);
    },

    /** @param {string} id */
    async onDelete(id) {
      const { watched, beside, batch } = store.get();
      if (watched === id) store.set({ watched: null, batch: null, playing: false });
      if (beside === id) store.set({ beside: null });
      await release(id); // nobody asks for what is gone
      const gone = await attempt(async () => {
        await server.remove(id);
        return true;
      });
      if (gone) watcher.forget(id);
      else if (store.get().watched === null) store.set({ watched, beside, batch });
    },

    /** @param {string} title @param {number} batch @returns {Promise<boolean>} */
    async onKeep(title, batch) {
      const id = store.get().watched;
      if (!id) return false;
      const model = await attempt(() => server.keep(id, title, batch));
      if (model) store.set({ said: t('scrub.kept', { title: model.title }) });
      return model !== null;
    },

    /** The address says which run to watch, or on arrival the newest. @param {boolean} [isArrival] */
    onAddress(isArrival = false) {
      const { runs, watched } = store.get();
      const named = /^#run=(run-[0-9a-f]{12})$/.exec(location.hash)?.[1];
      const next = named || (isArrival && (watched ?? runs.find(({ mine }) => mine)?.id)) || null;
      if (next !== watched || (next && !watchedRun(store.get()))) watch(next);
      return next;
    },
  };
}
