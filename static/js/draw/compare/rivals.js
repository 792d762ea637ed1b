// Which networks are compared, and their readings of the drawing: each follows it by itself, so that
// a slow network does not hold up a quick one.

import { createFollower } from '../../server/follower.js';

/** @import { Drawing, Edit, Reading, State } from '../../state/types.js' */
/** @import { Status } from '../../server/follower.js' */

export const FEWEST = 2;
export const MOST = 5;
const EDITED = '*'; // after a model's id: with its edits

/**
 * @typedef {object} Rival
 * @property {string} key its id, with a star when it is edited
 * @property {string} id
 * @property {Edit[]} edits
 */

/** @type {Edit[]} */
const NONE = [];

/**
 * All that may be compared: every model of the problem, and the one that reads if it stands in no list
 * (a training's network), as they were learned and as they are edited.
 * @param {Pick<State, 'models' | 'edits' | 'problem' | 'model'>} state
 * @returns {Rival[]}
 */
export const rivalsOf = ({ models, edits, problem, model: own }) =>
  [...(own && models.every(({ id }) => id !== own.id) ? [own] : []), ...models]
    .filter((model) => model.problem === problem)
    .flatMap(({ id }) => {
      const learned = { key: id, id, edits: NONE };
      return edits[id]?.length ? [learned, { key: id + EDITED, id, edits: edits[id] }] : [learned];
    });

/**
 * The networks that are compared: those asked for, and as many more as it takes.
 * @param {Pick<State, 'models' | 'edits' | 'compared' | 'model' | 'problem'>} state
 * @returns {Rival[]}
 */
export function chosen(state) {
  const all = rivalsOf(state);
  const id = state.model?.id ?? '';
  const likely = [
    ...state.compared,
    id + EDITED,
    id,
    'cnn',
    'mlp-sigmoid',
    ...all.map(({ key }) => key),
  ];
  const keys = new Set(likely.filter((key) => all.some((rival) => rival.key === key)));
  const count = Math.max(
    FEWEST,
    Math.min(MOST, all.filter(({ key }) => state.compared.includes(key)).length),
  );
  const taken = new Set([...keys].slice(0, count));
  return all.filter(({ key }) => taken.has(key));
}

/**
 * @param {(id: string, drawing: Drawing, center: boolean, edits: Edit[], signal: AbortSignal) => Promise<Reading>} read
 * @param {() => void} onReading
 * @param {(status: Status, detail?: string) => void} tell
 * @param {(error: Error) => boolean} isFinal
 */
export function createReadings(read, onReading, tell, isFinal) {
  /** @typedef {{rival: Rival, drawing: Drawing, center: boolean}} Wanted */
  /** @type {Map<string, {follower: ReturnType<typeof createFollower<Wanted, Reading>>, wanted: Wanted | null, reading: Reading | null}>} */
  const followed = new Map();

  /** @param {Rival} rival */
  function follow({ key }) {
    const found = followed.get(key);
    if (found) return found;
    /** @type {ReturnType<typeof createFollower<Wanted, Reading>>} */
    const follower = createFollower({
      request: ({ rival, drawing, center }, signal) =>
        read(rival.id, drawing, center, rival.edits, signal),
      onReply: (reading) => {
        made.reading = reading;
        onReading();
      },
      onStale: () => {},
      onStatus: tell,
      isFinal,
    });
    const made = {
      follower,
      wanted: /** @type {Wanted | null} */ (null),
      reading: /** @type {Reading | null} */ (null),
    };
    followed.set(key, made);
    return made;
  }

  return {
    /** A network's newest reading of what is drawn, null for a blank pad. @param {Rival} rival
     * @param {Pick<State, 'readOf' | 'center'>} state */
    of(rival, { readOf: drawing, center }) {
      const own = follow(rival);
      if (!drawing) {
        own.follower.forget();
        own.wanted = own.reading = null;
        return null;
      }
      const { wanted } = own;
      if (
        wanted?.drawing !== drawing ||
        wanted.center !== center ||
        wanted.rival.edits !== rival.edits
      ) {
        own.wanted = { rival, drawing, center };
        own.follower.want(own.wanted);
      }
      return own.reading;
    },
    /** Nothing is compared any more. */
    forget() {
      for (const { follower } of followed.values()) follower.forget();
      followed.clear();
    },
  };
}
