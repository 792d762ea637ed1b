// What moves with the pen besides the answer: the dot in the map, the nearest digits, the pixels that
// speak for it. It is asked together with the reading and shown with it, in one frame, however early it
// comes; unless it takes so long that the answer would have to wait for it. Then it follows as fast as
// it can, one request in flight and the newest drawing next.

import { isRefusal } from '../server/api.js';
import { bodyOf } from './server.js';
import { subjectOf, testIndex } from './subject.js';
import { companions } from './wants.js';

/** @import { Drawing, Edit, ModelDescription, Reading } from '../state/types.js' */
/** @import { ExploreState, Followed, Subject } from './types.js' */
/** @import { ExploreServer } from './server.js' */
/** @import { Companion } from './wants.js' */

const WAITS = 150; // ms that the answer waits for what goes with it
const NEWEST = 0.3; // of how long a kind usually takes, the newest one's part
const KNOWN = 120; // networks that are known by their description
const PATIENCE = 15_000; // ms until what goes with it is given up

/**
 * @typedef {object} Reads the part of the interface that reads drawings
 * @property {(id: string) => Promise<ModelDescription>} model
 * @property {(model: string, drawing: Drawing, center: boolean, edits: Edit[], signal: AbortSignal) => Promise<Reading>} read
 *
 * @typedef {{companion: Companion, subject: Subject, drawing: Drawing, center: boolean}} Errand
 */

/** Whether the server says that there is no such network. @param {unknown} error */
const isGone = (error) => /** @type {any} */ (error)?.code === 'unknown_model';

/**
 * The interface, with every reading accompanied.
 * @template {Reads} A
 * @param {A} api
 * @param {ExploreServer} server
 * @param {{get(): ExploreState, set(change: Partial<ExploreState>): void}} store
 * @param {(kind: string, problem: string) => void} [tell] what was refused, or nothing
 * @param {(id: string) => void} [onGone] a network that should read is no longer there
 * @param {(act: () => void, delay: number) => unknown} [timer]
 * @param {() => number} [now] ms
 * @returns {A}
 */
export function accompanied(
  api,
  server,
  store,
  tell = () => {},
  onGone = () => {},
  timer = setTimeout,
  now = () => performance.now(),
) {
  /** @typedef {{errand: Errand, done: (followed: Followed | null) => void}} Waiting */
  /** @type {Map<string, {next: Waiting | null}>} what is on its way, and what is wanted after it */
  const underway = new Map();
  /** @type {Map<string, ModelDescription>} a network is read before it is shown, and shown with its first reading */
  const known = new Map();
  let missing = ''; // a network that is not there: nothing more is asked of it than whether it is back
  /** @type {Map<string, number>} ms that it usually takes */
  const usual = new Map();

  /** @param {[string, Followed][]} followed by what it is */
  const put = (...followed) =>
    store.set({ followed: { ...store.get().followed, ...Object.fromEntries(followed) } });

  /** @param {Errand} errand @returns {Promise<Followed | null>} null where it did not come, or another was wanted */
  async function ask({ companion, subject, drawing, center }) {
    const { kind, key } = companion;
    try {
      const body = bodyOf(drawing, center);
      const signal = AbortSignal.timeout(PATIENCE);
      const value = await companion.ask(subject, body, signal, testIndex(drawing));
      tell(kind, '');
      return { key, of: drawing, model: subject.key, value };
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      if (isRefusal(/** @type {Error} */ (error))) tell(kind, isGone(error) ? '' : message);
      return null; // that the network is gone, the reading tells
    }
  }

  /** @param {Waiting} waiting */
  async function send({ errand, done }) {
    const { kind } = errand.companion;
    const slot = { next: /** @type {Waiting | null} */ (null) };
    underway.set(kind, slot);
    const since = now();
    const followed = await ask(errand);
    const took = now() - since;
    const before = usual.get(kind) ?? took;
    usual.set(kind, before + NEWEST * (took - before));
    done(followed);
    underway.delete(kind);
    if (slot.next) send(slot.next);
  }

  /** Whether the answer waits for it: not behind one that takes long. @param {string} kind */
  const isAwaited = (kind) =>
    !underway.has(kind) || (usual.get(kind) ?? Number.POSITIVE_INFINITY) <= WAITS;

  /** @param {Errand} errand @returns {Promise<Followed | null>} */
  const run = (errand) =>
    new Promise((done) => {
      const busy = underway.get(errand.companion.kind);
      if (!busy) return send({ errand, done });
      busy.next?.done(null);
      busy.next = { errand, done };
    });

  /** @type {Reads['read']} */
  async function read(id, drawing, center, edits, signal) {
    const { place, model: shown } = store.get();
    const described = shown?.id === id ? shown : known.get(id);
    const subject = described && subjectOf({ model: described, edits: { [id]: edits } });
    const isThere = id !== missing;
    const wanted = isThere && described && subject ? companions(place, described, server) : [];
    /** @type {[string, Followed][]} what is there before the reading is shown: it is shown with it */
    const ready = [];
    let isShown = false;
    /** @param {Companion} companion */
    async function bring(companion) {
      const errand = { companion, subject: /** @type {Subject} */ (subject), drawing, center };
      const followed = await run(errand);
      if (!followed) return;
      if (isShown) put([companion.kind, followed]);
      else ready.push([companion.kind, followed]);
    }
    const there = Promise.all(
      wanted.flatMap((companion) => {
        const isWaitedFor = isAwaited(companion.kind);
        const brought = bring(companion);
        return isWaitedFor ? [brought] : [];
      }),
    );
    const reading = await api.read(id, drawing, center, edits, signal).catch((error) => {
      if (isGone(error)) {
        missing = id;
        onGone(id);
      }
      throw error;
    });
    if (id === missing) missing = '';
    await Promise.race([there, new Promise((resolve) => timer(() => resolve(null), WAITS))]);
    isShown = true;
    if (ready.length) put(...ready);
    return reading;
  }

  /** @type {Reads['model']} */
  async function model(id) {
    const found = await api.model(id);
    const [oldest] = known.keys();
    if (known.size >= KNOWN) known.delete(oldest);
    known.set(id, found);
    return found;
  }

  return { ...api, model, read };
}

/**
 * What followed the drawing: of the newest one, or while the pen moves of one just before.
 * @param {Pick<ExploreState, 'followed' | 'reading' | 'readOf' | 'model' | 'edits'>} state @param {string} kind
 * @param {string} key what is asked for now
 * @returns {{value: any, isNow: boolean} | null}
 */
export function followedBy(state, kind, key) {
  const found = state.followed[kind];
  const subject = subjectOf(state);
  if (!found || !state.reading || found.key !== key || found.model !== subject?.key) return null;
  return { value: found.value, isNow: found.of === state.readOf };
}
