// How the server is: nothing to see while it answers, a plain line when it does not.

/** @import { State, Status, Translate } from '../state/types.js' */

/** @type {Status[]} */
const WORST_FIRST = ['failing', 'refused', 'slow', 'ok'];

/**
 * Several things ask the server; the page tells the worst that any of them met.
 * @param {(worst: {status: Status, statusDetail: string}) => void} onChange
 */
export function createTroubles(onChange) {
  /** @type {Map<string, {status: Status, statusDetail: string}>} */
  const met = new Map();
  let told = 'ok';

  /** @param {string} source who asks @returns {(status: Status, detail?: string) => void} */
  return (source) =>
    (status, detail = '') => {
      met.set(source, { status, statusDetail: detail });
      const all = [...met.values()];
      const worst = WORST_FIRST.flatMap((each) => all.filter((one) => one.status === each))[0];
      const telling = worst.status + worst.statusDetail;
      if (telling === told) return;
      told = telling;
      onChange(worst);
    };
}

/**
 * @param {HTMLElement} line
 * @param {Translate} t
 */
export function createStatus(line, t) {
  let told = '';
  return {
    /** @param {State} state */
    update({ status, statusDetail }) {
      const text = status === 'ok' ? '' : t(`status.${status}`, { detail: statusDetail });
      if (text === told) return;
      told = text;
      line.textContent = text;
      line.hidden = text === '';
    },
    destroy: () => line.replaceChildren(),
  };
}
