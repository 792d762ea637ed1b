// One network that can be picked: its name, how large it is, what is told of it, how well it reads.

import { make } from '../../page/dom.js';

/**
 * @param {{id: string, input: HTMLInputElement, title: string, size: string, about: string}} model
 * @param {...HTMLElement} reads
 */
export const createRow = ({ id, input, title, size, about }, ...reads) =>
  make(
    'label',
    { class: 'model', 'data-testid': `model-${id}` },
    input,
    make(
      'span',
      { class: 'model-about' },
      make('strong', {}, title),
      make('span', { class: 'small' }, size),
      make('span', { class: 'small soft' }, about),
    ),
    ...reads,
  );
