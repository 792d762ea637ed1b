// The whole screen for a projector, where the browser can: larger type and fewer panels.

import { loadSheet } from './dom.js';

/** @param {HTMLElement} button */
export function createFullscreen(button) {
  const root = document.documentElement;
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener('click', () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen();
  });
  document.addEventListener('fullscreenchange', async () => {
    const isFull = document.fullscreenElement !== null;
    button.setAttribute('aria-pressed', String(isFull));
    if (isFull) await loadSheet('show');
    root.classList.toggle('showing', document.fullscreenElement !== null);
  });
}
