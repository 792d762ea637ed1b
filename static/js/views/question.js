// The question under the answer: "Why 7, not 1?", where the other digit can be chosen.

import { make, say } from '../page/dom.js';
import { missed, rivalsOf } from '../state/ends.js';
import { createChanged } from '../state/store.js';

/** @import { State, Translate } from '../state/types.js' */

const PLACE = '\0'; // where the choice stands in the text
const DIGITS = [...'0123456789'];

/** What one will ask: why not what the label says, where that is another digit; else why not the next.
 * @param {Pick<State, 'reading' | 'readOf'>} state @param {number} head which output's answer */
export const likely = (state, head) => (head ? null : missed(state)) ?? 'next';

/**
 * @param {(against: number | null) => void} onAsk null to close what was asked
 * @param {Translate} t
 * @param {number} [head] which of the network's outputs is asked
 * @param {string[]} [names] of its classes
 */
export function createQuestion(onAsk, t, head = 0, names = DIGITS) {
  const other = make(
    'select',
    { 'data-testid': 'why-not', 'aria-label': t('why.other') },
    ...names.map((name, place) => make('option', { value: place }, name)),
  );
  const open = make('button', { type: 'button', class: 'why-open', 'data-testid': 'why-open' });
  const [before, after] = [make('span'), make('span')];
  const element = make(
    'p',
    { class: 'why-question unasked' },
    before,
    make('span', {}, other, after),
    open,
  );
  let isOpen = false;
  /** @type {State['readOf']} */
  let shown = null;
  /** @type {{of: State['readOf'], second: number} | null} what was chosen last, for as long as that is read */
  let chosen = null;
  const changed = createChanged();
  open.addEventListener('click', () => onAsk(isOpen ? null : Number(other.value)));
  other.addEventListener('change', () => {
    chosen = { of: shown, second: Number(other.value) };
    onAsk(chosen.second);
  });

  return {
    element,
    /** @param {State} state */
    update({ reading, readOf, against: wanted, asked, held }) {
      const against = asked === head ? wanted : null;
      shown = readOf;
      const wished = chosen?.of === readOf ? chosen.second : likely({ reading, readOf }, head);
      const rivals = held ? null : rivalsOf(reading, against ?? wished, head);
      if (!changed({ ...rivals, isNext: against === null, isAsked: rivals !== null })) return;
      element.classList.toggle('unasked', rivals === null); // its room stays
      if (!rivals) return;
      const { first, second } = rivals;
      isOpen = against !== null;
      const place = `${PLACE}${names[second]}${PLACE}`; // its sound decides the particle behind it
      const values = { first: names[first], second: place };
      const [start, , end] = t(head ? 'why.ask.head' : 'why.ask', values).split(PLACE);
      say(before, start);
      say(after, end);
      [...other.options].forEach(
        (option, digit) => (option.hidden = option.disabled = digit === first),
      );
      other.value = String(second);
      say(open, t(isOpen ? 'why.close' : 'why.open'));
      open.setAttribute('aria-expanded', String(isOpen));
      open.setAttribute(
        'aria-label',
        t('why.title', { first: names[first], second: names[second] }),
      );
    },
  };
}
