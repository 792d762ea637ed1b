import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createUndone } from '../../static/js/draw/lab/undone.js';

function storage(first = {}) {
  const kept = new Map(Object.entries(first));
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

const shift = (by) => [{ kind: 'bias', layer: 'output', unit: 3, shift: by }];
const steps = new Map([['cnn', [[], shift(1)]]]);

test('what can be undone is given back, and a step for what an address has put in its place', () => {
  const place = storage();
  const undone = createUndone(() => place);
  assert.equal(undone.load({}).size, 0);
  undone.save(steps, { cnn: shift(2) });
  assert.deepEqual(undone.load({ cnn: shift(2) }), steps);
  assert.deepEqual(undone.load({ cnn: shift(9) }).get('cnn'), [[], shift(1), shift(2)]);
  assert.deepEqual(undone.load({}).get('cnn'), [[], shift(1), shift(2)]);
});

test('of more steps than there is room for, the newest stay', () => {
  const place = storage();
  const undone = createUndone(() => place);
  const long = (by) => Array.from({ length: 4000 }, () => shift(by)[0]);
  const many = Array.from({ length: 9 }, (_, by) => long(by));
  undone.save(new Map([['cnn', many]]), { cnn: shift(2) });
  const kept = undone.load({ cnn: shift(2) }).get('cnn');
  assert.ok(kept.length > 2 && kept.length < 9);
  assert.equal(kept.at(-1)[0].shift, 8);
});

test('what is no list of steps is not given back, and a browser that refuses does no harm', () => {
  for (const undo of ['{', 'null', '7', '{"steps":7}', '{"steps":{"cnn":[[7]]}}'])
    assert.equal(createUndone(() => storage({ undo })).load({}).size, 0, undo);
  const refusing = createUndone(() => {
    throw new Error('no storage');
  });
  refusing.save(steps, {});
  assert.equal(refusing.load({}).size, 0);
});
