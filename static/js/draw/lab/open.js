// The lab, as the Draw screen has it: the edits of this visit, and the two lines that tell of them.

import { byId } from '../../page/dom.js';
import { askedBy } from '../../page/keys.js';
import { isRefusal } from '../../server/api.js';
import { createEdited } from './edited.js';
import { createEditedLine } from './line.js';
import { createSession } from './session.js';
import { createUndone } from './undone.js';

/** @import { State } from '../../state/types.js' */

/** Beside a chapter nothing is kept. */
function storage() {
  if ('embedded' in document.documentElement.dataset) throw new Error('A chapter begins anew.');
  return sessionStorage;
}

/**
 * Ctrl+Z takes back what was done last: an edit, while it is, or while one is in the lab, whose numbers
 * are the text's own only while they are typed.
 * @param {() => State} get @param {() => void} undo
 */
function listenForUndo(get, undo) {
  let { edits, drawing } = get();
  let isEdit = false; // what was done last
  let isTyping = false;
  function follow() {
    const now = get();
    if (now.edits !== edits) isEdit = true;
    else if (now.drawing !== drawing) isEdit = false;
    ({ edits, drawing } = now);
  }
  document.addEventListener('input', () => (isTyping = true));
  document.addEventListener('change', () => (isTyping = false));
  document.addEventListener('focusin', () => (isTyping = false));
  document.addEventListener(
    'keydown',
    (event) => {
      follow(); // the keys may come before the views follow
      const target = /** @type {HTMLElement} */ (event.target);
      const isIn = target.closest('.lab') !== null;
      const isText = target.matches('input[type="text"], textarea');
      if (target.closest('dialog[open], .menu[open]') || (isText && (isTyping || !isIn))) return;
      if (askedBy(event) !== 'undo' || !get().canUndoEdit || !(isEdit || isIn)) return;
      event.preventDefault();
      undo();
    },
    { capture: true },
  );
  return follow;
}

/**
 * @param {import('../panels.js').Parts} page
 * @param {import('../../state/types.js').Translate} t
 * @param {import('../../page/words.js').Numbers} numbers
 */
export function open({ api, store, reader, tell, onPick }, t, numbers) {
  const undone = createUndone(storage);
  const before = undone.load(store.get().edits);
  window.addEventListener('pagehide', () => undone.save(before, store.get().edits));
  const rest = { onEdited: reader.again, onPick, tell: tell('evaluation'), isRefusal, before };
  const session = createSession(api, store, rest);
  const { undo, reset, save, remove } = session;
  const events = { onUndo: undo, onReset: reset, onSave: save.bind(session), onRemove: remove };
  const views = [
    createEdited(byId('edited'), events, t, numbers),
    createEditedLine(byId('sheet-head'), events, t, numbers),
  ];
  const follow = listenForUndo(store.get, undo);
  return {
    session,
    /** @param {State} state */
    update(state) {
      session.follow();
      follow();
      for (const view of views) view.update(state);
    },
  };
}
