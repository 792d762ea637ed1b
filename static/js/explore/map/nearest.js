// The digits next to your drawing in the layer, the nearest first, each with its distance.

import { fitCanvas, make, say } from '../../page/dom.js';
import { createGo } from '../go.js';

/** @import { Near } from '../types.js' */
/** @import { Pictures } from '../digits/pictures.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const SIDE = 42; // px

/**
 * @param {number} count
 * @param {{onDigit: (index: number) => void, onPoint: (index: number | null) => void}} events
 * @param {Pictures} pictures
 * @param {(index: number) => string} href on Draw
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createNearest(count, events, pictures, href, t, numbers) {
  const rows = Array.from({ length: count }, () => {
    const canvas = make('canvas', { 'aria-hidden': 'true' });
    const far = make('span', { class: 'small soft' });
    const button = make('button', { type: 'button', class: 'near-digit' }, canvas, far);
    const go = createGo(t);
    const element = make('li', { class: 'near', hidden: true }, button, go.element);
    let index = -1;
    button.addEventListener('click', () => events.onDigit(index));
    for (const enter of ['pointerenter', 'focus'])
      button.addEventListener(enter, () => events.onPoint(index));
    for (const leave of ['pointerleave', 'blur'])
      button.addEventListener(leave, () => events.onPoint(null));
    return { canvas, far, button, go, element, is: (/** @type {number} */ next) => (index = next) };
  });
  const element = make(
    'ol',
    { class: 'nearest', 'data-testid': 'nearest' },
    ...rows.map((row) => row.element),
  );

  return {
    element,
    /** @param {Near[]} near */
    show(near) {
      element.dataset.near = near.map(({ index }) => index).join(' ');
      rows.forEach(({ canvas, far, button, go, element: row, is }, i) => {
        const found = near[i];
        row.hidden = !found;
        if (!found) return;
        is(found.index);
        const context = fitCanvas(canvas, SIDE, SIDE);
        context.clearRect(0, 0, SIDE, SIDE);
        pictures.paint(context, 'test', found.index, 0, 0, SIDE);
        say(far, numbers.two(found.distance));
        const words = t('near.digit', {
          place: i + 1,
          index: numbers.whole(found.index),
          label: found.label,
          distance: numbers.two(found.distance),
        });
        button.setAttribute('aria-label', words);
        button.title = words;
        go.lead(href(found.index), t('digit.number', { index: numbers.whole(found.index) }));
      });
    },
  };
}
