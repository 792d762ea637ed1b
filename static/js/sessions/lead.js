// Has the lead of the answer over another traced to the pixels, for the newest reading.

import { createFollower } from '../server/follower.js';
import { isRefusal } from '../server/api.js';

/** @import { Status } from '../server/follower.js' */
/** @import { Edit, LeadTold, Parts, Reading, State } from '../state/types.js' */
/** @import { Rivals } from '../state/ends.js' */

/**
 * @param {(model: string, pixels: number[], rivals: Rivals, edits: Edit[], signal: AbortSignal) =>
 *   Promise<LeadTold>} ask
 * @param {{get(): State, set(change: Partial<State>): void}} store
 * @param {(status: Status, detail?: string) => void} tell
 * @param {import('../server/follower.js').Clock} [clock]
 */
export function createLeadSession(ask, store, tell, clock) {
  /** @typedef {{reading: Reading, shown: Reading, edits: Edit[], rivals: Rivals}} Wanted */
  /** @type {Wanted | null} */
  let newest = null;

  /** @type {ReturnType<typeof createFollower<Wanted, LeadTold>>} */
  const follower = createFollower({
    request: ({ reading, rivals, edits }, signal) =>
      ask(reading.model, reading.input.pixels, rivals, edits, signal),
    onReply: ({ lead, blank, parts: values }, { shown, rivals }) =>
      store.set({ parts: { reading: shown, ...rivals, lead, blank, values } }),
    onStale: () => {},
    onStatus: tell,
    isFinal: isRefusal,
    clock,
  });

  return {
    /** @param {Pick<State, 'reading' | 'edits'> & {shown?: Reading | null}} state as the server knows it,
     * and what is shown of its reading @param {Rivals | null} rivals null: nobody asks */
    follow({ reading, edits, shown = reading }, rivals) {
      if (!reading || !shown || !rivals) {
        if (newest) {
          follower.forget();
          store.set({ parts: null }); // the pixels are the drawing again
        }
        newest = null;
        return;
      }
      const isSame =
        newest?.reading === reading &&
        newest.shown === shown &&
        newest.rivals.first === rivals.first &&
        newest.rivals.second === rivals.second &&
        newest.rivals.head === rivals.head;
      if (isSame) return;
      newest = { reading, shown, rivals, edits: edits[reading.model] ?? [] };
      follower.want(newest);
    },
  };
}

/**
 * The parts that belong to what is shown: of this reading, or while the pen moves of one just before.
 * @param {Pick<State, 'parts' | 'reading' | 'penDown'>} state @param {Rivals} rivals
 * @returns {Parts | null}
 */
export function partsOf({ parts, reading, penDown }, { first, second, head }) {
  if (!parts || parts.first !== first || parts.second !== second || parts.head !== head)
    return null;
  const isNear = penDown && parts.reading.model === reading?.model;
  return parts.reading === reading || isNear ? parts : null;
}
