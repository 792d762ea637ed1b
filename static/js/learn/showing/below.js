// What a step asks next may lie below the edge of its words: then the edge says so, and leads there.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */

/** @param {Translate} t */
export function createBelow(t) {
  const element = make('button', {
    type: 'button',
    class: 'below',
    'data-testid': 'below',
    hidden: true,
  });
  /** @type {IntersectionObserver | null} */
  let watcher = null;
  /** @type {HTMLElement | null} */
  let next = null;
  element.addEventListener('click', () => {
    element.hidden = true; // it would cover the edge that is scrolled to
    next?.scrollIntoView({ block: 'end' });
  });
  return {
    element,
    /** @param {HTMLElement} body that scrolls @param {HTMLElement | null} asked what has to be seen of it
     * @param {'guess' | 'task'} kind */
    follow(body, asked, kind) {
      watcher?.disconnect();
      next = asked;
      element.hidden = true;
      if (!asked) return;
      say(element, `${t(`learn.below.${kind}`)} ↓`);
      watcher = new IntersectionObserver(
        (all) => {
          const { isIntersecting, boundingClientRect: at, rootBounds } = all[all.length - 1];
          element.hidden = isIntersecting || at.bottom < (rootBounds?.bottom ?? 0);
        },
        { root: body, threshold: 0.9 },
      );
      watcher.observe(asked);
    },
  };
}
