// What is blamed, pushed and compared: of which network, and how far.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toPlace } from '../../static/js/explore/place.js';
import { subjectOf } from '../../static/js/explore/subject.js';
import { besideOf, epsilonAt, keys } from '../../static/js/explore/wants.js';
import { kept, stepOf, trustIn, verdict } from '../../static/js/explore/why/removal.js';

test('what is blamed most goes first, and only ink can go', () => {
  assert.deepEqual(kept([0, 200, 90, 10], [9, 0.1, 0.5, -1], 2), [0, 0, 0, 10]);
  assert.deepEqual(kept([0, 200, 90, 10], [9, 0.1, 0.5, -1], 0), [0, 200, 90, 10]);
  const deletion = { pixels: [0, 10, 20, 30], flips_at: 20 };
  assert.equal(stepOf(-1, deletion), 2, 'shown where the answer changes');
  assert.equal(stepOf(1, deletion), 1);
  assert.equal(stepOf(9, { ...deletion, flips_at: null }), 3);
  assert.deepEqual([0.9, -0.7, 0.4, 0.1].map(verdict), ['much', 'much', 'some', 'little']);
});

test('what is told of a network is told of its edits: under another edit nothing of it is found', () => {
  const subject = (/** @type {any[]} */ edits) =>
    /** @type {any} */ (
      subjectOf(/** @type {any} */ ({ model: { id: 'cnn' }, edits: { cnn: edits } }))
    );
  const [one, other] = [[{ kind: 'off', unit: 1 }], [{ kind: 'off', unit: 2 }]].map(subject);
  const own = /** @type {any} */ ([]);
  /** @type {[string, any[]][]} */
  const asked = [
    ['predictions', ['test']],
    ['confusion', []],
    ['layer', ['conv1']],
    ['unit', ['conv1', 3]],
    ['map', ['pool2', 'tsne']],
    ['ascent', ['conv1', 3, 0.5]],
    ['own', ['conv1', 3, own]],
    ['robustness', ['fgsm']],
  ];
  for (const [name, rest] of asked) {
    const of = /** @type {any} */ (keys)[name];
    assert.notEqual(of(one, ...rest), of(other, ...rest), name);
    assert.equal(of(one, ...rest), of(subject([{ kind: 'off', unit: 1 }]), ...rest), name);
  }
  const free = new Set(['labels', 'misreadings', 'run', ...asked.map(([name]) => name)]);
  assert.deepEqual(new Set(Object.keys(keys)), free, 'a new one is asked about here as well');
});

test('a network is not held against itself, but an edited one against what was learned', () => {
  const at = (/** @type {string} */ beside, /** @type {any[]} */ edits = []) =>
    besideOf(toPlace(`view=confusion&beside=${beside}`), { id: 'cnn', edits, key: 'cnn' })?.id ??
    null;
  assert.deepEqual([at('cnn'), at('lstm'), at('none'), at('')], [null, 'lstm', null, null]);
  assert.deepEqual([at('cnn', [{}]), at('', [{}])], ['cnn', 'cnn']);
});

test('a push that nobody chose is as small as it can be', () => {
  const at = (/** @type {string} */ amount) => epsilonAt(toPlace(`view=fool&amount=${amount}`));
  assert.deepEqual([at(''), at('0'), at('0.25'), at('7'), at('x')], [null, 0, 0.25, null, null]);
});

test('an option that says a digit says one', () => {
  const { options } = toPlace('view=dataset&label=77&read=7&only=wrong');
  assert.deepEqual([options.label, options.read, options.only], ['', '7', 'wrong']);
});

test('one verdict weighs whether the answer goes with what is blamed and whether chance blames the same', () => {
  const of = (/** @type {number} */ area, /** @type {number | null} */ random_similarity) =>
    trustIn(/** @type {any} */ ({ deletion: { area, random_area: 0.5 }, random_similarity }));
  assert.deepEqual(
    [of(0.1, 0.1), of(0.1, 0.48), of(0.1, -0.7), of(0.4, 0.1), of(0.25, null)],
    ['good', 'some', 'alike', 'slow', 'good'],
  );
});
