import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedBy } from '../../static/js/page/keys.js';

const press = (key, ...held) =>
  askedBy({ key, ...Object.fromEntries(held.map((each) => [each, true])) });

test('undo, redo, clear and escape have their keys, on a Mac too', () => {
  assert.equal(press('z', 'ctrlKey'), 'undo');
  assert.equal(press('z', 'metaKey'), 'undo');
  assert.equal(press('Z', 'ctrlKey', 'shiftKey'), 'redo');
  assert.equal(press('y', 'ctrlKey'), 'redo');
  assert.equal(press('Delete'), 'clear');
  assert.equal(press('Escape'), 'escape');
});

test("under another alphabet, or while a word is composed, the key in a letter's place is that letter", () => {
  assert.equal(askedBy({ key: 'ㅅ', code: 'KeyT' }), 'trace');
  assert.equal(askedBy({ key: 'Process', code: 'KeyP' }), 'play');
  assert.equal(askedBy({ key: 'у', code: 'KeyE' }), 'erase'); // Cyrillic
  assert.equal(askedBy({ key: 'ㅋ', code: 'KeyZ', ctrlKey: true }), 'undo');
  assert.equal(askedBy({ key: 'ㅋ', code: 'KeyZ', ctrlKey: true, shiftKey: true }), 'redo');
  assert.equal(askedBy({ key: 'ㅛ', code: 'KeyY', metaKey: true }), 'redo');
});

test('a Latin letter is meant wherever its key lies', () => {
  assert.equal(askedBy({ key: 'z', code: 'KeyY', ctrlKey: true }), 'undo'); // a German keyboard
  assert.equal(askedBy({ key: 'y', code: 'KeyT' }), null); // Dvorak: its own letter asks for nothing
  assert.equal(askedBy({ key: 'é', code: 'KeyE' }), null);
});

test('Backspace, which people press to go back or to mend a word, clears nothing', () => {
  assert.equal(press('Backspace'), null);
});

test('other keys, and these with Alt, ask for nothing', () => {
  for (const asked of [
    press('z'),
    press('a', 'ctrlKey'),
    press('Delete', 'ctrlKey'),
    press('z', 'ctrlKey', 'altKey'),
  ]) {
    assert.equal(asked, null);
  }
});
