// What is known of a run: increments put together, its lesson, the checkpoint looked at, its health in words.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemKey } from '../../static/js/train/run/health.js';
import { asksItself, lessonOf, toldOf } from '../../static/js/train/run/lesson.js';
import { knownUntil, merged } from '../../static/js/train/run/merge.js';
import { clock, roundly, stateWord } from '../../static/js/train/run/progress.js';
import { newLayer } from '../../static/js/train/setup/kinds.js';
import { indexOf, readCheckpoint, shownModel } from '../../static/js/train/run/selectors.js';
import { recipe, point, run, details } from './a-run.js';

test('time left is told roundly, the more of it the rounder', () => {
  assert.deepEqual([0.2, 7.4, 23, 31, 68, 94, 200].map(roundly), [1, 7, 25, 30, 70, 90, 210]);
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
  const [one, two] = [recipe(newLayer('dense')), recipe(newLayer('lstm'))];
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
  const high = { lessons: { lessons: [{ id: 'high_rate', recipes: [one] }] }, beside: null };
  const found = { recipe: named, problems: ['rising'] };
  assert.equal(toldOf(found, { lessons, beside: null }), null); // what is found says what helps
  assert.equal(toldOf({ ...found, problems: [] }, { lessons, beside: null }), 'alone');
  assert.equal(toldOf(found, high), 'high_rate'); // its own task stays
  assert.deepEqual(
    [lessons, high.lessons].map((all) => asksItself(found, { ...high, lessons: all })),
    [false, true],
  );
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

test('more digits are advised only where there are more', () => {
  /** @param {number} samples @returns {any} */
  const details = (samples) => ({ checkpoints: [], recipe: { samples } });
  assert.equal(problemKey('overfitting', details(200), 55000), 'problem.overfitting');
  assert.equal(problemKey('overfitting', details(55000), 55000), 'problem.overfitting.all');
  assert.equal(problemKey('overfitting', details(55000)), 'problem.overfitting'); // not known yet
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

test('while new checkpoints come faster than they are read, what is told is of the one that is seen', () => {
  const state = {
    watched: run.id,
    details: { [run.id]: details([1, 2, 3], [1, 2, 3]) },
    batch: null,
  };
  assert.equal(readCheckpoint({ ...state, reads: `${run.id}-2` })?.batch, 2);
  assert.equal(
    readCheckpoint({ ...state, reads: 'mlp-sigmoid' })?.batch,
    3,
    'another network reads yet',
  );
  assert.equal(
    readCheckpoint({ ...state, reads: `${run.id}-2`, batch: 1 })?.batch,
    1,
    'one was chosen',
  );
  const lost = structuredClone(state);
  lost.details[run.id].checkpoints[2].validation_loss = null;
  assert.equal(readCheckpoint({ ...lost, reads: `${run.id}-2` })?.batch, 3, 'its numbers are gone');
});
