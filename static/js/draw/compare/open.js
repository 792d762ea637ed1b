// Several networks in place of one, as the Draw screen has them.

import { byId } from '../../page/dom.js';
import { isRefusal } from '../../server/api.js';
import { createCompare } from './compare.js';

/**
 * @param {import('../panels.js').Parts} page
 * @param {import('../../state/types.js').Translate} t
 * @param {import('../../page/words.js').Numbers} numbers
 */
export function open({ api, store, tell, onPick }, t, numbers) {
  const onClose = () => store.set({ comparing: false });
  return createCompare(
    byId('compare'),
    {
      model: api.model,
      read: api.read,
      tell: tell('comparison'),
      isRefusal,
      onCompared: (compared) => store.set({ compared }),
      onHover: (hovered) => store.set({ hovered }),
      onPick: (id) => {
        onClose();
        onPick(id);
      },
      onClose,
      onReading: () => store.set({}),
    },
    t,
    numbers,
  );
}
