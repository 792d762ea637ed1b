// A finger that scrolls over a slider changes nothing: the browser moves the slider as soon as it is
// touched, and takes the touch back once it is a scroll. Then the slider goes back, too.

import { loadSheet } from '../dom.js';

/** What it takes grows to a finger's size. */
export function suitFingers() {
  loadSheet('touch');
  keepSwipes();
}

/** @param {Pick<Document, 'addEventListener'>} [page] */
export function keepSwipes(page = document) {
  /** @type {{slider: HTMLInputElement, value: string} | null} what is touched, and what it was */
  let touched = null;

  page.addEventListener(
    'pointerdown',
    (event) => {
      const { target, pointerType } = /** @type {PointerEvent} */ (event);
      const slider = /** @type {HTMLInputElement} */ (target);
      touched =
        pointerType === 'touch' && slider.type === 'range' ? { slider, value: slider.value } : null;
    },
    { capture: true, passive: true },
  );
  page.addEventListener(
    'pointercancel',
    () => {
      const of = touched;
      touched = null;
      if (!of || of.slider.value === of.value) return;
      of.slider.value = of.value;
      for (const type of ['input', 'change'])
        of.slider.dispatchEvent(new Event(type, { bubbles: true }));
    },
    { capture: true, passive: true },
  );
}
