import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeep } from '../../static/js/sessions/keep.js';

function storage(first = {}) {
  const kept = new Map(Object.entries(first));
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

test('a drawing is given back as it was', () => {
  const place = storage();
  const keep = createKeep(() => place);
  assert.equal(keep.load(), null);
  const drawing = { kind: 'strokes', strokes: [[[0.1, 0.2]]] };
  keep.save(drawing, false);
  assert.deepEqual(keep.load(), { drawing, center: false });
});

test('what is no drawing is not given back', () => {
  const texts = ['{', 'null', '{"drawing":1}', '{"drawing":{"kind":"strokes","strokes":[[1]]}}'];
  texts.push('{"drawing":{"kind":"pixels","pixels":[1,2]}}');
  for (const drawing of texts) assert.equal(createKeep(() => storage({ drawing })).load(), null);
});

test('a browser that refuses to keep anything does no harm', () => {
  const keep = createKeep(() => {
    throw new Error('denied');
  });
  keep.save({ kind: 'strokes', strokes: [] }, true);
  assert.equal(keep.load(), null);
});
