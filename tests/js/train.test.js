import assert from 'node:assert/strict';
import { test } from 'node:test';
import { figure } from '../../static/js/train/curves/curves.js';
import { CONFIG } from '../../static/js/views/plot/look.js';
import { tilesOf } from '../../static/js/views/tiles.js';
import { fullOf } from '../../static/js/views/kernels.js';
import { barOf, problemKey } from '../../static/js/train/run/health.js';
import { stepsIn, withStep } from '../../static/js/step/lesson.js';
import { lessonOf } from '../../static/js/train/run/lesson.js';
import { knownUntil, merged } from '../../static/js/train/run/merge.js';
import { clock, secondsLeft, stateWord } from '../../static/js/train/run/progress.js';
import {
  addable,
  arranged,
  editable,
  fromZero,
  NEW,
  readsImages,
  withActivation,
  withLayers,
  withLoss,
  withOptimizer,
  withZero,
} from '../../static/js/train/setup/recipe.js';
import { whatItTakes } from '../../static/js/train/setup/takes.js';
import { createNumbers } from '../../static/js/page/words.js';
import { indexOf, isAwaited, shownModel, whoReads } from '../../static/js/train/run/selectors.js';
import { createActions } from '../../static/js/train/actions.js';
import { createWatcher } from '../../static/js/train/run/watcher.js';
import { ProblemError } from '../../static/js/server/api.js';
import { createClock } from './clock.js';

const OUTPUT = { kind: 'dense', name: 'output', units: 10, activation: 'softmax' };
const training = {
  loss: 'cross_entropy',
  optimizer: 'sgd',
  momentum: 0.9,
  nesterov: true,
  learning_rate: 0.1,
};
const recipe = (...layers) => ({
  title: 'A',
  samples: 100,
  augmentation: null,
  training,
  architecture: arranged(layers, OUTPUT),
});
const kinds = ({ architecture }) => architecture.layers.map(({ kind, name }) => `${kind} ${name}`);

test('layers are put in the order that works, and named', () => {
  const made = recipe(NEW.dense(), NEW.dropout(), NEW.conv2d(), NEW.max_pooling2d(), NEW.dense());
  assert.deepEqual(kinds(made), [
    'conv2d conv1',
    'max_pooling2d pool1',
    'flatten flatten',
    'dense hidden1',
    'dropout dropout1',
    'dense hidden2',
    'dense output',
  ]);
  assert.deepEqual(made.architecture.input_shape, [28, 28, 1]);
  assert.deepEqual(recipe(NEW.dense(), NEW.lstm()).architecture.input_shape, [28, 28]);
  assert.deepEqual(recipe(NEW.dense()).architecture.input_shape, [784]);
  assert.equal(editable(made).length, 5);
});

test('removing the maps takes the flattening along', () => {
  const made = recipe(NEW.conv2d(), NEW.dense());
  const left = withLayers(made, editable(made).slice(1));
  assert.deepEqual(kinds(left), ['dense hidden1', 'dense output']);
  assert.deepEqual(left.architecture.input_shape, [784]);
});

test('only what can work may be added', () => {
  assert.deepEqual(addable([]), ['dense', 'conv2d', 'dropout', 'lstm']);
  assert.deepEqual(addable([NEW.conv2d()]), ['dense', 'conv2d', 'max_pooling2d', 'dropout']);
  assert.deepEqual(addable([NEW.lstm()]), ['dense', 'dropout']);
});

test('the loss decides the last activation, the optimizer its own settings, zero the start', () => {
  const squares = withLoss(recipe(NEW.dense()), 'mean_squared_error');
  assert.equal(squares.architecture.layers.at(-1).activation, 'sigmoid');
  assert.equal(withLoss(squares, 'cross_entropy').architecture.layers.at(-1).activation, 'softmax');
  const adam = withOptimizer(recipe(NEW.dense()), 'adam');
  assert.deepEqual([adam.training.momentum, adam.training.nesterov], [0, false]);
  const zero = withZero(recipe(NEW.dense()), true);
  assert.ok(fromZero(zero) && !fromZero(withZero(zero, false)));
  const before = { ...NEW.dense(), kernel_initializer: 'he_normal' };
  assert.equal(withActivation(before, 'sigmoid').kernel_initializer, undefined);
  assert.equal(
    withActivation({ ...before, kernel_initializer: 'zeros' }, 'sigmoid').kernel_initializer,
    'zeros',
  );
});

test('time left follows from the speed, and is not guessed', () => {
  const run = {
    batch: 10,
    batches: 60,
    batches_an_epoch: 10,
    samples: 500,
    speed: 100,
    state: 'running',
  };
  assert.equal(secondsLeft(run), 25);
  assert.equal(secondsLeft({ ...run, state: 'paused' }), null);
  assert.equal(secondsLeft({ ...run, speed: 0 }), null);
  assert.equal(secondsLeft({ ...run, pace: 0.5 }), null, 'a slow run hurries in the end');
  assert.equal(clock(125.4), '2:05');
  const t = (key, values = {}) => [key, ...Object.values(values)].join(' ');
  assert.equal(stateWord({ state: 'waiting', queue_position: 2, reason: '' }, t), 'run.place 2');
  assert.equal(stateWord({ state: 'waiting', queue_position: 1, reason: '' }, t), 'run.next');
  assert.equal(
    stateWord({ state: 'stopped', queue_position: null, reason: 'diverged' }, t),
    'why.diverged',
  );
  assert.equal(
    stateWord({ state: 'failed', queue_position: null, reason: 'no room' }, t),
    'why.failed no room',
  );
  assert.equal(stateWord({ state: 'done', queue_position: null, reason: '' }, t), 'state.done');
});

const point = (batch) => ({
  batch,
  loss: 1,
  accuracy: 0.5,
  validation_loss: 1.5,
  outputs: [],
  validation_accuracy: 0.4,
  layers: [],
});
const run = {
  id: 'run-000000000001',
  title: 'A',
  problem: 'digits',
  outputs: [],
  state: 'running',
  batch: 4,
  batches: 60,
  batches_an_epoch: 10,
  samples: 500,
};
const details = (batches, kept) => ({
  run,
  recipe: recipe(),
  curve: {
    batch: batches,
    loss: batches.map((b) => 1 / (b + 1)),
    accuracy: batches.map(() => 0.5),
    learning_rate: batches.map(() => 0.1),
  },
  checkpoints: kept.map(point),
  kept,
  problems: [],
});

test('increments are put together once, whatever overlaps', () => {
  const first = details([1, 2], [0, 2]);
  assert.equal(knownUntil(undefined), null);
  assert.equal(knownUntil(first), 2);
  assert.equal(knownUntil(details([1, 2], [0, 2, 4])), 2, 'points up to 4 are still to come');
  assert.equal(knownUntil(details([1, 2, 3], [0, 2])), 2);
  assert.equal(knownUntil(details([], [0])), null);
  const second = merged(first, { ...details([2, 3, 4], [2, 4]), kept: [0, 2, 4] });
  assert.deepEqual(second.curve.batch, [1, 2, 3, 4]);
  assert.equal(second.curve.loss.length, 4);
  assert.deepEqual(
    second.checkpoints.map(({ batch }) => batch),
    [0, 2, 4],
  );
  const same = merged(second, { ...details([], []), kept: [0, 2, 4] });
  assert.equal(same.curve, second.curve);
  assert.equal(same.checkpoints, second.checkpoints);
});

test('a recipe that does not travel again stays, under the title that the run has now', () => {
  const first = details([1, 2], [0, 2]);
  const quiet = { ...details([3], []), recipe: null };
  assert.equal(
    merged({ ...first, recipe: { ...first.recipe, title: run.title } }, quiet).recipe.title,
    'A',
  );
  const same = { ...first, recipe: { ...first.recipe, title: run.title } };
  assert.equal(merged(same, quiet).recipe, same.recipe);
  assert.equal(merged(same, { ...quiet, run: { ...run, title: 'B' } }).recipe.title, 'B');
  const changed = { ...first.recipe, changes: [[3, 0.5]] };
  assert.equal(merged(same, { ...quiet, recipe: changed }).recipe, changed);
  assert.equal(merged({ ...first, recipe: null }, quiet).recipe, null);
});

test('checkpoints of a slow run that went again are forgotten here, too', () => {
  const first = details([1, 2, 3], [0, 1, 2, 3]);
  const second = merged(first, { ...details([4], [4]), kept: [0, 2, 3, 4] });
  assert.deepEqual(
    second.checkpoints.map(({ batch }) => batch),
    [0, 2, 3, 4],
  );
  const third = merged(second, { ...details([], []), kept: [0, 3, 4] });
  assert.deepEqual(
    third.checkpoints.map(({ batch }) => batch),
    [0, 3, 4],
  );
});

test('a run is told by the lesson it comes from, by a pair where two are shown, else by none', () => {
  const [one, two] = [recipe(NEW.dense()), recipe(NEW.lstm())];
  const lessons = {
    lessons: [
      { id: 'alone', recipes: [one] },
      { id: 'pair', recipes: [one, two] },
    ],
  };
  const named = { ...one, title: 'mine', changes: [[3, 0.1]] };
  assert.equal(lessonOf(named, { lessons, beside: null }), 'alone');
  assert.equal(lessonOf(named, { lessons, beside: 'run-000000000002' }), 'pair');
  assert.equal(lessonOf(two, { lessons, beside: null }), 'pair');
  assert.equal(lessonOf({ ...one, samples: 7 }, { lessons, beside: null }), null);
  assert.equal(lessonOf(one, { lessons: null, beside: null }), null);
});

test('the checkpoint looked at is the newest, or the nearest to the one chosen', () => {
  const kept = [0, 5, 10].map(point);
  assert.deepEqual(
    [indexOf(kept, null), indexOf(kept, 5), indexOf(kept, 9), indexOf([], null)],
    [2, 1, 2, -1],
  );
  const state = {
    watched: run.id,
    batch: 5,
    details: { [run.id]: { ...details([], []), checkpoints: kept } },
  };
  assert.equal(shownModel(state), `${run.id}-5`);
  kept[1] = { ...kept[1], validation_loss: null };
  assert.equal(shownModel(state), null);
});

test('weights that are still to come are not called weights that are no numbers', () => {
  const nobody = { watched: null, batch: null, details: {} };
  const awaited = { watched: run.id, batch: null, details: {} };
  const begun = { ...awaited, details: { [run.id]: details([], []) } };
  const there = { ...awaited, details: { [run.id]: details([], [0]) } };
  const broken = structuredClone(there);
  broken.details[run.id].checkpoints[0].validation_loss = null;
  assert.deepEqual([nobody, awaited, begun, there, broken].map(isAwaited), [
    false,
    true,
    true,
    false,
    false,
  ]);
  assert.deepEqual(
    [nobody, awaited, begun, there, broken].map((state) => whoReads(state, false)),
    ['mine.waits', 'mine.waits', 'mine.waits', 'mine.waits', 'mine.none'],
  );
  assert.deepEqual(
    [nobody, awaited, there].map((state) => whoReads(state, true)),
    ['mine.about', 'mine.until', 'mine.about'],
  );
});

test('the chart holds the very numbers, NaN as a gap, both runs when two are compared', () => {
  const one = details([1, 2], [0, 2]);
  one.curve.loss[1] = null;
  const t = (key) => key;
  const { data, layout, over } = figure([one], 2, t, () => '#123456');
  assert.equal(data.length, 6);
  assert.deepEqual(data[0].x, [0.1, 0.2]);
  assert.deepEqual(data[0].y, [0.5, null]);
  assert.deepEqual(data[2].y, [1.5, 1.5]);
  assert.deepEqual(data[5].y, [0.4, 0.4]);
  assert.equal(layout.shapes[0].x0, 0.2);
  assert.equal(CONFIG.showSendToCloud, false);
  assert.deepEqual(over, ['xy', 'xy2']);
  const both = figure([one, details([1], [0])], null, t, () => '#123456');
  assert.equal(both.data.length, 12);
  assert.ok(both.data[6].name.startsWith('A: '));
  assert.deepEqual(both.layout.shapes, []);
});

test('weights lie in tiles: a picture a neuron, a window a filter, a block a gate', () => {
  const dense = tilesOf([784, 16], 'dense');
  assert.deepEqual([dense.shown, dense.across, dense.height, dense.width], [16, 8, 28, 28]);
  assert.equal(dense.at(3, 2, 5), (2 * 28 + 5) * 16 + 3);
  assert.deepEqual(
    [tilesOf([784, 128], 'dense').shown, tilesOf([784, 128], 'dense').count],
    [64, 128],
  );
  const filters = tilesOf([5, 5, 1, 8], 'conv2d');
  assert.equal(filters.at(2, 1, 3), (1 * 5 + 3) * 8 + 2);
  const gates = tilesOf([28, 128], 'lstm');
  assert.deepEqual([gates.count, gates.height, gates.width], [4, 28, 32]);
  assert.equal(gates.at(1, 2, 3), 2 * 128 + 32 + 3);
  assert.equal(fullOf([3, -3, 3, -3]), 9);
  assert.equal(fullOf([0, 0]), 1);
});

test('sizes are shown by powers of ten', () => {
  assert.deepEqual([barOf(null), barOf(0), barOf(1e-9), barOf(10), barOf(1e-6)], [1, 0, 0, 1, 0]);
  assert.ok(barOf(0.01) > barOf(0.001));
});

test('the same step again only counts up', () => {
  const step = { kind: 'learn', pixels: [0, 255], label: 3, learning_rate: 0.1, times: 1 };
  const once = withStep([], step);
  const more = withStep(once, { ...step, times: 10 });
  assert.deepEqual(more, [{ ...step, times: 11 }]);
  assert.equal(withStep(more, { ...step, label: 4 }).length, 2);
  assert.equal(withStep(more, { ...step, pixels: [0, 254] }).length, 2);
  assert.equal(withStep([{ ...step, times: 95 }], { ...step, times: 10 }).length, 2);
  assert.equal(stepsIn([{ kind: 'off' }, ...more]), 11);
});

function watching(server) {
  let state = { runs: [], watched: run.id, beside: null, details: {}, batch: null, playing: false };
  const store = { get: () => state, set: (change) => (state = { ...state, ...change }) };
  const clock = createClock();
  const told = [];
  const watcher = createWatcher(server, store, (status) => told.push(status), clock);
  return { watcher, store, clock, told };
}

test('a run is followed by increments until nothing more can come', async () => {
  const asked = [];
  let now = details([1, 2], [0, 2]);
  const { watcher, store, clock } = watching({
    runs: async () => ({ runs: [now.run], usage: null, trouble: null }),
    run: async (_id, after) => {
      asked.push(after);
      return now;
    },
  });
  await watcher.hurry();
  now = { ...details([3], []), run: { ...run, state: 'done' } };
  await clock.pass(400);
  assert.deepEqual(asked, [null, 2]);
  assert.deepEqual(store.get().details[run.id].curve.batch, [1, 2, 3]);
  await clock.pass(10000);
  assert.deepEqual(asked, [null, 2]);
});

test('a run that is gone is forgotten, a server that fails is asked again and told of', async () => {
  let fails = true;
  const { watcher, store, clock, told } = watching({
    runs: async () => ({ runs: [run], usage: null, trouble: 'worker' }),
    run: async () => {
      if (fails) throw new Error('HTTP 502');
      throw new ProblemError({ status: 404, code: 'unknown_run', detail: '' });
    },
  });
  await watcher.hurry();
  assert.deepEqual(told, []);
  await clock.pass(500);
  assert.deepEqual(told, ['failing']);
  fails = false;
  await clock.pass(1000);
  assert.equal(store.get().watched, null);
  assert.deepEqual(store.get().runs, []);
  assert.equal(told.at(-1), 'ok');
});

test('a list that was asked for before a run was deleted does not bring it back', async () => {
  let answer;
  const other = { ...run, id: 'run-00000000000b' };
  const { watcher, store } = watching({
    runs: () => new Promise((resolve) => (answer = resolve)),
    run: async () => details([1], [0]),
  });
  const look = watcher.hurry();
  let isQuiet = false;
  const quiet = watcher.quiet().then(() => (isQuiet = true));
  watcher.forget(run.id);
  assert.equal(isQuiet, false);
  answer({ runs: [run, other], usage: null, trouble: null });
  await Promise.all([look, quiet]);
  assert.deepEqual(store.get().runs, [other]);
});

test('nothing is asked about a run any more when it is deleted; one that stays is watched again', async () => {
  const order = [];
  let fails = false;
  const { watcher, store } = watching({});
  store.set({ batch: 3, beside: null });
  const actions = createActions(
    {
      server: {
        remove: async () => {
          order.push('removed');
          if (fails) throw new Error('HTTP 502');
        },
      },
      store,
      watcher,
      release: async () => {
        order.push(store.get().watched);
      },
      tell: () => {},
      onName: () => {},
    },
    (key) => key,
  );
  fails = true;
  await actions.onDelete(run.id);
  assert.equal(store.get().watched, run.id);
  assert.equal(store.get().batch, 3);
  fails = false;
  await actions.onDelete(run.id);
  assert.deepEqual(order, [null, 'removed', null, 'removed']);
  assert.equal(store.get().watched, null);
});

test('what a recipe takes is told in megabytes, operations, milliseconds and minutes', () => {
  const plan = {
    architecture: '',
    parameters: 1,
    batches: 10_000,
    batches_an_epoch: 100,
    layers: [],
    memory: 50_200_000,
    batch_operations: 1_790_000,
    reading_operations: 0,
    batch_seconds: 0.0123,
  };
  assert.deepEqual(whatItTakes(plan, createNumbers('en')), {
    memory: '51',
    operations: '1.79M',
    time: '12',
    all: '2:03',
  });
  assert.equal(whatItTakes(plan, createNumbers('ko')).operations, '179만');
});

test('what helps against silent units depends on what made them so', () => {
  const layers = [
    { name: 'hidden1', silent: 4, units: 8 },
    { name: 'hidden2', silent: 1, units: 8 },
    { name: 'output', silent: 0, units: 10 },
  ];
  /** @param {string} activation @returns {any} */
  const details = (activation) => ({
    checkpoints: [{ layers }],
    recipe: {
      architecture: {
        layers: [
          { name: 'hidden1', activation },
          { name: 'hidden2', activation: 'relu' },
          { name: 'output', activation: 'softmax' },
        ],
      },
    },
  });
  assert.equal(problemKey('silent', details('relu')), 'problem.silent.relu');
  assert.equal(problemKey('silent', details('sigmoid')), 'problem.silent'); // hidden2 is well
  assert.equal(problemKey('alike', details('relu')), 'problem.alike');
});

test('why a run failed is told in words where there are some, else as the process said it', () => {
  /** @param {string} key @param {Record<string, unknown>} [values] */
  const t = (key, values = {}) => `${key} ${values.why ?? ''}`.trim();
  const failed = (/** @type {string} */ why) =>
    stateWord(/** @type {any} */ ({ state: 'failed', reason: why, queue_position: null }), t);
  assert.equal(failed('memory'), 'why.memory');
  assert.equal(failed('disk'), 'why.disk');
  assert.equal(failed('LookupError: odd'), 'why.failed LookupError: odd');
});

test('a recipe for houses keeps its eight inputs and its linear output, whatever its layers', () => {
  const output = { kind: 'dense', name: 'output', units: 1, activation: 'linear' };
  const recipe = {
    problem: 'houses',
    architecture: { input_shape: [8], layers: [NEW.dense(), output] },
  };
  assert.equal(readsImages(recipe), false);
  assert.equal(readsImages({ architecture: recipe.architecture }), true);
  assert.deepEqual(addable(editable(recipe), 'houses'), ['dense', 'dropout']);
  const more = withLayers(recipe, [...editable(recipe), NEW.dense()]);
  assert.deepEqual(more.architecture.input_shape, [8]);
  assert.deepEqual(
    more.architecture.layers.map(({ name, units }) => [name, units]),
    [
      ['hidden1', 16],
      ['hidden2', 16],
      ['output', 1],
    ],
  );
  assert.equal(more.problem, 'houses');
});
