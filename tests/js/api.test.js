import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  createApi,
  createSender,
  isRefusal,
  ON_DEMAND,
  ProblemError,
} from '../../static/js/server/api.js';
import { createOnDemand } from '../../static/js/server/on-demand.js';
import { packed } from './tensors.js';

test('models of problems that have an input here are shown', async () => {
  const digit = { name: 'digit', kind: 'classes' };
  const models = [
    { id: 'mlp', problem: 'digits', outputs: [digit] },
    { id: 'houses', problem: 'houses', outputs: [{ name: 'price', kind: 'number' }] },
    { id: 'heads', problem: 'digits', outputs: [digit, { name: 'loops', kind: 'classes' }] },
    { id: 'mine', problem: 'table', outputs: [digit] },
  ];
  const api = createApi(async () => new Response(JSON.stringify({ default: 'mlp', models })));
  const list = await api.models();
  assert.equal(list.default, 'mlp');
  assert.deepEqual(
    list.models.map(({ id }) => id),
    ['mlp', 'houses', 'heads'],
  );
});

test('the api sends strokes or pixels and turns a problem into an error with its code', async () => {
  const sent = [];
  const replies = [
    new Response(packed({ prediction: 3, layers: [] })),
    new Response(packed({ prediction: 4, layers: [] })),
    new Response('{"status": 422, "code": "wrong_shape", "detail": "Expected more."}', {
      status: 422,
    }),
    new Response('oops', { status: 502 }),
  ];
  const api = createApi(async (url, options) => {
    sent.push({
      url,
      body: options.body && JSON.parse(options.body),
      signal: options.signal,
      accept: options.headers?.Accept,
    });
    return replies[sent.length - 1];
  });
  const strokes = [[[0.1, 0.2]]];
  const { signal } = new AbortController();
  assert.equal(
    (await api.read('m', { kind: 'strokes', strokes }, false, [], signal, ['out'])).prediction,
    3,
  );
  assert.equal(sent[0].signal, signal);
  await api.read('m', { kind: 'pixels', pixels: [255, 0], label: 1, index: 2 }, true, [
    { kind: 'off' },
  ]);
  assert.equal(sent[0].url, '/api/models/m/activations');
  assert.deepEqual(sent[0].body, { strokes, center: false, parts: 'least', whole: ['out'] });
  assert.equal(sent[0].accept, 'application/vnd.safetensors');
  assert.deepEqual(sent[1].body, {
    pixels: [1, 0],
    edits: [{ kind: 'off' }],
    parts: 'least',
    whole: [],
  });
  await assert.rejects(
    api.model('x'),
    (error) => error instanceof ProblemError && error.code === 'wrong_shape',
  );
  await assert.rejects(api.models(), /HTTP 502/);
});

/** @param {number} status @param {Record<string, string>} [headers] */
const busy = (status, headers) =>
  new Response('{"code": "not_ready", "detail": "Later."}', { status, headers });

test('what the server does beside its requests is asked for again when it says so', async () => {
  const replies = [
    busy(202, { 'Retry-After': '2' }),
    busy(503, { 'Retry-After': '1' }),
    new Response('done'),
  ];
  const waits = [];
  const { signal } = new AbortController();
  const { request } = createSender(
    async () => replies.shift(),
    async (seconds, given) => waits.push([seconds, given]),
  );
  assert.equal(await (await request('/x', { signal })).text(), 'done');
  assert.deepEqual(waits, [
    [2, signal],
    [1, signal],
  ]);
});

test('what is not to be asked again is an error at once, and nothing is asked for ever', async () => {
  let asked = 0;
  const ask = (status, headers) =>
    createSender(
      async () => ((asked += 1), busy(status, headers)),
      async () => {},
    ).request('/x');
  for (const refused of [
    ask(503),
    ask(503, { 'Retry-After': '600' }),
    ask(429, { 'Retry-After': '1' }),
  ])
    await assert.rejects(refused, ProblemError);
  assert.equal(asked, 3);
  await assert.rejects(ask(503, { 'Retry-After': '1' }), ProblemError);
  assert.equal(asked, 43);
  const putOff = await ask(202, { 'Retry-After': '1' }).catch((error) => error);
  assert.equal(asked, 83);
  assert.ok(putOff instanceof ProblemError && !isRefusal(putOff), 'it may be done later');
});

test('who gives up does not wait for the next time', async () => {
  const control = new AbortController();
  const { request } = createSender(async () => busy(503, { 'Retry-After': '5' }));
  const asked = request('/x', { signal: control.signal });
  control.abort(new Error('enough'));
  await assert.rejects(asked, /enough/);
});

test('a row of a table is sent by its features alone', async () => {
  const sent = [];
  const api = createApi(async (_, options) => {
    sent.push(JSON.parse(options.body));
    return new Response('{}');
  });
  await api
    .read(
      'houses-mlp',
      { kind: 'features', features: { bedrooms: 3 }, index: 4, target: 1 },
      true,
      [],
    )
    .catch(() => {});
  await api.everything(
    { model: 'houses-mlp', input: { shape: [8], features: { bedrooms: 3 }, values: [0.1] } },
    [],
  );
  assert.deepEqual(sent[0].features, { bedrooms: 3 });
  assert.deepEqual(sent[1], { features: { bedrooms: 3 }, edits: [] });
  assert.ok(!('strokes' in sent[0] || 'pixels' in sent[0] || 'center' in sent[0]));
});

/** A page with replies in it; what is asked of the server besides. */
function pageWith(t, replies, visit) {
  const scripts = Object.entries(replies).map(([ahead, reply]) => ({
    dataset: { ahead },
    textContent: JSON.stringify(reply),
    remove() {
      scripts.splice(scripts.indexOf(this), 1);
    },
  }));
  const asked = [];
  const page = {
    document: { documentElement: { lang: 'ko' }, querySelectorAll: () => scripts },
    fetch: async (url, { method = 'GET' }) => {
      asked.push(`${method} ${url}`);
      return new Response(JSON.stringify({ default: 'newer', models: [] }));
    },
  };
  const before = new Map(Object.keys(page).map((name) => [name, globalThis[name]]));
  Object.assign(globalThis, page);
  t.mock.method(performance, 'getEntriesByType', () => [{ type: visit }]);
  t.after(() => {
    for (const [name, value] of before) globalThis[name] = value;
  });
  return asked;
}

test('what came with the page is the first reply, and the server is asked from then on', async (t) => {
  const asked = pageWith(t, { '/api/models': { default: 'mlp', models: [] } }, 'navigate');
  const api = createApi();
  assert.equal((await api.models()).default, 'mlp');
  assert.deepEqual(asked, []);
  assert.equal((await createApi().models()).default, 'newer');
  await api.model('cnn');
  assert.deepEqual(asked, ['GET /api/models', 'GET /api/models/cnn']);
});

test('what came with a page is no reply to what is done, nor where the page is had back', async (t) => {
  const told = { '/api/models': {}, '/api/models/mlp': {} };
  const asked = pageWith(t, told, 'navigate');
  await createApi().remove('mlp');
  await createApi().save('mlp', [], 'Mine');
  assert.deepEqual(asked, ['DELETE /api/models/mlp', 'POST /api/models']);
  const again = pageWith(t, told, 'back_forward');
  assert.equal((await createApi().models()).default, 'newer');
  assert.deepEqual(again, ['GET /api/models']);
});

test('every question that comes on demand can be asked', () => {
  assert.deepEqual(ON_DEMAND, Object.keys(createOnDemand(createSender(), async () => ({}))));
});
