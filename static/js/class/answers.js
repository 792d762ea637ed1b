// What is on the pads: for how many visitors each digit was read last, as ten bars.

import { say } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */

/**
 * @param {Element} list ten entries
 * @param {Translate} t
 */
export function createAnswers(list, t) {
  const entries = [...list.children].map((entry) => {
    const [count, bar, , told] = /** @type {HTMLElement[]} */ ([...entry.children]);
    return { count, fill: /** @type {HTMLElement} */ (bar.firstElementChild), told };
  });
  return {
    /** @param {number[] | null} counts for each digit; null while they are not known */
    update(counts) {
      const most = Math.max(1, ...(counts ?? []));
      entries.forEach(({ count, fill, told }, digit) => {
        const number = counts?.[digit] ?? 0;
        say(count, counts && number ? String(number) : '');
        say(told, counts ? t('class.answer', { count: number }) : '');
        fill.style.transform = `scaleY(${number / most})`;
      });
    },
  };
}
