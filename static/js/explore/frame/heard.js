// What was asked for by an address and is not here, in words, until something else is chosen.

/** @import { Numbers } from '../../page/words.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { ExploreState } from '../types.js' */

/**
 * @param {Translate} t @param {Numbers} numbers
 * @param {() => void} onWords they can be told now
 * @param {() => Promise<unknown>} speak brings the words
 * @param {() => Promise<typeof import('./unknown.js')>} [load] who knows what there is: only few need it
 */
export function createHeard(t, numbers, onWords, speak, load = () => import('./unknown.js')) {
  let asked = '';
  /** @type {typeof import('./unknown.js') | null} */
  let known = null;
  let [of, words] = ['', ''];
  return {
    /** @param {string} fragment '' once something else was chosen */
    hear(fragment) {
      asked = fragment;
      if (fragment.length <= 1 || known) return;
      Promise.all([load(), speak()]).then(
        ([found]) => {
          known = found;
          onWords();
        },
        () => {}, // what there is will be shown all the same
      );
    },
    /** @param {Pick<ExploreState, 'model' | 'models'>} state @param {string} [before] what is to be said first */
    words({ model, models }, before = '') {
      if (!known || !model || asked.length <= 1) return before;
      const now = `${model.id} ${models.length} ${asked}`;
      if (now !== of)
        [of, words] = [now, known.unknownWords(known.unknownIn(asked, model, models), t, numbers)];
      return `${before} ${words}`.trim();
    },
  };
}
