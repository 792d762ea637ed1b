import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createActions } from '../../static/js/train/actions.js';
import { titled } from '../../static/js/train/setup/titles.js';
import {
  editable,
  withActivation,
  withLayers,
  withSetting,
} from '../../static/js/train/setup/recipe.js';

const t = (key, values = {}) =>
  ({
    'choice.relu': 'ReLU',
    'title.epochs': `${values.epochs} epochs`,
    'runs.digits': `${values.count} digits`,
    'lesson.run.classic': 'Classic MLP',
  })[key] ?? key;
const dense = (units, activation) => ({ kind: 'dense', units, activation });
const LESSON = {
  title: 'Classic MLP',
  architecture: { input_shape: [784], layers: [dense(16, 'sigmoid'), dense(10, 'softmax')] },
  samples: 55000,
  training: {
    learning_rate: 0.1,
    batch_size: 32,
    optimizer: 'sgd',
    epochs: 30,
    loss: 'cross_entropy',
  },
};

test('a run is called by its lesson and what was changed in it', () => {
  const name = (recipe) => titled('Classic MLP', recipe, LESSON, t);
  assert.equal(name(LESSON), 'Classic MLP');
  assert.equal(name(withSetting(LESSON, 'learning_rate', 2)), 'Classic MLP, η 2');
  assert.equal(
    name({ ...withLayers(LESSON, [dense(32, 'relu')]), samples: 500 }),
    'Classic MLP, 32-10, ReLU, 500 digits',
  );
});

test('the name follows what is changed until somebody names it, and two starts differ by it', async () => {
  let state = {
    lessons: { lessons: [{ id: 'classic', recipes: [LESSON] }] },
    runs: [],
    details: {},
    watched: null,
    beside: null,
  };
  const store = { get: () => state, set: (change) => (state = { ...state, ...change }) };
  const started = [];
  const server = {
    plan: async () => ({}),
    start: async ({ title }) => {
      started.push(title);
      return { id: `run-00000000000${started.length}`, title };
    },
  };
  const watcher = { hurry: async () => {}, forget: () => {} };
  const actions = createActions(
    { server, store, watcher, release: async () => {}, tell: () => {}, onName() {} },
    t,
  );
  actions.onLesson('classic');
  actions.onRecipe((recipe) => withSetting(recipe, 'epochs', 3));
  actions.onRecipe((recipe) => withSetting(recipe, 'seed', 0));
  await import('../../static/js/train/setup/titles.js');
  await Promise.resolve();
  assert.equal(state.recipe.title, 'Classic MLP, 3 epochs');
  await actions.onStart();
  await actions.onStart();
  actions.onRecipe((recipe) => ({ ...recipe, title: 'Mine' }));
  actions.onRecipe((recipe) => withSetting(recipe, 'epochs', 4));
  await actions.onStart();
  await actions.onStart();
  assert.deepEqual(started, ['Classic MLP, 3 epochs', 'Classic MLP, 3 epochs 2', 'Mine', 'Mine']);
});

test('of two that are compared both are changed, and each is called by it', async () => {
  const recipes = ['sigmoid', 'relu'].map((activation) =>
    withLayers(LESSON, [dense(16, activation)]),
  );
  let state = {
    lessons: { lessons: [{ id: 'sigmoid_relu', recipes }] },
    runs: [],
    details: {},
  };
  const store = { get: () => state, set: (change) => (state = { ...state, ...change }) };
  const parts = { server: { plan: async () => ({}) }, store, onName() {} };
  const actions = createActions(parts, t);
  actions.onLesson('sigmoid_relu');
  actions.onRecipe((recipe) => withSetting(recipe, 'learning_rate', 0.5));
  actions.onRecipe((recipe) =>
    withLayers(
      recipe,
      editable(recipe).map((layer) => ({ ...layer, units: 32 })),
    ),
  );
  actions.onRecipe((recipe) =>
    withLayers(
      recipe,
      editable(recipe).map((layer) => withActivation(layer, 'tanh')),
    ),
  );
  await import('../../static/js/train/setup/titles.js');
  await Promise.resolve();
  const both = [state.recipe, state.other];
  assert.deepEqual(
    both.map(({ training }) => training.learning_rate),
    [0.5, 0.5],
  );
  assert.deepEqual(
    both.map((each) => editable(each).map(({ units, activation }) => [units, activation])),
    [[[32, 'tanh']], [[32, 'relu']]],
    'in what they differ they are left',
  );
  assert.match(state.other.title, /η 0.5/);
  assert.notEqual(state.recipe.title, state.other.title);
});
