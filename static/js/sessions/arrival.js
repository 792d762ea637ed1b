// Another problem's input in place of the one on the screen.

/** @import { Steps } from '../state/history.js' */

/**
 * Another problem's steps take the place of those on the screen, which are kept, once its network
 * reads.
 * @param {ReturnType<typeof import('../state/history.js')['createHistory']>} history
 * @param {Record<string, Steps>} kept the steps of problems that are not on the screen
 * @param {string} from the problem on the screen
 * @param {string} problem that comes
 * @param {Steps} steps its own
 */
export const arrivalOf = (history, kept, from, problem, steps) => ({
  drawing: steps.steps[steps.now],
  show() {
    kept[from] = history.swap(steps);
    delete kept[problem];
    return {
      problem,
      drawing: history.current(),
      canUndo: history.canUndo(),
      canRedo: history.canRedo(),
    };
  },
});
