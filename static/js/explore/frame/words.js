// What the views say: it comes with the first of them, for the questions that the page opens with need none of it.

import { loadWords } from '../../page/late.js';

/** @param {Record<string, string>} catalogue takes them up @param {typeof loadWords} [load] */
export function createViewWords(catalogue, load = loadWords) {
  /** @type {Promise<unknown> | null} */
  let coming = null;
  return () => {
    coming ??= load('views').then((words) => Object.assign(catalogue, words));
    coming.catch(() => (coming = null)); // it is asked for again
    return coming;
  };
}
