// The lab's plain controls, named by their words.

import { make } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

/** @param {string} id @param {string[]} values @param {Translate} t */
export const createChoice = (id, values, t) =>
  make(
    'select',
    { 'data-testid': `lab-${id}`, 'aria-label': t(`lab.${id}`) },
    ...values.map((value) => make('option', { value }, t(`lab.${id}.${value}`))),
  );

/** @param {string} id @param {() => void} act @param {Translate} t */
export function createButton(id, act, t) {
  const element = make('button', { type: 'button', 'data-testid': `lab-${id}` }, t(`lab.${id}`));
  element.addEventListener('click', act);
  return element;
}
