import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accompanied, followedBy } from '../../static/js/explore/follow.js';
import {
  digitOf,
  OPTIONS,
  toFragment,
  toPlace,
  VIEWS,
  withOptions,
} from '../../static/js/explore/place.js';
import { createAdmission } from '../../static/js/sessions/admission.js';
import { stopsOf, wayThrough } from '../../static/js/explore/map/training.js';
import { ProblemError } from '../../static/js/server/api.js';
import { createShelf } from '../../static/js/explore/shelf.js';
import { createExploreServer } from '../../static/js/explore/server.js';
import { subjectOf } from '../../static/js/explore/subject.js';
import { companions, createWants } from '../../static/js/explore/wants.js';
import { layerAt, openingUnit, unitAt, unitName } from '../../static/js/explore/layers.js';

const LAYERS = ['hidden1', 'hidden2', 'output'].map((name) => ({
  name,
  kind: 'dense',
  arithmetic: 'sum',
  shape: [16],
  parameters: 9,
}));
const MODEL = { id: 'mlp', layers: LAYERS };

function createState(change = {}) {
  let state = {
    loaded: {},
    followed: {},
    edits: {},
    model: MODEL,
    place: toPlace('#view=why'),
    ...change,
  };
  return { get: () => state, set: (more) => (state = { ...state, ...more }) };
}
const later = () => {
  let resolve;
  let reject;
  const promise = new Promise((yes, no) => ([resolve, reject] = [yes, no]));
  return { promise, resolve, reject };
};
const settle = async () => {
  for (let i = 0; i < 12; i++) await Promise.resolve();
};

test('every place has an address that leads back to it, and what is as usual is not said', () => {
  for (const view of VIEWS) {
    const place = toPlace(`#view=${view}`);
    assert.equal(place.view, view);
    assert.deepEqual(place.options, OPTIONS[view]);
    const changed = withOptions(
      { ...place, model: 'cnn', digit: 7 },
      Object.fromEntries(Object.keys(OPTIONS[view]).map((key) => [key, 'x1'])),
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

test('a screen about digits lets in what reads digits, and says why another is shown', async () => {
  const models = [
    { id: 'mlp', problem: 'digits' },
    { id: 'mine', problem: 'digits', saved: true, title: 'Mine' },
    { id: 'homes', problem: 'houses', saved: true, title: 'Homes' },
  ];
  const runs = {
    'run-0123456789ab-7': { id: 'run-0123456789ab-7', problem: 'digits', title: 'a' },
    'run-0123456789ab-8': { id: 'run-0123456789ab-8', problem: 'pen', title: 'b' },
  };
  const api = {
    models: async () => ({ models, default: 'mlp' }),
    model: async (id) => runs[id] ?? Promise.reject(new Error('404')),
  };
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join(' ');
  const admission = createAdmission(api, t, async () => t);
  assert.deepEqual(
    (await admission.list()).map(({ id }) => id),
    ['mlp', 'mine'],
  );
  assert.deepEqual(await admission.first('mine'), { id: 'mine', note: '' });
  assert.deepEqual(await admission.first(null, null), { id: 'mlp', note: '' });
  assert.deepEqual(await admission.first('homes', 'mine'), {
    id: 'mine',
    note: 'explore.note.problem Homes',
  });
  assert.deepEqual(await admission.first('run-0123456789ab-7'), {
    id: 'run-0123456789ab-7',
    note: '',
  });
  assert.equal((await admission.first('run-0123456789ab-8')).id, 'mlp');
  assert.deepEqual(await admission.first('run-0123456789ab-9'), {
    id: 'mlp',
    note: 'explore.note.missing run-0123456789ab-9',
  });
  assert.equal((await admission.first('gone', 'homes')).note, 'explore.note.missing gone');
  const offline = createAdmission(api, t, () => Promise.reject(new Error('offline')));
  await offline.list();
  assert.equal((await offline.first('homes')).note, 'explore.note.problem Homes');
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

test('a thing is asked for once, and what runs is asked again until it is done', async () => {
  const store = createState();
  const values = [
    { state: 'running', progress: 0.25 },
    { state: 'running', progress: 0.5 },
    { state: 'done', points: [1] },
  ];
  let asked = 0;
  const seen = [];
  const shelf = createShelf(store, async () => void seen.push(store.get().loaded.map.progress));
  const want = { key: 'map', load: async () => values[asked++] };
  shelf.need([want]);
  shelf.need([want]);
  await settle();
  await settle();
  assert.equal(asked, 3);
  assert.deepEqual(seen, [0.25, 0.5]);
  assert.equal(store.get().loaded.map.state, 'done');
  shelf.need([want]);
  assert.equal(asked, 3);
});

test('what is no longer wanted is given up, what is stopped says so, and both can be had again', async () => {
  const store = createState();
  const signals = [];
  const shelf = createShelf(store);
  const want = { key: 'map', load: (signal) => (signals.push(signal), new Promise(() => {})) };
  shelf.need([want]);
  shelf.need([]);
  assert.ok(signals[0].aborted);
  assert.equal(store.get().loaded.map, undefined);
  shelf.need([want]);
  shelf.cancel('map');
  assert.ok(signals[1].aborted);
  assert.equal(store.get().loaded.map.state, 'cancelled');
  shelf.need([want]);
  assert.equal(signals.length, 2, 'not by itself');
  shelf.again(want);
  assert.equal(signals.length, 3);
});

test('what failed says why, and room is made by letting the oldest go', async () => {
  const store = createState();
  const shelf = createShelf(store);
  const busy = new ProblemError({ status: 503, code: 'busy', detail: 'too much' });
  for (const [error, problem] of /** @type {[Error, string][]} */ ([
    [busy, 'too much'],
    [new Error('HTTP 500'), ''], // no words that a visitor would read
    [new DOMException('signal timed out', 'TimeoutError'), ''],
  ])) {
    const { message } = error;
    shelf.need([{ key: `bad ${message}`, load: () => Promise.reject(error) }]);
    await settle();
    const { state, problem: told } = store.get().loaded[`bad ${message}`];
    assert.deepEqual([state, told], ['failed', problem]);
  }
  const unknown = new ProblemError({ status: 404, code: 'unknown_model', detail: 'Expected …' });
  shelf.need([{ key: 'deleted', load: () => Promise.reject(unknown) }]);
  await settle();
  assert.equal(store.get().loaded.deleted.state, 'gone');
  for (let i = 0; i < 100; i++) {
    shelf.need([{ key: `k${i}`, load: async () => i }]);
    await settle();
  }
  const left = Object.keys(store.get().loaded);
  assert.ok(left.length <= 60);
  assert.ok(!left.includes('bad too much') && left.includes('k99'));
});

test('a server that starts anew is asked again until it answers, and it is said meanwhile', async () => {
  const store = createState();
  const seen = [];
  const shelf = createShelf(
    store,
    async (delay) => void seen.push([delay, store.get().loaded.map.state]),
  );
  const answers = [
    () => Promise.resolve({ state: 'running', progress: 0.5 }),
    () => Promise.reject(new TypeError('Failed to fetch')),
    () => Promise.reject(new Error('HTTP 502')),
    () => Promise.resolve({ state: 'done' }),
  ];
  let asked = 0;
  shelf.need([{ key: 'map', load: () => answers[asked++]() }]);
  await settle();
  await settle();
  assert.deepEqual(seen, [
    [250, 'running'],
    [500, 'lost'],
    [1000, 'lost'],
  ]);
  assert.equal(store.get().loaded.map.state, 'done');
  shelf.need([{ key: 'gone', load: () => Promise.reject(new TypeError('Failed to fetch')) }]);
  shelf.cancel('gone');
  await settle();
  assert.equal(store.get().loaded.gone.state, 'cancelled', 'until nobody wants to wait');
});

const READING = { prediction: 3 };
const DRAWING = { kind: 'strokes', strokes: [[[0.1, 0.1]]] };

test('what goes with a drawing is there before its reading is shown', async () => {
  const store = createState();
  const [reply, reading] = [later(), later()];
  const api = accompanied(
    { read: () => reading.promise },
    /** @type {any} */ ({ attribution: () => reply.promise }),
    store,
    () => {},
    () => {},
  );
  let isRead = false;
  api.read('mlp', DRAWING, true, [], AbortSignal.timeout(9999)).then(() => (isRead = true));
  reading.resolve(READING);
  await settle();
  assert.ok(!isRead, 'it waits a moment');
  reply.resolve({ values: [1] });
  await settle();
  assert.ok(isRead);
  store.set({ reading: READING, readOf: DRAWING });
  const { blamed } = store.get().followed;
  assert.deepEqual([blamed.of, blamed.value], [DRAWING, { values: [1] }]);
  assert.deepEqual(followedBy(store.get(), 'blamed', blamed.key), {
    value: { values: [1] },
    isNow: true,
  });
  assert.equal(followedBy(store.get(), 'blamed', 'another method'), null);
  assert.equal(
    followedBy(
      { ...store.get(), edits: { mlp: [{ kind: 'prune', share: 0.1 }] } },
      'blamed',
      blamed.key,
    ),
    null,
  );
});

test('what takes long keeps neither the answer nor the server: one in flight, the newest next', async () => {
  const store = createState();
  const replies = [];
  const asked = [];
  let wake = () => {};
  const server = {
    attribution: (_, drawn) => (
      asked.push(drawn.strokes.length), replies.push(later()), replies.at(-1).promise
    ),
  };
  const api = accompanied(
    { read: async () => READING },
    /** @type {any} */ (server),
    store,
    () => {},
    (act) => (wake = act),
  );
  const drawn = (count) => ({
    kind: 'strokes',
    strokes: Array.from({ length: count }, () => [[0, 0]]),
  });
  const first = api.read('mlp', drawn(1), true, [], AbortSignal.timeout(9999));
  await settle();
  wake();
  assert.equal(await first, READING, 'the answer waits no longer than that');
  for (const count of [2, 3])
    await api.read('mlp', drawn(count), true, [], AbortSignal.timeout(9999));
  assert.deepEqual(asked, [1]);
  replies[0].resolve({});
  await settle();
  assert.deepEqual(asked, [1, 3], 'the one between is left out');
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
