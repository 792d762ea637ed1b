// What moves with the pen besides the answer: the dot in the map, the nearest digits, the pixels that
// speak for it. It is asked together with the reading and shown in the same frame, unless it takes
// so long that the answer would have to wait for it; then it follows as fast as it can, one request
// in flight and the newest drawing next.

import { isRefusal } from '../server/api.js';
import { bodyOf } from './server.js';
import { subjectOf } from './subject.js';
import { companions } from './wants.js';

/** @import { Drawing, Edit, Reading } from '../state/types.js' */
/** @import { ExploreState, Followed, Subject } from './types.js' */
/** @import { ExploreServer } from './server.js' */
/** @import { Companion } from './wants.js' */

const WAITS = 60; // ms that the answer waits for what goes with it
const PATIENCE = 15_000; // ms until what goes with it is given up

/**
 * @typedef {object} Reads the part of the interface that reads drawings
 * @property {(model: string, drawing: Drawing, center: boolean, edits: Edit[], signal: AbortSignal) => Promise<Reading>} read
 *
 * @typedef {{companion: Companion, subject: Subject, drawing: Drawing, center: boolean}} Errand
 */

/**
 * The interface, with every reading accompanied.
 * @template {Reads} A
 * @param {A} api
 * @param {ExploreServer} server
 * @param {{get(): ExploreState, set(change: Partial<ExploreState>): void}} store
 * @param {(kind: string, problem: string) => void} [tell] what was refused, or nothing
 * @param {(act: () => void, delay: number) => unknown} [timer]
 * @returns {A}
 */
export function accompanied(api, server, store, tell = () => {}, timer = setTimeout) {
  /** @type {Map<string, {next: Errand | null}>} what is on its way, and what is wanted after it */
  const underway = new Map();

  /** @param {string} kind @param {Followed} followed */
  const put = (kind, followed) =>
    store.set({ followed: { ...store.get().followed, [kind]: followed } });

  /** @param {Errand} errand @returns {Promise<void>} settled when it is there */
  async function run(errand) {
    const {
      companion: { kind, key, ask },
      subject,
      drawing,
      center,
    } = errand;
    const busy = underway.get(kind);
    if (busy) {
      busy.next = errand;
      return;
    }
    const slot = { next: /** @type {Errand | null} */ (null) };
    underway.set(kind, slot);
    try {
      const value = await ask(subject, bodyOf(drawing, center), AbortSignal.timeout(PATIENCE));
      put(kind, { key, of: drawing, model: subject.key, value });
      tell(kind, '');
    } catch (error) {
      if (isRefusal(/** @type {Error} */ (error))) tell(kind, /** @type {Error} */ (error).message);
    }
    underway.delete(kind);
    if (slot.next) run(slot.next);
  }

  /** @type {Reads['read']} */
  async function read(id, drawing, center, edits, signal) {
    const { place, model } = store.get();
    const described = model?.id === id ? model : null;
    const subject = described && subjectOf({ model: described, edits: { [id]: edits } });
    const errands = described && subject ? companions(place, described, server) : [];
    const there = Promise.all(
      errands.map((companion) =>
        run({ companion, subject: /** @type {Subject} */ (subject), drawing, center }),
      ),
    );
    const reading = await api.read(id, drawing, center, edits, signal);
    await Promise.race([there, new Promise((resolve) => timer(() => resolve(null), WAITS))]);
    return reading;
  }

  return { ...api, read };
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
