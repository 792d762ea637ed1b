// The whole screen for a projector, where the browser can: larger type and fewer panels.

import { loadSheet } from './dom.js';

/** The button tells whether the whole screen is taken. @param {HTMLElement} button */
export function followFullscreen(button) {
  const root = document.documentElement;
  document.addEventListener('fullscreenchange', async () => {
    const isFull = document.fullscreenElement !== null;
    button.setAttribute('aria-pressed', String(isFull));
    if (isFull) await loadSheet('show');
    root.classList.toggle('showing', document.fullscreenElement !== null);
  });
  return {
    toggle() {
      if (document.fullscreenElement) document.exitFullscreen();
      else root.requestFullscreen();
    },
  };
}

/** @param {HTMLElement} button */
export function createFullscreen(button) {
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener('click', followFullscreen(button).toggle);
}
