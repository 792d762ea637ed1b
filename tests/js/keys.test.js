import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedBy } from '../../static/js/page/keys.js';

const press = (key, ...held) => askedBy({ key, ...Object.fromEntries(held.map((each) => [each, true])) });

test('undo, redo, clear and escape have their keys, on a Mac too', () => {
  assert.equal(press('z', 'ctrlKey'), 'undo');
  assert.equal(press('z', 'metaKey'), 'undo');
  assert.equal(press('Z', 'ctrlKey', 'shiftKey'), 'redo');
  assert.equal(press('y', 'ctrlKey'), 'redo');
  assert.equal(press('Delete'), 'clear');
  assert.equal(press('Escape'), 'escape');
});

test('Backspace, which people press to go back or to mend a word, clears nothing', () => {
  assert.equal(press('Backspace'), null);
});

test('other keys, and these with Alt, ask for nothing', () => {
  for (const asked of [press('z'), press('a', 'ctrlKey'), press('Delete', 'ctrlKey'), press('z', 'ctrlKey', 'altKey')]) {
    assert.equal(asked, null);
  }
});
