// One neuron's arithmetic, as the Draw screen has it: what is changed there are the lab's edits.

import { byId } from '../../page/dom.js';
import { createInspector } from './inspector.js';

/**
 * @param {import('../panels.js').Parts} page
 * @param {import('../../state/types.js').Translate} t
 * @param {import('../../page/words.js').Numbers} numbers
 */
export function open({ store, onSelect, onClose, openLab }, t, numbers) {
  return createInspector(
    byId('inspector'),
    {
      onSelect,
      onClose,
      onChanging: (changing) => store.set({ changing }),
      onEdit: async (edits, gesture) => (await openLab()).session.edit(edits, gesture),
      onSettled: async () => (await openLab()).session.settle(),
    },
    t,
    numbers,
  );
}
