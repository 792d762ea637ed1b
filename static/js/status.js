// How the server is: nothing to see while it answers, a plain line when it does not.

/** @import { State, Translate } from './types.js' */

/**
 * @param {HTMLElement} line
 * @param {Translate} t
 */
export function createStatus(line, t) {
  return {
    /** @param {State} state */
    update({ status, statusDetail }) {
      const text = status === 'ok' ? '' : t(`status.${status}`, { detail: statusDetail });
      if (line.textContent !== text) line.textContent = text;
      line.hidden = status === 'ok';
    },
    destroy: () => line.replaceChildren(),
  };
}
