// One step of training on the drawing, as the Draw screen has it: its steps are the lab's edits.

import { byId } from '../../page/dom.js';
import { createTeaching } from './teach.js';

/**
 * @param {import('../panels.js').Parts} page
 * @param {import('../../state/types.js').Translate} t
 * @param {import('../../page/words.js').Numbers} numbers
 */
export function open({ api, store, edit, tell }, t, numbers) {
  const onClose = () => store.set({ teaching: false });
  return createTeaching(
    byId('teach'),
    { api, store, edit, tell: tell('step'), onClose },
    t,
    numbers,
  );
}
