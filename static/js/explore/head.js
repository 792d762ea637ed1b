// How every view begins: the question that it answers, the answer in a sentence with its number, and how
// to read what is below.

import { make } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */

/**
 * @param {string} view
 * @param {Translate} t
 * @param {...(Node | string)} controls
 */
export const createHead = (view, t, ...controls) =>
  make(
    'header',
    { class: 'room-head' },
    make('h2', { class: 'room-question', 'data-no-terms': true }, t(`question.${view}`)),
    make('p', { class: 'room-about soft' }, t(`about.${view}`)),
    ...(controls.length ? [make('div', { class: 'room-controls' }, ...controls)] : []),
  );

/** The answer, which stands below the question. It moves with the pen: no terms are looked for in it.
 * @param {string} name for tests */
export const createSaid = (name) =>
  make('p', { class: 'room-answer', 'data-no-terms': true, 'data-testid': name });

/** A head with its answer; of several one is shown at a time. @param {HTMLElement} head
 * @param {...HTMLElement} answers */
export function answered(head, ...answers) {
  head.querySelector('h2')?.after(make('div', { class: 'room-answers' }, ...answers));
  return head;
}
