import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stopsOf, wayThrough } from '../../static/js/explore/map/ways.js';
import { toPlace } from '../../static/js/explore/place.js';
import { createExploreServer } from '../../static/js/explore/server.js';
import { subjectOf, testDigit, testIndex } from '../../static/js/explore/subject.js';
import { companions, createWants } from '../../static/js/explore/wants.js';
import { MODEL } from './explore-state.js';

test('a training is walked through in a few stops, and on as it grows', () => {
  assert.deepEqual(stopsOf([0, 1, 2]), [0, 1, 2]);
  const kept = Array.from({ length: 80 }, (_, i) => i * i);
  const stops = stopsOf(kept);
  assert.deepEqual([stops.length, new Set(stops).size, stops[0], stops[11]], [12, 12, 0, 79 * 79]);
  const run = { id: 'run-0123456789ab', kept, isGrowing: true };
  let way = wayThrough(run, 0, true);
  const seen = [way.now];
  while (way.following !== null) {
    way = wayThrough(run, Number(way.following.split('-')[2]), true);
    seen.push(way.now);
  }
  assert.deepEqual(
    seen,
    stops.map((batch) => `run-0123456789ab-${batch}`),
  );
  const grown = wayThrough({ ...run, kept: [...kept, 6400] }, 79 * 79, true);
  assert.equal(grown.following, 'run-0123456789ab-6400');
  assert.equal(wayThrough(run, 3, true).following, `run-0123456789ab-${stops[1]}`, 'from between');
});

test('of a checkpoint the map asks for its training, of another network for none', () => {
  const wants = createWants(createExploreServer());
  const asked = (/** @type {string} */ id) => {
    const model = { ...MODEL, id };
    const needs = wants.needs(toPlace('#view=map'), subjectOf({ model, edits: {} }), model);
    return needs.map(({ key }) => key).filter((key) => key.startsWith('run '));
  };
  assert.deepEqual(asked('run-0123456789ab-256'), ['run run-0123456789ab']);
  assert.deepEqual(asked('mlp'), []);
});

test('a neuron switched off is measured beside the network as it is, where it has weights', () => {
  const wants = createWants(/** @type {any} */ ({}));
  const subject = subjectOf({ model: MODEL, edits: {} });
  const asked = wants
    .needs(toPlace('#view=neurons&layer=hidden1&unit=6'), subject, MODEL)
    .map(({ key }) => key);
  assert.equal(asked.filter((key) => key.startsWith('confusion')).length, 2);
  const pool = {
    ...MODEL,
    layers: [
      { name: 'pool1', kind: 'max_pooling2d', arithmetic: 'pool', shape: [4, 4, 2], parameters: 0 },
    ],
  };
  const others = wants
    .needs(toPlace('#view=neurons&layer=pool1&unit=1'), subject, pool)
    .map(({ key }) => key);
  assert.equal(others.filter((key) => key.startsWith('confusion')).length, 0);
});

test('edits go with what is asked, and without any it is a plain address', async () => {
  const sent = [];
  const reply = {
    ok: true,
    status: 200,
    headers: new Headers(),
    json: async () => ({
      total: 2,
      predictions: [1, 2],
      confidences: [0.5, 1],
      label_probabilities: [0, 1],
    }),
  };
  const server = createExploreServer(
    async (url, options) => (sent.push([String(url), options.method, options.body]), reply),
  );
  const subject = subjectOf({ model: MODEL, edits: {} });
  const found = await server.predictions(subject, 'test', AbortSignal.timeout(9999));
  assert.deepEqual([...found.predictions], [1, 2]);
  assert.deepEqual(sent[0], ['/api/models/mlp/predictions/test', undefined, undefined]);
  await server.predictions(
    { ...subject, edits: [{ kind: 'prune', share: 0.5 }] },
    'test',
    AbortSignal.timeout(9999),
  );
  assert.deepEqual(sent[1], [
    '/api/models/mlp/predictions/test',
    'POST',
    '{"edits":[{"kind":"prune","share":0.5}]}',
  ]);
});

test('only what the view shows is asked with a drawing', () => {
  const kinds = (fragment) =>
    companions(toPlace(fragment), /** @type {any} */ (MODEL), /** @type {any} */ ({})).map(
      ({ kind }) => kind,
    );
  assert.deepEqual(kinds('#view=map'), ['placed']);
  assert.deepEqual(kinds('#view=why'), ['blamed']);
  assert.deepEqual(kinds('#view=fool'), ['attacked']);
  assert.deepEqual(kinds('#view=fool&way=turn'), ['distorted']);
  assert.deepEqual(kinds('#view=dataset'), []);
});

test('a test digit is none of those that are nearest to it', async () => {
  const counts = [];
  const neighbours = Array.from({ length: 11 }, (_, i) => ({ index: 40 + i, distance: i }));
  const place = async (_subject, _drawn, { count }) => (counts.push(count), { neighbours });
  const [placed] = companions(toPlace('#view=map'), MODEL, /** @type {any} */ ({ place }));
  const near = async (...index) =>
    (await placed.ask(null, {}, null, ...index)).neighbours.map(({ index }) => index);
  assert.deepEqual(await near(40), [41, 42, 43, 44, 45, 46, 47, 48, 49, 50]);
  assert.deepEqual(await near(44), [40, 41, 42, 43, 45, 46, 47, 48, 49, 50]);
  assert.deepEqual(
    await near(),
    [40, 41, 42, 43, 44, 45, 46, 47, 48, 49],
    'of a drawing all are others',
  );
  assert.deepEqual(counts, [11, 11, 11]);
  const noisy = { kind: 'pixels', pixels: [], label: 7, index: 40, noise: 0.1 };
  assert.deepEqual([testIndex(testDigit(40)), testIndex(noisy)], [40, null]);
});
