// Explains the field's terms where they stand: the dictionary, the marks and the window together.

import { loadSheet } from '../dom.js';
import { loadWords } from '../late.js';
import { createTranslate } from '../words.js';
import { createDictionary } from './dictionary.js';
import { createMarker } from './marker.js';
import { createTip } from './tip.js';

/** @import { Translate } from '../../state/types.js' */

/**
 * @param {(id: string, t: Translate) => string} [live] the number that a term has just now, in words of
 *   the dictionary, or nothing
 * @returns {Promise<{refresh: () => void}>}
 */
export async function createTerms(live = () => '') {
  const [catalogue] = await Promise.all([loadWords('terms'), loadSheet('terms')]);
  const t = createTranslate(catalogue);
  const dictionary = createDictionary(catalogue);
  /** @type {ReturnType<typeof createTip> | null} */
  let tip = null;
  const marker = createMarker(dictionary, { onMoved: (id, mark) => tip?.move(id, mark) });
  tip = createTip(dictionary, (id) => live(id, t), marker.within);
  return { refresh: tip.refresh };
}
