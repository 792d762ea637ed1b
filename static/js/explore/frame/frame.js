// What stands around whatever view is shown: the drawing's tools, the links to the views, what was
// changed in the network, and the note.

import { byId, make, say } from '../../page/dom.js';
import { isBlank } from '../../state/history.js';
import { toFragment } from '../place.js';
import { onDraw, subjectOf } from '../subject.js';

/** @import { ExploreState, ViewName } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */

/**
 * @typedef {object} FrameEvents
 * @property {() => void} onUndo
 * @property {() => void} onRedo
 * @property {() => void} onClear
 * @property {() => void} onTestDigit
 * @property {() => void} onChoose another network is to be chosen
 */

/**
 * @param {FrameEvents} events
 * @param {Translate} t
 */
export function createFrame({ onUndo, onRedo, onClear, onTestDigit, onChoose }, t) {
  const [undo, redo, clear, testDigit] = ['undo', 'redo', 'clear', 'test-digit'].map(
    (id) => /** @type {HTMLButtonElement} */ (byId(id)),
  );
  const links = /** @type {HTMLAnchorElement[]} */ ([...document.querySelectorAll('[data-view]')]);
  const goDrawing = /** @type {HTMLAnchorElement} */ (byId('go-drawing'));
  const note = byId('note'); // why another network is shown than was asked for, or that it was deleted
  const said = make('span', {});
  const choose = make(
    'button',
    { type: 'button', class: 'small', hidden: true, 'data-testid': 'note-choose' },
    t('explore.choose'),
  );
  note.replaceChildren(said, choose);
  choose.addEventListener('click', onChoose);
  /** @type {ExploreState | null} */
  let latest = null;
  undo.addEventListener('click', onUndo);
  redo.addEventListener('click', onRedo);
  clear.addEventListener('click', onClear);
  testDigit.addEventListener('click', onTestDigit);
  goDrawing.addEventListener('click', () => {
    if (latest) goDrawing.href = onDraw(latest, latest.drawing);
  });
  document.querySelector('.skip')?.addEventListener('click', (event) => {
    event.preventDefault(); // the address says which view is shown
    byId('view').focus();
  });

  return {
    /** @param {ExploreState} state @param {string} refused why another network is shown than was asked for
     * @param {boolean} isMissing the network was deleted */
    update(state, refused, isMissing) {
      latest = state;
      undo.disabled = !state.canUndo;
      redo.disabled = !state.canRedo;
      clear.disabled = isBlank(state.drawing);
      const changes = subjectOf(state)?.edits.length ?? 0;
      byId('edited').hidden = changes === 0;
      say(byId('edited'), changes ? t('explore.edited', { count: changes }) : '');
      const heads = (state.model?.outputs.length ?? 0) > 1 ? t('explore.note.heads') : '';
      say(said, isMissing ? t('explore.note.gone') : refused || heads);
      choose.hidden = !isMissing;
      note.hidden = !said.textContent;
      const digit = state.drawing.kind === 'pixels' && !state.penDown ? state.drawing : null;
      say(byId('mine-title'), t(digit && digit.label !== null ? 'pad.title.digit' : 'pad.title'));
      for (const link of links) {
        const view = /** @type {ViewName} */ (link.dataset.view);
        const fragment = toFragment({ view, model: state.place.model, digit: state.place.digit });
        if (link.getAttribute('href') !== fragment) link.setAttribute('href', fragment);
        if (view === state.place.view) link.setAttribute('aria-current', 'page');
        else link.removeAttribute('aria-current');
      }
    },
  };
}
