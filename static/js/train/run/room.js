// What keeps runs from being trained, and how much room what is kept takes.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { TrainState } from '../types.js' */

const MEGA = 1e6;

/**
 * @param {HTMLElement} trouble a sentence when nothing can be trained, the run is gone, or soon no more is kept
 * @param {HTMLElement} container where the room that is used is told
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createRoom(trouble, container, t, numbers) {
  const used = make('p', { class: 'small soft usage', 'data-testid': 'usage' });
  container.append(used);
  return {
    /** @param {Pick<TrainState, 'usage' | 'trouble' | 'gone'>} state */
    update({ usage, trouble: what, gone }) {
      const lost = gone === null ? null : gone ? 'gone' : 'gone.unnamed';
      const told = what ?? lost ?? (usage?.state === 'near' ? 'near' : null);
      trouble.hidden = told === null;
      say(trouble, told === null ? '' : t(`trouble.${told}`, { title: gone ?? '' }));
      /** @param {number} bytes */
      const megabytes = (bytes) => numbers.whole(Math.round(bytes / MEGA));
      say(
        used,
        usage
          ? t('runs.usage', { used: megabytes(usage.used), budget: megabytes(usage.budget) })
          : '',
      );
    },
  };
}
