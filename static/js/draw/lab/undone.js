// Keeps what the edits of each network were before, step by step, while this tab lives: what was changed
// can be taken back after a reload, too.

/** @import { Edit, State } from '../../state/types.js' */

/** @typedef {Map<string, Edit[][]>} Before what each network's edits were before, the newest last */

const KEY = 'undo';
const MOST = 1_000_000; // characters: older steps are let go

/** @param {unknown} value @returns {value is Edit[]} */
const isEdits = (value) =>
  Array.isArray(value) && value.every((each) => typeof each?.kind === 'string');

/**
 * As many steps as there is room for: the newest of each network, of the one that was changed first last.
 * @param {[string, Edit[][]][]} all
 */
function fitting(all) {
  let left = MOST;
  /** @type {Record<string, Edit[][]>} */
  const kept = {};
  for (const [id, steps] of [...all].reverse()) {
    let from = steps.length;
    while (from > 0) {
      left -= JSON.stringify(steps[from - 1]).length;
      if (left < 0) break;
      from -= 1;
    }
    if (from < steps.length) kept[id] = steps.slice(from);
  }
  return kept;
}

/**
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} storage asked for each time: a browser may refuse
 */
export function createUndone(storage) {
  return {
    /** @param {Before} before @param {State['edits']} edits as they are now */
    save(before, edits) {
      const steps = fitting([...before]);
      const now = Object.fromEntries(Object.keys(steps).map((id) => [id, edits[id] ?? []]));
      try {
        storage().setItem(KEY, JSON.stringify({ steps, now }));
      } catch {
        // a browser that keeps nothing begins anew
      }
    },
    /** @param {State['edits']} edits with which the page begins; an address may have brought others, and those
     * from before can be had back @returns {Before} */
    load(edits) {
      /** @type {Before} */
      const before = new Map();
      try {
        const { steps, now } = JSON.parse(storage().getItem(KEY) ?? '{}');
        for (const [id, all] of Object.entries(steps ?? {})) {
          if (!Array.isArray(all) || !all.every(isEdits)) continue;
          const last = isEdits(now?.[id]) ? now[id] : [];
          const isSame = JSON.stringify(last) === JSON.stringify(edits[id] ?? []);
          before.set(id, isSame ? all : [...all, last]);
        }
      } catch {
        // what is no list of steps is none
      }
      return before;
    },
  };
}
