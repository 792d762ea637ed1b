// What each problem puts on the screen in place of the pad. It comes when a network of it is picked.

/** @import { Drawing, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

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
