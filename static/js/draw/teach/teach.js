// "Teach it this": one step of training on one's own drawing, reached from the answer, in place of the
// network. The steps are changes of the network like all others: seen above it, undone with it.

import { make } from '../../page/dom.js';
import { createStep } from '../../step/step.js';

/** @import { Edit, State, Translate, View } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Status } from '../../server/follower.js' */

const BESIDE = '(min-width: 901px)'; // where drawing, step and answer stand side by side

/**
 * @param {HTMLElement} container
 * @param {object} page
 * @param {ReturnType<typeof import('../../server/api.js').createApi>} page.api
 * @param {{get(): State}} page.store
 * @param {(edits: Edit[]) => void} page.edit
 * @param {(status: Status, detail?: string) => void} page.tell
 * @param {() => void} page.onClose
 * @param {Translate} t
 * @param {Numbers} numbers
 * @returns {View}
 */
export function createTeaching(container, { api, store, edit, tell, onClose }, t, numbers) {
  const back = make(
    'button',
    { type: 'button', id: 'teach-close', 'data-testid': 'teach-close' },
    t('step.back'),
  );
  const panel = make('div', { class: 'step', 'data-testid': 'step' });
  back.addEventListener('click', onClose);
  container.append(
    make('div', { class: 'teach-head' }, back, make('h3', {}, t('step.title'))),
    panel,
  );
  const parts = {
    api,
    page: store,
    isOpen: () => store.get().teaching,
    onEdits: (/** @type {string} */ _, /** @type {Edit[]} */ edits) => edit(edits),
    tell,
    onPin: () => {},
  };
  const step = createStep(panel, parts, t, numbers);
  let wasOpen = false;
  return {
    /** @param {State} state */
    update(state) {
      step.update(state);
      if (state.teaching && !wasOpen && !matchMedia(BESIDE).matches) container.scrollIntoView();
      wasOpen = state.teaching;
    },
  };
}
