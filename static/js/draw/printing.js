// For paper: everything is painted once more as on paper, in the light theme, whatever the screen's is.
// The network keeps the size that it is painted at and is made to fit the sheet as a whole, for paper
// is narrower than the window.

import { loadSheet } from '../page/dom.js';

const SHEET = 690; // px: A4 upright, less its margins

/**
 * @param {HTMLElement} stage where the network is painted, with the words over it
 * @param {(theme: 'light' | 'dark') => void} repaint all of it, at once: printing waits for no frame
 */
export function preparePrinting(stage, repaint) {
  loadSheet('print');
  const { style, dataset } = document.documentElement;
  /** @type {'light' | 'dark'} */
  let theme = 'light';
  window.addEventListener('beforeprint', () => {
    const { clientWidth, clientHeight } = stage;
    style.setProperty('--stage-width', `${clientWidth}px`);
    style.setProperty('--stage-height', `${clientHeight}px`);
    style.setProperty('--stage-zoom', String(Math.min(1, SHEET / Math.max(1, clientWidth))));
    theme = dataset.theme === 'dark' ? 'dark' : 'light';
    dataset.theme = 'light';
    repaint('light');
  });
  window.addEventListener('afterprint', () => {
    dataset.theme = theme;
    repaint(theme);
  });
}
