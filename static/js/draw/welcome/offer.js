// A first visit: one quiet line offers the first chapter. It is gone with the first thing that is done on
// the screen, or when it is sent away, and does not come again.

import { loadSheet, make } from '../../page/dom.js';
import { rooted } from '../../server/root.js';
import { hasColumn } from '../../views/network/view.js';

/** @import { State, Translate } from '../../state/types.js' */

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
 * @param {Translate} t
 * @param {() => Pick<Storage, 'getItem' | 'setItem'>} [storage]
 */
export async function createOffer(store, t, storage = () => localStorage) {
  if (!isNew(storage) || !isAtRest(store.get())) return;
  await loadSheet('tour');
  if (!isAtRest(store.get())) return;
  const link = make(
    'a',
    { href: rooted('/learn/network'), 'data-testid': 'offer-open' },
    t('first.open'),
  );
  const close = make(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-label': t('first.close'),
      title: t('first.close'),
      'data-testid': 'offer-close',
    },
    '×',
  );
  const line = make(
    'p',
    { class: 'offer small', 'data-testid': 'offer' },
    t('first.line'),
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
  /** @param {PointerEvent} event */
  const press = (event) => !line.contains(/** @type {Node} */ (event.target)) && away();
  document.addEventListener('pointerdown', press, true);
  /** Above a picture that goes into a dense layer there is room; other networks fill theirs. @param {State} state */
  function place({ model, inputAs }) {
    line.hidden = !model || !hasColumn(model) || inputAs === 'column';
  }
  place(store.get());
  const unsubscribe = store.subscribe((state) => {
    if (isAtRest(state)) place(state);
    else away();
  });
  function end() {
    document.removeEventListener('pointerdown', press, true);
    unsubscribe();
  }
  close.addEventListener('click', away);
  link.addEventListener('click', away);
}
