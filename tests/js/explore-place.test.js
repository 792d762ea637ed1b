import assert from 'node:assert/strict';
import { test } from 'node:test';
import { layerAt, openingUnit, unitAt, unitName } from '../../static/js/explore/layers.js';
import {
  digitOf,
  OPTIONS,
  toFragment,
  toPlace,
  valuesOf,
  VIEWS,
  withOptions,
} from '../../static/js/explore/place.js';
import { createExploreServer } from '../../static/js/explore/server.js';
import { subjectOf } from '../../static/js/explore/subject.js';
import { createWants } from '../../static/js/explore/wants.js';
import { MODEL } from './explore-state.js';

const DIGITS = ['label', 'read', 'output', 'target'];

test('every place has an address that leads back to it, and what is as usual is not said', () => {
  for (const view of VIEWS) {
    const place = toPlace(`#view=${view}`);
    assert.equal(place.view, view);
    assert.deepEqual(place.options, OPTIONS[view]);
    const changed = withOptions(
      { ...place, model: 'cnn', digit: 7 },
      Object.fromEntries(
        Object.keys(OPTIONS[view]).map((key) => [
          key,
          DIGITS.includes(key) ? '3' : (valuesOf(view)[key]?.at(-1) ?? 'x1'),
        ]),
      ),
    );
    assert.deepEqual(toPlace(toFragment(changed)), changed);
  }
  assert.equal(toFragment(toPlace('#view=map&method=pca')), '#view=map');
  assert.equal(toFragment(toPlace('')), '#');
});

test('what makes no sense in an address is as if it were not said', () => {
  assert.equal(toPlace('#view=nowhere').view, 'questions');
  const place = toPlace('#view=map&layer=<b>&digit=x&model=a/b');
  assert.deepEqual([place.options.layer, place.digit, place.model], ['', null, null]);
  assert.equal(toPlace(`#digit=${'9'.repeat(9)}`).digit, null);
  assert.equal(toPlace('#view=mistakes&sort=banana').options.sort, 'sure', 'the usual order');
});

test('the layer that is looked at is one that the network has', () => {
  assert.equal(layerAt(toPlace('#view=map'), MODEL), 'hidden2');
  assert.equal(layerAt(toPlace('#view=map&layer=input'), MODEL), 'input');
  assert.equal(layerAt(toPlace('#view=map&layer=conv9'), MODEL), 'hidden2');
  assert.equal(layerAt(toPlace('#view=neurons'), MODEL), 'hidden1');
  assert.equal(
    layerAt(toPlace('#view=neurons&layer=input'), MODEL),
    'hidden1',
    'pixels are no neurons',
  );
});

test('of two outputs neither is the layer before them', () => {
  const layers = ['hidden1', 'hidden2', 'digit', 'loops'].map((name) => ({
    name,
    kind: 'dense',
    arithmetic: 'sum',
    shape: [4],
  }));
  const model = { ...MODEL, layers, outputs: [{}, {}] };
  assert.equal(layerAt(toPlace('#view=map'), model), 'hidden2');
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join(' ');
  const names = ['hidden2', 'digit', 'loops'].map((layer) => unitName(model, layer, 2, t));
  assert.deepEqual(names, ['unit.short.neuron 3', 'neuron.short.output 2', 'neuron.short.loops.2']);
});

test('a unit that is not there is not asked for, and the opening question takes one that is', () => {
  const model = {
    ...MODEL,
    layers: [
      { name: 'hidden1', kind: 'dense', arithmetic: 'sum', shape: [4] },
      ...MODEL.layers.slice(1),
    ],
  };
  const [there, beyond] = [3, 4].map((unit) => toPlace(`#view=neurons&layer=hidden1&unit=${unit}`));
  assert.deepEqual([unitAt(there, model), unitAt(beyond, model)], [3, null]);
  const wants = createWants(createExploreServer());
  const subject = subjectOf({ model, edits: {} });
  const asked = wants.needs(beyond, subject, model).map(({ key }) => key);
  assert.deepEqual(asked, ['layer hidden1 mlp']);
  assert.deepEqual(openingUnit(model), { layer: 'hidden1', unit: 3 });
  assert.deepEqual(openingUnit(null), { layer: '', unit: 0 });
});

test('an output and a target of an address are digits', () => {
  const asked = ['0', '9', '10', '-1', 'x', '', undefined].map(digitOf);
  assert.deepEqual(asked, [0, 9, null, null, null, null, null]);
});

test('a network with its edits is another one to ask about', () => {
  const edits = [{ kind: 'off', layer: 'hidden1', unit: 3 }];
  const [plain, edited] = [
    subjectOf({ model: MODEL, edits: {} }),
    subjectOf({ model: MODEL, edits: { mlp: edits } }),
  ];
  assert.notEqual(plain.key, edited.key);
  assert.deepEqual(edited.edits, edits);
  assert.equal(subjectOf({ model: null, edits: {} }), null);
});
