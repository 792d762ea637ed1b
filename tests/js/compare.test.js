import assert from 'node:assert/strict';
import { test } from 'node:test';
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
