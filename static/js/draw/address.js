// The address bar: it names the model, and holds the whole state once that is shared.

import { say } from '../page/dom.js';
import { loadWords } from '../page/late.js';
import { CHECKPOINT } from '../state/names.js';
import { createChanged } from '../state/store.js';

/** @import { State } from '../state/types.js' */

/**
 * @param {{store: {get(): State}, replace: (url: string) => void}} page
 * @param {HTMLElement} said where it is said that a link was damaged
 * @param {number} edgeCount the usual number of edges, which need not be told
 */
export function createAddress({ store, replace }, said, edgeCount) {
  /** @param {string} id */
  const name = (id) => replace(`#model=${id}`);
  const changed = createChanged();

  /** What is shown has changed: the address no longer holds it. */
  function leave() {
    if (said.classList.contains('damaged')) {
      said.classList.remove('damaged');
      say(said, '');
    }
    if (location.hash.includes('drawing=')) name(store.get().model?.id ?? '');
  }
  changed(store.get(), 'edits', 'center');

  return {
    /** Name a model, and nothing else. */
    name,

    /** The model that the address names, if there is one of that name. */
    model() {
      const asked = new URLSearchParams(location.hash.slice(1)).get('model');
      return asked && CHECKPOINT.test(asked)
        ? asked
        : store.get().models.find(({ id }) => id === asked)?.id;
    },

    /** Say that the link was not whole, until something else is shown. */
    async tellDamaged() {
      said.classList.add('damaged');
      const words = await loadWords('share');
      if (said.classList.contains('damaged')) say(said, words['share.damaged']);
    },

    leave,

    /** What a network was changed to would be lost by a reload, too. @param {State} state */
    follow(state) {
      if (changed(state, 'edits', 'center')) leave();
    },

    /** Hold what is shown. */
    async hold() {
      const { toFragment } = await import('../state/to-fragment.js');
      said.classList.remove('damaged');
      say(said, '');
      replace(toFragment(store.get(), edgeCount));
    },
  };
}
