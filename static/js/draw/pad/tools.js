// The buttons under the pad: undo, redo, clear, digits of the test set to be read, and a picture of a digit
// instead of a drawing: chosen, pasted, or dropped on the page.

import { byId, say } from '../../page/dom.js';
import { rove } from '../../page/keys.js';
import { isBlank, strokesOf } from '../../state/history.js';
import { createChanged } from '../../state/store.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * @param {object} events
 * @param {() => void} events.onUndo
 * @param {() => void} events.onRedo
 * @param {() => void} events.onClear
 * @param {() => void} events.onErasing
 * @param {() => void} events.onNoise
 * @param {() => void} events.onMistake
 * @param {(label: number | null) => void} events.onTestDigit
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createTools(events, t, numbers) {
  /** @param {string} id */
  const button = (id) => /** @type {HTMLButtonElement} */ (byId(id));
  const [undo, redo, clear, erase] = ['undo', 'redo', 'clear', 'erase'].map(button);
  erase.addEventListener('click', events.onErasing);
  button('noise').addEventListener('click', events.onNoise);
  button('mistake').addEventListener('click', events.onMistake);
  const note = byId('pad-note');
  const digits = rove(byId('test-digits'));
  undo.addEventListener('click', events.onUndo);
  redo.addEventListener('click', events.onRedo);
  clear.addEventListener('click', events.onClear);
  for (const each of digits) {
    const label = each.dataset.digit;
    each.addEventListener('click', () =>
      events.onTestDigit(label === undefined ? null : Number(label)),
    );
  }

  /** @param {{label: number | null, index: number | null, noise?: number, changed?: boolean}} shown
   * a test digit, a picture, or noise over either */
  function nameOf({ label, index, noise, changed }) {
    if (noise !== undefined) return t('pad.noise', { share: numbers.whole(100 * noise) });
    if (label === null || index === null) return t(changed ? 'pad.changed' : 'pad.image');
    return t('pad.digit', { index: numbers.whole(index), label });
  }

  /** @param {State} state */
  function titleOf({ drawing, penDown }) {
    if (drawing.kind !== 'pixels' || penDown) return 'pad.title';
    if (drawing.label !== null) return 'pad.title.digit';
    if (drawing.changed) return 'pad.changed';
    return drawing.noise === undefined ? 'pad.image' : 'pad.title';
  }

  const changed = createChanged();

  return {
    /** @param {State} state */
    update(state) {
      const { drawing, canUndo, canRedo, penDown, erasing } = state;
      if (!changed({ drawing, canUndo, canRedo, penDown, erasing })) return;
      say(byId('pad-title'), t(titleOf(state)));
      undo.disabled = !canUndo;
      redo.disabled = !canRedo;
      clear.disabled = isBlank(drawing);
      const hasStrokes = strokesOf(drawing).length > 0 || penDown;
      erase.disabled = !hasStrokes && !erasing;
      erase.title = t(drawing.kind === 'pixels' ? 'pad.erase.none' : 'pad.erase.hint');
      erase.setAttribute('aria-pressed', String(erasing));
      const shown = drawing.kind === 'pixels' && !penDown ? drawing : null;
      for (const each of digits) {
        each.setAttribute('aria-pressed', String(each.dataset.digit === String(shown?.label)));
      }
      say(note, shown ? nameOf(shown) : t('pad.choose'));
    },
  };
}

/**
 * The first picture among files, if there is one; a file of another kind is the server's to refuse.
 * @param {DataTransfer | null} transfer
 */
const fileOf = (transfer) => transfer?.files[0] ?? null;

/**
 * @param {HTMLButtonElement} button
 * @param {HTMLInputElement} input
 * @param {HTMLElement} pad
 * @param {(file: File) => void} onImage
 */
export function listenForImages(button, input, pad, onImage) {
  button.addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    input.value = ''; // the same file may be chosen again
    if (file) onImage(file);
  });
  document.addEventListener('paste', (event) => {
    const file = fileOf(event.clipboardData);
    if (file) onImage(file);
  });
  document.addEventListener('dragover', (event) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    pad.classList.add('dropping');
  });
  for (const end of ['dragleave', 'drop']) {
    document.addEventListener(end, () => pad.classList.remove('dropping'));
  }
  document.addEventListener('drop', (event) => {
    const file = fileOf(event.dataTransfer);
    if (!file) return;
    event.preventDefault();
    onImage(file);
  });
}
