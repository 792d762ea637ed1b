import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumbers } from '../../static/js/page/words.js';
import { readsText } from '../../static/js/views/picker/picker.js';
import { chosen, rivalsOf } from '../../static/js/draw/compare/rivals.js';

const models = ['mlp-sigmoid', 'cnn', 'lstm'].map((id) => ({ id, problem: 'digits' }));
const mine = { id: 'run-0123456789ab-40', problem: 'digits' };
const bias = [{ kind: 'bias' }];
const state = { models, edits: {}, problem: 'digits', model: models[0], compared: [] };
const keys = (rivals) => rivals.map(({ key }) => key);

test('a network that was trained here and reads now is compared like those in the list', () => {
  assert.deepEqual(keys(rivalsOf({ ...state, model: mine })), [
    'run-0123456789ab-40',
    'mlp-sigmoid',
    'cnn',
    'lstm',
  ]);
  const all = chosen({ ...state, model: mine, edits: { [mine.id]: bias } });
  assert.deepEqual(keys(all), ['run-0123456789ab-40', 'run-0123456789ab-40*']);
  assert.deepEqual(keys(chosen({ ...state, model: mine })), ['run-0123456789ab-40', 'cnn']);
});

test('what reads now and stands in the list is no second rival; another problem has its own', () => {
  assert.deepEqual(keys(rivalsOf(state)), ['mlp-sigmoid', 'cnn', 'lstm']);
  assert.deepEqual(keys(rivalsOf({ ...state, problem: 'houses' })), []);
});

test('how well a network reads is told by what is known of it, and nothing where nothing is', () => {
  const t = (key, values) =>
    [key, ...Object.values(values).filter((each) => each !== '–')].join(' ');
  const told = (accuracy, scores) => readsText({ accuracy, scores }, t, createNumbers('en'));
  assert.equal(told({ mnist_test: 0.97, drawn: 0.9 }), 'picker.reads 97.0% 90.0%');
  assert.equal(told({ test: 0.93 }, {}), 'picker.reads.saved 93.0%');
  assert.equal(told({ validation: 0.922 }, {}), 'picker.reads.validation 92.2%'); // trained here
  assert.equal(told({}, { test_mae: 15000 }), 'picker.reads.number $15,000');
  assert.equal(told({}, { validation: 0.8 }), 'picker.reads.r2 0.800');
  assert.equal(told({}), '');
});
