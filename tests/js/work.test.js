import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usable } from '../../static/js/sessions/trainings.js';
import { createWork } from '../../static/js/sessions/work.js';
import { distinct, moment, suffixes } from '../../static/js/state/distinct.js';

function storage(first = {}) {
  const kept = new Map(Object.entries(first));
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
}

const bias = { kind: 'bias', layer: 'output', unit: 3, shift: 2 };

test('the network that reads and the changes of all are given back', () => {
  const place = storage();
  const work = createWork(() => place);
  assert.deepEqual(work.load(), { model: null, edits: {}, isClosed: false });
  work.save({
    model: { id: 'cnn' },
    edits: { cnn: [bias], 'mlp-relu': [bias, bias], 'mlp-wide': [] },
    against: null,
  });
  const edits = { cnn: [bias], 'mlp-relu': [bias, bias] };
  assert.deepEqual(work.load(), { model: 'cnn', edits, isClosed: true });
  work.save({ model: { id: 'cnn' }, edits, against: 4 });
  assert.equal(work.load().isClosed, false, 'why not a 4 was open');
});

test('of more changes than there is room for, those of the network that reads stay', () => {
  const place = storage();
  const work = createWork(() => place);
  const long = Array.from({ length: 10_000 }, () => bias);
  work.save({ model: { id: 'cnn' }, edits: { cnn: [bias], 'mlp-relu': long } });
  assert.deepEqual(work.load().edits, { cnn: [bias] });
  work.save({ model: { id: 'mlp-relu' }, edits: { cnn: [bias], 'mlp-relu': long } });
  assert.deepEqual(work.load(), { model: 'mlp-relu', edits: {}, isClosed: false });
});

test('what was looked into is given back, and what was only kept is not', () => {
  const place = storage();
  const work = createWork(() => place);
  const selected = { layer: 'output', index: 7 };
  const state = { model: { id: 'cnn' }, edits: {}, selected };
  work.save({ ...state, inspecting: true });
  assert.deepEqual(work.load().neuron, selected);
  work.save({ ...state, inspecting: false });
  assert.equal(work.load().neuron, undefined);
});

test('what is no work is not given back, and a browser that refuses does no harm', () => {
  for (const work of [
    '{',
    'null',
    '7',
    '{"model":7}',
    '{"neuron":{"layer":7}}',
    '{"edits":{"cnn":[1]}}',
    '{"edits":{"cnn":7}}',
  ]) {
    assert.deepEqual(createWork(() => storage({ work })).load(), {
      model: null,
      edits: {},
      isClosed: false,
    });
  }
  const refusing = createWork(() => {
    throw new Error('no storage');
  });
  refusing.save({ model: null, edits: {} });
  assert.deepEqual(refusing.load(), { model: null, edits: {}, isClosed: false });
});

test('equal titles are told apart by their time, and at the same time by a number', () => {
  const all = [
    { id: 'd', title: 'MLP', when: '14:09' },
    { id: 'c', title: 'MLP', when: '14:03' },
    { id: 'b', title: 'CNN', when: '14:03' },
    { id: 'a', title: 'MLP', when: '14:03' },
  ];
  const named = suffixes(all);
  assert.deepEqual(Object.fromEntries(named), { d: '14:09', c: '14:03, 2', b: '', a: '14:03' });
  const names = all.map(({ id, title }) => distinct(title, named.get(id)));
  assert.equal(new Set(names).size, names.length);
  assert.equal(distinct('CNN', ''), 'CNN');
});

test('today the hour tells when, before that the day too', () => {
  const now = new Date(2026, 10, 26, 15, 0);
  const at = (day, hour) => new Date(2026, 10, day, hour, 5).getTime() / 1000;
  assert.equal(moment(at(26, 9), 'en', now), '09:05');
  assert.match(moment(at(25, 9), 'en', now), /Nov 25.*09:05/);
});

test("one's own runs with a network that is numbers can be picked", () => {
  const run = { id: 'run-1', mine: true, reason: '', validation: 0.9 };
  const all = [
    run,
    { ...run, mine: false },
    { ...run, reason: 'diverged' },
    { ...run, validation: null },
  ];
  assert.deepEqual(usable(all), [run]);
});
