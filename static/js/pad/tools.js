// The buttons under the pad: undo, redo, clear, and digits of the test set to be read.

import { byId, say } from '../dom.js';
import { rove } from '../rove.js';
import { isBlank } from './history.js';

/** @import { State, Translate } from '../types.js' */
/** @import { Numbers } from '../words.js' */

/**
 * @param {{onUndo(): void, onRedo(): void, onClear(): void, onTestDigit(label: number | null): void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createTools(events, t, numbers) {
  /** @param {string} id */
  const button = (id) => /** @type {HTMLButtonElement} */ (byId(id));
  const [undo, redo, clear] = ['undo', 'redo', 'clear'].map(button);
  const note = byId('pad-note');
  const digits = rove(byId('test-digits'));
  undo.addEventListener('click', events.onUndo);
  redo.addEventListener('click', events.onRedo);
  clear.addEventListener('click', events.onClear);
  for (const each of digits) {
    const label = each.dataset.digit;
    each.addEventListener('click', () => events.onTestDigit(label === undefined ? null : Number(label)));
  }

  /** @param {{label: number | null, index: number | null}} shown a test digit or a picture */
  function nameOf({ label, index }) {
    if (label === null || index === null) return t('pad.image');
    return t('pad.digit', { index: numbers.whole(index), label });
  }

  /** @type {unknown[]} */
  let told = [];

  return {
    /** @param {State} state */
    update({ drawing, canUndo, canRedo, penDown }) {
      const now = [drawing, canUndo, canRedo, penDown];
      if (now.every((value, i) => value === told[i])) return;
      told = now;
      undo.disabled = !canUndo;
      redo.disabled = !canRedo;
      clear.disabled = isBlank(drawing);
      const shown = drawing.kind === 'pixels' && !penDown ? drawing : null;
      for (const each of digits) {
        each.setAttribute('aria-pressed', String(each.dataset.digit === String(shown?.label)));
      }
      say(note, shown ? nameOf(shown) : t('pad.choose'));
    },
    destroy() {},
  };
}
