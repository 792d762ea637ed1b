import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKeep, fitting } from '../../static/js/sessions/keep.js';

function storage(first = {}) {
  const kept = new Map(Object.entries(first));
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

const drawing = { kind: 'strokes', strokes: [[[0.1, 0.2]]] };
const nothing = { kind: 'strokes', strokes: [] };

test('a drawing is given back as it was, with what can be undone and redone', () => {
  const place = storage();
  const keep = createKeep(() => place);
  assert.equal(keep.load(), null);
  const all = { steps: [nothing, drawing, nothing], now: 1 };
  keep.save({ digits: all }, false);
  assert.deepEqual(keep.load(), { all, others: {}, center: false });
});

test('what was given to another problem is kept beside the drawing, with its own steps', () => {
  const place = storage();
  const keep = createKeep(() => place);
  const house = { kind: 'features', features: { bedrooms: 3 }, index: null, target: null };
  const houses = { steps: [house, { ...house, features: { bedrooms: 4 } }], now: 1 };
  const digits = { steps: [nothing, drawing], now: 1 };
  keep.save({ digits, houses }, true);
  assert.deepEqual(keep.load(), { all: digits, others: { houses }, center: true });
  const broken = { steps: [{ ...house, features: { bedrooms: 'many' } }], now: 0 };
  place.setItem('drawing', JSON.stringify({ ...digits, others: { houses: broken, pen: null } }));
  assert.deepEqual(keep.load(), { all: digits, others: {}, center: true });
});

test('what is kept has a bound: the steps nearest to what is on the pad stay', () => {
  const long = (at) => ({
    kind: 'strokes',
    strokes: [Array.from({ length: 5000 }, () => [0.1234, at / 100])],
  });
  const steps = Array.from({ length: 30 }, (_, at) => long(at));
  const kept = fitting({ steps, now: 25 });
  assert.ok(JSON.stringify(kept).length < 410_000);
  assert.equal(kept.steps[kept.now], steps[25]);
  assert.equal(kept.steps[0], steps[26 - kept.steps.length]);
  assert.ok(kept.steps.length > 3);
  const few = { steps: [nothing, drawing], now: 0 };
  assert.deepEqual(fitting(few), few);
});

test('what is no drawing is not given back', () => {
  const texts = [
    '{',
    'null',
    '{"steps":1,"now":0}',
    '{"steps":[],"now":0}',
    '{"steps":[{"kind":"strokes","strokes":[[1]]}],"now":0}',
  ];
  texts.push(
    '{"steps":[{"kind":"pixels","pixels":[1,2]}],"now":0}',
    '{"steps":[{"kind":"strokes","strokes":[]}],"now":4}',
  );
  for (const drawing of texts) assert.equal(createKeep(() => storage({ drawing })).load(), null);
});

test('a browser that refuses to keep anything does no harm', () => {
  const keep = createKeep(() => {
    throw new Error('denied');
  });
  keep.save({ digits: { steps: [nothing], now: 0 } }, true);
  assert.equal(keep.load(), null);
});
