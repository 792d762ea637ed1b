// A part of the screen for paper: its words as they stand, and nothing that wants a pointer.

import { make } from '../../page/dom.js';

const NOT_ON_PAPER =
  '[hidden], .unseen, input, select, canvas, .why-question, .readout-hint, .edge-control, details, .tools';
const NAMES = 'dfn, button.unit, button.part-name'; // these are words of a line

/**
 * @param {Element} element
 * @returns {Element} a copy without controls, and without names that only one element may have
 */
export function inWords(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  for (const each of copy.querySelectorAll(NAMES))
    each.replaceWith(make('span', {}, each.textContent ?? ''));
  for (const each of copy.querySelectorAll(`${NOT_ON_PAPER}, button`)) each.remove();
  for (const each of [copy, ...copy.querySelectorAll('*')]) {
    each.classList.remove('explained');
    for (const name of [
      'id',
      'data-testid',
      'data-for',
      'role',
      'tabindex',
      'aria-describedby',
      'data-term',
    ])
      each.removeAttribute(name);
  }
  return copy;
}
