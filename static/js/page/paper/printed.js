// A screen on paper is light, whatever its theme is, and has nothing that wants a pointer.

import { loadSheet } from '../dom.js';

/** @typedef {'light' | 'dark'} Theme */

/**
 * @param {string} sheet of styles that says how it is printed
 * @param {(theme: Theme) => void} repaint all of it, at once: printing waits for no frame
 * @param {{lay: () => void, take: () => void} | null} [paper] what is there only while it is printed
 * @returns {Promise<void>} settled when the styles are there
 */
export function printLight(sheet, repaint, paper = null) {
  const { dataset } = document.documentElement;
  /** @type {Theme} */
  let theme = 'light';

  /** @param {Theme} next */
  function paint(next) {
    dataset.theme = next;
    repaint(next);
  }

  window.addEventListener('beforeprint', () => {
    theme = dataset.theme === 'dark' ? 'dark' : 'light';
    paint('light');
    paper?.lay();
  });
  window.addEventListener('afterprint', () => {
    paper?.take();
    paint(theme);
  });
  return loadSheet(sheet);
}
