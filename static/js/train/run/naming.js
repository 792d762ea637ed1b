// A form for a name, out of sight until a button opens it; Escape, Back and its mark close it.

import { make } from '../../page/dom.js';

/** @import { Smalls } from '../open.js' */

/**
 * @param {object} words what stands at it
 * @param {string} words.label the field's name
 * @param {string} words.send on the button that sends it
 * @param {string} words.testId the field's
 * @param {string} [words.sendId] the button's
 * @param {string} words.close on the mark that closes it
 * @param {HTMLElement} opener the button that opens it
 * @param {() => string} nameNow what the field begins with
 * @param {(name: string) => boolean | Promise<boolean>} onName whether the name was taken: else the form stays open
 * @param {Smalls} small of which it is one
 */
export function createNaming(
  { label, send, testId, sendId, close },
  opener,
  nameNow,
  onName,
  small,
) {
  const name = make('input', {
    type: 'text',
    maxlength: 60,
    'aria-label': label,
    'data-testid': testId,
  });
  const mark = make(
    'button',
    { type: 'button', class: 'plain', 'aria-label': close, title: close },
    '×',
  );
  const form = make(
    'form',
    { class: 'naming', hidden: true },
    name,
    make('button', { type: 'submit', class: 'small', 'data-testid': sendId ?? null }, send),
    mark,
  );
  const own = {
    element: form,
    open() {
      small.opened(own);
      form.hidden = false;
      name.value = nameNow();
      name.focus();
      name.select();
    },
    close() {
      form.hidden = true;
      opener.focus();
      small.closed(own);
    },
  };
  opener.addEventListener('click', () => (form.hidden ? own.open() : own.close()));
  mark.addEventListener('click', own.close);
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    own.close();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (await onName(name.value.trim())) own.close();
  });
  return form;
}
