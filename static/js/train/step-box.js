// One step of training on one's own drawing, below the run: what explains it comes when it is opened.

import { make } from '../page/dom.js';

/** @import { State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/**
 * @param {HTMLDetailsElement} box
 * @param {Omit<Parameters<typeof import('../step/step.js')['createStep']>[1], 'isOpen'>} parts
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createStepBox(box, parts, t, numbers) {
  const { page } = parts;
  box.append(make('summary', {}, t('step.title')));
  /** @type {Promise<ReturnType<typeof import('../step/step.js')['createStep']>> | null} */
  let coming = null;

  /** @param {State} state */
  function update(state) {
    if (box.open && !coming) {
      coming = import('../step/step.js').then(({ createStep }) =>
        createStep(box, { ...parts, isOpen: () => box.open }, t, numbers),
      );
      coming.then(
        (step) => step.update(page.get()),
        () => (coming = null), // asked for again with what is read next
      );
    } else coming?.then((step) => step.update(state));
  }
  box.addEventListener('toggle', () => update(page.get()));
  return { update };
}
