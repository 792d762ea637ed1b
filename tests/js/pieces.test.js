import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sentence, topTwo } from '../../static/js/answer.js';
import { createApi, ProblemError } from '../../static/js/api.js';
import { createColors, mix, parseHex, signStrength } from '../../static/js/colors.js';
import { blank, createHistory, isBlank, toPad } from '../../static/js/pad/history.js';
import { parseSafetensors } from '../../static/js/safetensors.js';
import { createStore } from '../../static/js/store.js';
import { createNumbers, createTranslate } from '../../static/js/words.js';

test('the store tells its listeners once for many changes', () => {
  const scheduled = [];
  const store = createStore({ a: 1, b: 1 }, (callback) => scheduled.push(callback));
  const seen = [];
  const end = store.subscribe((state) => seen.push(state));
  store.set({ a: 2 });
  store.set({ b: 3 });
  assert.equal(scheduled.length, 1);
  scheduled.pop()();
  assert.deepEqual(seen, [{ a: 2, b: 3 }]);
  end();
  store.set({ a: 5 });
  scheduled.pop()();
  assert.equal(seen.length, 1);
});

test('history: strokes add up, undo and redo walk, a new stroke ends redo', () => {
  const history = createHistory();
  assert.ok(isBlank(history.current()));
  history.addStroke([[0, 0]]);
  history.addStroke([[1, 1]]);
  assert.deepEqual(history.current().strokes, [[[0, 0]], [[1, 1]]]);
  history.undo();
  assert.deepEqual(history.current().strokes, [[[0, 0]]]);
  assert.ok(history.canRedo());
  history.redo();
  history.undo();
  history.addStroke([[2, 2]]);
  assert.ok(!history.canRedo());
  history.clear();
  assert.ok(isBlank(history.current()));
  history.undo();
  assert.deepEqual(history.current().strokes, [[[0, 0]], [[2, 2]]]);
});

test('history: undo and redo stop at the ends, clearing a blank pad is no step', () => {
  const history = createHistory(blank());
  history.undo();
  history.redo();
  history.clear();
  assert.ok(!history.canUndo() && !history.canRedo());
});

test('history: a stroke on a test digit begins a new drawing, undo brings the digit back', () => {
  const digit = { kind: 'pixels', pixels: [1], label: 7, index: 0 };
  const history = createHistory();
  history.push(digit);
  history.addStroke([[0, 0]]);
  assert.deepEqual(history.current(), { kind: 'strokes', strokes: [[[0, 0]]] });
  history.undo();
  assert.equal(history.current(), digit);
});

test('a point of the pad is a share of its sides with four decimals', () => {
  const box = { left: 100, top: 50, width: 300, height: 300 };
  assert.deepEqual(toPad(100, 50, box), [0, 0]);
  assert.deepEqual(toPad(200, 350, box), [0.3333, 1]);
});

function safetensors(tensors) {
  let offset = 0;
  const header = {};
  for (const [name, { shape, data }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, offset + 4 * data.length] };
    offset += 4 * data.length;
  }
  const text = new TextEncoder().encode(JSON.stringify({ ...header, __metadata__: { a: 'b' } }));
  const buffer = new ArrayBuffer(8 + text.length + offset);
  new DataView(buffer).setBigUint64(0, BigInt(text.length), true);
  new Uint8Array(buffer, 8).set(text);
  let at = 8 + text.length;
  for (const { data } of Object.values(tensors)) {
    new Uint8Array(buffer, at).set(new Uint8Array(Float32Array.from(data).buffer));
    at += 4 * data.length;
  }
  return buffer;
}

test('a safetensors file is read whatever its header length is', () => {
  for (const name of ['W', 'WW', 'WWW', 'WWWW']) {
    const read = parseSafetensors(safetensors({ [name]: { shape: [2, 1], data: [0.5, -2] } }));
    assert.deepEqual([...read.keys()], [name]);
    assert.deepEqual([...read.get(name).data], [0.5, -2]);
    assert.deepEqual(read.get(name).shape, [2, 1]);
  }
});

test('a broken safetensors file is refused', () => {
  const whole = safetensors({ W: { shape: [2], data: [1, 2] } });
  assert.throws(() => parseSafetensors(new ArrayBuffer(3)), /too few/);
  assert.throws(() => parseSafetensors(whole.slice(0, 20)), /header/);
  assert.throws(() => parseSafetensors(whole.slice(0, whole.byteLength - 4)), /all of W/);
});

const PALETTE = {
  'activation-0': '#000000',
  'activation-1': '#ffffff',
  positive: '#0000ff',
  negative: '#ff8000',
};
const colors = createColors((name) => PALETTE[name] ?? '#123456');

test('activations go from the ground to the brightest and are clipped, never rescaled', () => {
  assert.deepEqual(colors.activationRgb(0, 1), [0, 0, 0]);
  assert.deepEqual(colors.activationRgb(1, 1), [255, 255, 255]);
  assert.deepEqual(colors.activationRgb(9, 4), [255, 255, 255]);
  assert.deepEqual(colors.activationRgb(-1, 1), [0, 0, 0]);
  assert.deepEqual(colors.activationRgb(2, 4), mix([0, 0, 0], [255, 255, 255], 128 / 255));
});

test('signed values are blue above zero, orange below, symmetric, neutral at zero', () => {
  assert.equal(colors.signed(0, 1), 'rgb(0 0 0)');
  assert.equal(colors.signed(1, 1), 'rgb(0 0 255)');
  assert.equal(colors.signed(-1, 1), 'rgb(255 128 0)');
  assert.equal(signStrength(0.1, 1), signStrength(-0.1, 1));
  assert.ok(signStrength(0.01, 1) > 0.1); // faint weights stay visible
  assert.equal(signStrength(5, 1), 1);
  assert.deepEqual(parseHex(' #0a62c2'), [10, 98, 194]);
});

test('texts are filled in, and a missing one is an error', () => {
  const t = createTranslate({ 'a.b': '{x} of {y}' });
  assert.equal(t('a.b', { x: 1, y: 2 }), '1 of 2');
  assert.throws(() => t('a.c'), /a\.c/);
});

test('numbers have fixed decimals and a real minus sign, and almost all is not all', () => {
  const numbers = createNumbers('en');
  assert.equal(numbers.three(-0.5), '−0.500');
  assert.equal(numbers.three(-0.00001), '0.000');
  assert.equal(numbers.whole(13002), '13,002');
  assert.equal(numbers.percent(0.123), '12.3%');
  assert.equal(numbers.percent(0.9997), '>99.9%');
  assert.equal(numbers.percent(1), '100.0%');
});

test('the answer is the most probable digit, with an honest word when it is unsure', () => {
  const t = (key, values) => `${key} ${JSON.stringify(values ?? {})}`;
  const numbers = createNumbers('en');
  const reading = (probabilities, prediction) => ({ reading: { probabilities, prediction } });
  assert.deepEqual(topTwo([0.1, 0.2, 0.7]), { first: 2, second: 1 });
  assert.match(sentence(reading([0.2, 0.8], 1), t, numbers), /^answer\.spoken .*"first":1.*80\.0%/);
  assert.match(sentence(reading([0.4, 0.3, 0.3], 0), t, numbers), /^answer\.unsure\.spoken/);
  assert.match(sentence(reading([0.4, 0.6], null), t, numbers), /^answer\.blank\.spoken/);
  assert.match(sentence({ reading: null }, t, numbers), /^answer\.blank\.spoken/);
});

test('the api sends strokes or pixels and turns a problem into an error with its code', async () => {
  const sent = [];
  const replies = [
    new Response('{"prediction": 3}'),
    new Response('{"prediction": 4}'),
    new Response('{"status": 422, "code": "wrong_shape", "detail": "Expected more."}', { status: 422 }),
    new Response('oops', { status: 502 }),
  ];
  const api = createApi(async (url, options) => {
    sent.push({ url, body: options.body && JSON.parse(options.body) });
    return replies[sent.length - 1];
  });
  const strokes = [[[0.1, 0.2]]];
  assert.deepEqual(await api.read('m', { kind: 'strokes', strokes }, false), { prediction: 3 });
  await api.read('m', { kind: 'pixels', pixels: [255, 0], label: 1, index: 2 }, true);
  assert.deepEqual(sent[0], { url: '/api/models/m/activations', body: { strokes, center: false } });
  assert.deepEqual(sent[1].body, { pixels: [1, 0] });
  await assert.rejects(api.model('x'), (error) => error instanceof ProblemError && error.code === 'wrong_shape');
  await assert.rejects(api.models(), /HTTP 502/);
});
