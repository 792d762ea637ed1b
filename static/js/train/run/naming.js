// A form for a name, out of sight until a button opens it.

import { make } from '../../page/dom.js';

/**
 * @param {object} words what stands at it
 * @param {string} words.label the field's name
 * @param {string} words.send on the button that sends it
 * @param {string} words.testId the field's
 * @param {string} [words.sendId] the button's
 * @param {HTMLElement} opener the button that opens it
 * @param {() => string} nameNow what the field begins with
 * @param {(name: string) => boolean | Promise<boolean>} onName whether the name was taken: else the form stays open
 */
export function createNaming({ label, send, testId, sendId }, opener, nameNow, onName) {
  const name = make('input', {
    type: 'text',
    maxlength: 60,
    'aria-label': label,
    'data-testid': testId,
  });
  const form = make(
    'form',
    { class: 'naming', hidden: true },
    name,
    make('button', { type: 'submit', class: 'small', 'data-testid': sendId ?? null }, send),
  );
  opener.addEventListener('click', () => {
    form.hidden = !form.hidden;
    if (form.hidden) return;
    name.value = nameNow();
    name.focus();
    name.select();
  });
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (!(await onName(name.value.trim()))) return;
    form.hidden = true;
    opener.focus();
  });
  return form;
}
