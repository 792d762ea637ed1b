import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createApi, ProblemError } from '../../static/js/server/api.js';

test('the api sends strokes or pixels and turns a problem into an error with its code', async () => {
  const sent = [];
  const replies = [
    new Response('{"prediction": 3}'),
    new Response('{"prediction": 4}'),
    new Response('{"status": 422, "code": "wrong_shape", "detail": "Expected more."}', { status: 422 }),
    new Response('oops', { status: 502 }),
  ];
  const api = createApi(async (url, options) => {
    sent.push({ url, body: options.body && JSON.parse(options.body), signal: options.signal });
    return replies[sent.length - 1];
  });
  const strokes = [[[0.1, 0.2]]];
  const { signal } = new AbortController();
  assert.deepEqual(await api.read('m', { kind: 'strokes', strokes }, false, [], signal), { prediction: 3 });
  assert.equal(sent[0].signal, signal);
  await api.read('m', { kind: 'pixels', pixels: [255, 0], label: 1, index: 2 }, true, [{ kind: 'off' }]);
  assert.equal(sent[0].url, '/api/models/m/activations');
  assert.deepEqual(sent[0].body, { strokes, center: false });
  assert.deepEqual(sent[1].body, { pixels: [1, 0], edits: [{ kind: 'off' }] });
  await assert.rejects(api.model('x'), (error) => error instanceof ProblemError && error.code === 'wrong_shape');
  await assert.rejects(api.models(), /HTTP 502/);
});
