// The sheet from below and the strip of the answer, as the Draw screen has them.

import { createPhone } from './phone.js';

/**
 * @param {import('../panels.js').Parts} page
 * @param {import('../../state/types.js').Translate} t
 * @param {import('../../page/words.js').Numbers} numbers
 */
export const open = ({ store, onSelect, onClose }, t, numbers) =>
  createPhone({ store, onSelect, onClose }, t, numbers);
