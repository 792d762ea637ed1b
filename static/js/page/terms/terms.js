// Explains the field's terms where they stand: the dictionary, the marks and the window together.

import { loadSheet } from '../dom.js';
import { loadWords } from '../late.js';
import { createLayers } from '../layers.js';
import { createTranslate } from '../words.js';
import { createDictionary } from './dictionary.js';
import { createMarker } from './marker.js';
import { createTip } from './tip.js';

/** @import { Translate } from '../../state/types.js' */

/** The layers of a page that has none itself, and steps of its own; beside a chapter Back is the chapter's. */
function alone() {
  if ('embedded' in document.documentElement.dataset) return { add() {}, sync() {} };
  const layers = createLayers([], () => {});
  layers.start();
  return {
    add: layers.add,
    sync() {
      layers.follow();
      layers.sync();
    },
  };
}

/**
 * @param {(id: string, t: Translate) => string} [live] the number that a term has just now, in words of
 *   the dictionary, or nothing
 * @param {Pick<import('../layers.js').Layers, 'add' | 'sync'>} [layers] of the page; one that has none has this
 * @returns {Promise<{refresh: () => void}>}
 */
export async function createTerms(live = () => '', layers = alone()) {
  const [catalogue] = await Promise.all([loadWords('terms'), loadSheet('terms')]);
  const t = createTranslate(catalogue);
  const dictionary = createDictionary(catalogue);
  /** @type {ReturnType<typeof createTip> | null} */
  let tip = null;
  const marker = createMarker(dictionary, { onMoved: (id, mark) => tip?.move(id, mark) });
  tip = createTip(dictionary, (id) => live(id, t), marker.within, layers.sync);
  layers.add(tip.layer);
  return { refresh: tip.refresh };
}
