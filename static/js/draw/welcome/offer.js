// A first visit: one quiet line offers the first chapter. It stays while one looks around, and is gone
// with the first drawing of one's own, or when it is followed or sent away; then the tour's last stop leads there.

import { loadSheet, make } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { createTranslate } from '../../page/words.js';
import { rooted } from '../../server/root.js';
import { hasColumn } from '../../views/network/layout.js';

/** @import { State } from '../../state/types.js' */

const KEY = 'first-chapter';

/** Whether someone is here for the first time: nothing was offered, nothing learned.
 * @param {() => Pick<Storage, 'getItem'>} storage */
export function isNew(storage) {
  try {
    return storage().getItem(KEY) === null && storage().getItem('learn') === null;
  } catch {
    return false; // a browser that keeps nothing would be asked every time
  }
}

/** Whether the whole network waits for someone: nothing was done yet, and no address opened a part.
 * @param {Pick<State, 'welcome' | 'inspecting' | 'comparing' | 'teaching' | 'tracing' | 'moment'>} state */
export const isAtRest = ({ welcome, inspecting, comparing, teaching, tracing, moment }) =>
  welcome && !inspecting && !comparing && !teaching && !tracing && !moment;

/**
 * @param {{get(): State, subscribe(listener: (state: State) => void): () => void}} store
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} [storage]
 */
export async function createOffer(store, storage = () => localStorage) {
  if (!isNew(storage) || !isAtRest(store.get())) return;
  const [words] = await Promise.all([loadWords('tour'), loadSheet('tour')]);
  const t = createTranslate(words);
  if (!isAtRest(store.get())) return;
  const link = make(
    'a',
    { href: rooted('/learn/network'), 'data-testid': 'offer-open' },
    t('tour.learn'),
  );
  const close = make(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-label': t('tour.later'),
      title: t('tour.later'),
      'data-testid': 'offer-close',
    },
    '×',
  );
  const line = make(
    'p',
    { class: 'offer small', 'data-testid': 'offer' },
    t('tour.first'),
    ' ',
    link,
    close,
  );
  document.querySelector('.network-panel')?.append(line);

  function away() {
    line.remove();
    end();
    try {
      storage().setItem(KEY, 'gone');
    } catch {
      // it is gone until the page is opened again
    }
  }
  const { drawing } = store.get();
  const small = matchMedia('(max-width: 900px)'); // what is kept comes as a sheet over the line
  /** Above a picture that goes into a dense layer there is room; other networks fill theirs. @param {State} state */
  function place(state) {
    const { model, inputAs, selected } = state;
    const isCovered = !isAtRest(state) || (small.matches && selected !== null);
    line.hidden = isCovered || !model || !hasColumn(model) || inputAs === 'column';
  }
  place(store.get());
  const unsubscribe = store.subscribe((state) => {
    if (state.drawing === drawing) place(state);
    else away();
  });
  function end() {
    unsubscribe();
  }
  close.addEventListener('click', away);
  link.addEventListener('click', away);
}
