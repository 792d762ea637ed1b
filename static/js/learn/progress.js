// What a learner has done, kept in this browser only: tasks, predictions, answers, the last step.

const KEY = 'learn';

/**
 * @typedef {{drawing: Extract<import('../state/types.js').Drawing, {kind: 'strokes'}>, meant: number, model: string}} Misread
 *
 * @typedef {object} Done
 * @property {Record<string, number>} predictions by `chapter/step`
 * @property {Record<string, boolean>} tasks by `chapter/step/0`
 * @property {Record<string, number>} answers by `chapter/step/0`: the last one given, the right one once it was
 * @property {Record<string, string>} last step of each chapter
 * @property {Record<string, string>} recent the `chapter` one was in
 * @property {Record<string, boolean>} visited by `chapter/step`
 * @property {Record<string, Misread>} misread the `newest` of one's own drawings that a network misread
 * @property {Record<string, number[]>} quizzes answers by the id of the questions, once handed in; -1 is "I do not know"
 * @property {Record<string, {score: number, fragment: string}>} scores the best of each challenge, by `challenges/step`,
 *   and what the screen was
 */

/** @returns {Done} */
const nothing = () => ({
  predictions: {},
  tasks: {},
  answers: {},
  last: {},
  recent: {},
  visited: {},
  misread: {},
  quizzes: {},
  scores: {},
});

/** @param {unknown} value @returns {Record<string, any>} */
const object = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};

/** @param {() => Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>} storage asked each time: a
 *   browser may refuse */
export function createProgress(storage) {
  let done = nothing();
  try {
    const kept = object(JSON.parse(storage().getItem(KEY) ?? 'null'));
    for (const [name, of] of Object.entries(nothing())) {
      done = { ...done, [name]: { ...of, ...object(kept[name]) } };
    }
  } catch {
    // a browser that keeps nothing begins anew
  }

  /** @template {keyof Done} K @param {K} kind @param {string} key @param {Done[K][string]} value */
  function set(kind, key, value) {
    if (done[kind][key] === value) return;
    done = { ...done, [kind]: { ...done[kind], [key]: value } };
    try {
      storage().setItem(KEY, JSON.stringify(done));
    } catch {
      // it is known until the page is left
    }
  }

  return {
    get: () => done,
    set,
    /** Begin anew. */
    clear() {
      done = nothing();
      try {
        storage().removeItem(KEY);
      } catch {
        // nothing was kept
      }
    },
    /** How many of a step's tasks, and how many of them are done.
     * @param {string} chapter @param {{name: string, tasks: unknown[]}} step */
    tasksIn(chapter, { name, tasks }) {
      const kept = tasks.filter((_, i) => done.tasks[`${chapter}/${name}/${i}`]).length;
      return { done: kept, tasks: tasks.length };
    },
    /** How many of a chapter's tasks are done. @param {string} chapter */
    tasksOf: (chapter) =>
      Object.keys(done.tasks).filter((key) => key.startsWith(`${chapter}/`)).length,
  };
}

/** @typedef {ReturnType<typeof createProgress>} Progress */
