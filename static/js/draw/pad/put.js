// What is put on the pad by other means than the pen: test digits, noise, a picture; and strokes that
// are taken off it. It comes with the first of these; the code for pictures with the first picture.

import { byId } from '../../page/dom.js';
import { NoDigitError } from '../../sessions/test-digits.js';
import { isBlank, strokesOf } from '../../state/history.js';
import { createNoise } from './noise.js';

/**
 * @typedef {Pick<import('../embedded/bridge.js').Page, 'store' | 'history' | 'pad' | 'testDigits'> & {
 *   api: ReturnType<typeof import('../../server/api.js')['createApi']>,
 *   problems: ReturnType<typeof import('../problems/switch.js')['createProblems']>,
 * }} Page
 */

/** @param {Page} page */
export function createPut({ store, api, history, pad, testDigits, problems }) {
  const more = createNoise();
  /** @type {ReturnType<typeof import('../picture/photo.js')['createPhoto']> | null} */
  let photo = null;

  function onNoise() {
    const drawing = history.current();
    const { reading, readOf } = store.get();
    const isRead = readOf === drawing && reading !== null;
    if (!isRead && !isBlank(drawing)) {
      const stop = store.subscribe(({ readOf: of }) => {
        if (of === drawing || history.current() !== drawing) stop();
        if (of === drawing && history.current() === drawing) onNoise();
      });
      return; // its pixels are still on their way
    }
    pad.act(() => history.push(more(drawing, isRead ? reading.input.pixels : null)));
  }

  /** @param {string} model that reads what is in a picture */
  async function fetchPhoto(model) {
    const { createPhoto } = await import('../picture/photo.js');
    const send = (/** @type {Blob} */ blob) => api.image(store.get().model?.id ?? model, blob);
    const view = await createPhoto(byId('pad'), send, (drawing) =>
      pad.act(() => history.push(drawing)),
    );
    store.subscribe(view.update);
    return view;
  }

  return {
    onNoise,

    /** @param {number} index of a stroke */
    onErase(index) {
      const strokes = strokesOf(history.current()).filter((_, i) => i !== index);
      pad.act(() => history.push({ kind: 'strokes', strokes }));
    },

    /** A digit of the test set, or a drawing where the problem has its own: any, or one of a class.
     * @param {number | null} label */
    onTestDigit: (label) => pad.put(() => problems.test(label) ?? testDigits.next(label)),

    /** A test digit that the network reads wrong, as it was learned. */
    onMistake() {
      const { model } = store.get();
      if (!model) return;
      pad.put(() =>
        testDigits.mistake(model.id).catch((/** @type {Error} */ error) => {
          if (error instanceof NoDigitError) return null; // it reads all of them right
          throw error;
        }),
      );
    },

    /** A picture takes the place of the drawing. @param {File} file */
    onImage(file) {
      const { model, problem } = store.get();
      if (!model || problem !== 'digits') return;
      photo ??= fetchPhoto(model.id);
      const opened = photo;
      opened.catch(() => (photo = null)); // asked for again with the next picture
      pad.put(async () => (await opened).read(file));
    },
  };
}
