import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAtRest, isNew } from '../../static/js/draw/welcome/offer.js';

/** @param {Record<string, string>} kept */
const storage = (kept) => () => ({ getItem: (/** @type {string} */ key) => kept[key] ?? null });

test('the first chapter is offered to who is new, and once', () => {
  assert.equal(isNew(storage({})), true);
  assert.equal(isNew(storage({ 'first-chapter': 'gone' })), false);
  assert.equal(isNew(storage({ learn: '{}' })), false, 'who has learned needs no offer');
  assert.equal(
    isNew(() => {
      throw new Error('no');
    }),
    false,
    'a browser that keeps nothing would be asked every time',
  );
});

test('who comes by an address that opens a part of the screen is not held up', () => {
  const rest = {
    welcome: true,
    inspecting: false,
    comparing: false,
    teaching: false,
    tracing: false,
    moment: null,
  };
  assert.equal(isAtRest(rest), true);
  assert.equal(isAtRest({ ...rest, welcome: false }), false);
  for (const part of ['inspecting', 'comparing', 'teaching', 'tracing', 'moment'])
    assert.equal(isAtRest({ ...rest, [part]: true }), false, part);
});
