// How every view begins: the question that it answers, and in one sentence how to read it.

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
