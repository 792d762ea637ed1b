// Tells why one answer and not another: follows the drawing, works out the lead, shows it.

import { createLeader } from '../../state/lead.js';
import { className } from '../../state/names.js';
import { rivalsOf } from '../../state/ends.js';
import { createLeadSession, partsOf } from '../../sessions/lead.js';
import { createWhyPanel } from './panel.js';
import { seenWords } from './seen.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { UnitEvents } from '../../views/unit-link.js' */

/**
 * @param {object} page
 * @param {HTMLElement} page.container
 * @param {{get(): State, set(change: Partial<State>): void}} page.store
 * @param {ReturnType<typeof import('../../server/api.js')['createApi']>['lead']} page.ask
 * @param {ReturnType<ReturnType<typeof import('../../views/status.js')['createTroubles']>>} page.tell
 * @param {UnitEvents} page.events
 * @param {() => void} page.onClose
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createTelling({ container, store, ask, tell, events, onClose }, t, numbers) {
  const leader = createLeader();
  const session = createLeadSession(ask, store, tell);
  const panel = createWhyPanel(container, { ...events, onClose }, t, numbers);
  /** @type {State['parts']} */
  let seen = null;
  let words = '';
  /** What the coloured pixels come to. @param {NonNullable<State['parts']>} parts @param {string} layer of
   * the two outputs @param {number} head which output */
  function wordsOf(parts, layer, head) {
    if (parts === seen) return words;
    seen = parts;
    const [first, second] = [parts.first, parts.second].map((index) =>
      className(head, { layer, index }, t),
    );
    words = seenWords(parts, { first, second }, t, numbers);
    return words;
  }

  return {
    /** @param {State} whole @param {State} state as it is shown: it may have read some rows only
     * @param {boolean} isWanted whether pixels are to be traced */
    follow({ reading, edits }, state, isWanted) {
      const rivals = isWanted ? rivalsOf(state.reading, state.against, state.asked) : null;
      const row = state.reading === reading ? null : state.row;
      session.follow(
        { reading, edits, shown: state.reading },
        rivals && row !== null ? { ...rivals, row } : rivals,
      );
    },
    /** @param {State} state @returns {State} */
    derive(state) {
      const rivals = rivalsOf(state.reading, state.against, state.asked);
      const lead = rivals && leader(state, rivals);
      if (!rivals || !lead) return state;
      const parts = partsOf(state, rivals);
      return {
        ...state,
        lead,
        parts,
        sides: [rivals.first, rivals.second].map((index) =>
          t('why.side', { digit: className(lead.head ?? 0, { layer: lead.layer, index }, t) }),
        ),
        said: parts ? wordsOf(parts, lead.layer, lead.head ?? 0) : '',
      };
    },
    update: panel.update,
  };
}
