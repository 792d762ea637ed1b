// Which problem is on the screen: its input and answer, its own steps to undo. They change with the
// first network of another problem, once that has read something.

import { loadSheet } from '../../page/dom.js';
import { createProblemWords } from '../../page/late.js';
import { arrivalOf } from '../../sessions/keep.js';
import { PANELS } from './registry.js';

/** @import { Drawing, ModelDescription, State } from '../../state/types.js' */
/** @import { Steps } from '../../state/history.js' */
/** @import { ProblemPage, ProblemPanel } from './registry.js' */

/** Nothing of another problem's network is pointed at, or open. @type {Partial<State>} */
const CLEAR = {
  ringed: null,
  against: null,
  tracing: false,
  teaching: false,
  row: null,
  compared: [],
  erasing: false,
  welcome: false,
  inputAs: 'grid',
};

/**
 * @param {object} page
 * @param {ProblemPage['store']} page.store
 * @param {ReturnType<typeof import('../../state/history.js')['createHistory']>} page.history
 * @param {() => Promise<Drawing>} page.firstDigit
 * @param {Record<string, string>} page.catalogue the page's words
 * @param {(name: string) => Promise<unknown>} page.addWords
 * @param {ProblemPage} page.panel
 * @param {Record<string, Steps>} kept the steps of problems that are not on the screen
 */
export function createProblems(
  { store, history, firstDigit, catalogue, addWords, panel: page },
  kept,
) {
  /** @type {Map<string, Promise<ProblemPanel>>} */
  const coming = new Map();
  /** @type {Map<string, ProblemPanel>} */
  const panels = new Map();
  let shown = '';
  const speak = createProblemWords(catalogue);

  /** @param {string} problem */
  function panelOf(problem) {
    const entry = PANELS[problem];
    if (!entry) return null;
    const made = coming.get(problem) ?? bring(problem, entry);
    coming.set(problem, made);
    made.catch(() => coming.delete(problem)); // asked for again with the next try
    return made;
  }

  /** @param {string} problem @param {typeof PANELS[string]} entry */
  async function bring(problem, { load, words, sheet }) {
    const [{ createPanel }] = await Promise.all([load(), loadSheet(sheet), ...words.map(addWords)]);
    const panel = createPanel(page);
    panels.set(problem, panel);
    return panel;
  }

  return {
    /** What a network of another problem is given; null where it reads what is on the screen.
     * @param {ModelDescription} model */
    async enter({ problem }) {
      const from = store.get().problem;
      if (problem === from) return null;
      const first = (await panelOf(problem))?.first ?? firstDigit;
      const steps = kept[problem] ?? { steps: [await first()], now: 0 };
      const { drawing, show } = arrivalOf(history, kept, from, problem, steps);
      return { drawing, show: () => ({ ...CLEAR, ...show() }) };
    },

    /** What is to be given once a network of another problem reads; false where that is this one's.
     * @param {string} problem @param {Drawing} drawing */
    expect(problem, drawing) {
      if (problem === store.get().problem) return false;
      const { steps, now } = kept[problem] ?? { steps: [], now: -1 };
      kept[problem] = { steps: [...steps.slice(0, now + 1), drawing], now: now + 1 };
      return true;
    },

    /** What is given of the problem on the screen at first. */
    first: () => panels.get(store.get().problem)?.first() ?? firstDigit(),

    /** Somebody's drawing of the problem on the screen; null where that is a test digit.
     * @param {number | null} label */
    test: (label) => panels.get(store.get().problem)?.test?.(label) ?? null,

    /** The steps of every problem. @returns {Record<string, Steps>} */
    all: () => ({ ...kept, [store.get().problem]: history.all() }),

    /** @param {State} state */
    update(state) {
      if (state.problem !== shown) {
        shown = state.problem;
        speak(shown);
        for (const element of /** @type {NodeListOf<HTMLElement>} */ (
          document.querySelectorAll('[data-for]')
        )) {
          element.hidden = !element.dataset.for?.split(' ').includes(shown);
        }
      }
      panels.get(shown)?.update(state);
    },
    destroy() {
      for (const each of panels.values()) each.destroy();
    },
  };
}
