// Which problem is on the screen, and what it puts there: its input and answer, its own steps to undo. They change with the
// first network of another problem, once that has read something.

import { loadSheet } from '../../page/dom.js';
import { createProblemWords } from '../../page/late.js';

/** @import { Drawing, ModelDescription, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Steps } from '../../state/history.js' */

/**
 * @typedef {object} ProblemPage what a problem's panel may use
 * @property {HTMLElement} input where its input stands
 * @property {HTMLElement} answer where its answer stands
 * @property {{get(): State, set(change: Partial<State>): void}} store
 * @property {ReturnType<typeof import('../../server/api.js')['createApi']>} api
 * @property {(given: Drawing, isSettled: boolean) => void} onGive another input; settled: a step that
 *   can be undone
 * @property {(load: () => Promise<Drawing | null>) => Promise<void>} put an input that has to be asked for
 * @property {{onUndo: () => void, onRedo: () => void}} history
 * @property {import('../../views/unit-link.js').UnitEvents} units
 * @property {Translate} t
 * @property {Numbers} numbers
 * @property {string} language
 *
 * @typedef {object} ProblemPanel
 * @property {() => Promise<Drawing>} first what is given when nothing was
 * @property {(label: number | null) => Promise<Drawing>} [test] somebody's drawing, of one digit or of any
 * @property {(state: State) => void} update called while its problem is on the screen
 * @property {() => void} destroy
 *
 * @typedef {object} ProblemEntry
 * @property {() => Promise<{createPanel: (page: ProblemPage) => ProblemPanel}>} load
 * @property {string[]} words catalogues that it brings
 * @property {string} sheet its style sheet
 * @property {boolean} [pad] the pad stays, and the answer is a digit
 */

/** Those that are not an image on the pad. @type {Record<string, ProblemEntry>} */
export const PANELS = {
  pen: { load: () => import('./pen/panel.js'), words: ['pen'], sheet: 'pen', pad: true },
  houses: { load: () => import('./houses/panel.js'), words: ['picker', 'houses'], sheet: 'houses' },
};

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
      const { arrivalOf } = await import('../../sessions/arrival.js');
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
