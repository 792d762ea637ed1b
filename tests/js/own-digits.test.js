import assert from 'node:assert/strict';
import { test } from 'node:test';
import { takenFrom } from '../../static/js/explore/neurons/own/files.js';
import { byActivation } from '../../static/js/explore/neurons/own/own.js';
import { createOwnSet, MOST } from '../../static/js/explore/neurons/own/set.js';
import { createWants } from '../../static/js/explore/wants.js';

const ink = (/** @type {number} */ value) => Array.from({ length: 784 }, () => value);
const digit = (/** @type {number} */ value, label = /** @type {number | null} */ (null)) => ({
  pixels: ink(value),
  label,
});

/** @param {Record<string, string>} [kept] */
const storageOf = (kept = {}) => ({
  kept,
  getItem: (/** @type {string} */ key) => kept[key] ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => void (kept[key] = value),
  removeItem: (/** @type {string} */ key) => void delete kept[key],
});

test('a table holds a digit a line, with a label before it or not, and may begin with names', () => {
  const names = ['label', ...ink(0).map((_, i) => `pixel${i}`)].join(',');
  const text = `\ufeff${names}\r\n${[7, ...ink(255)].join(',')}\r\n\r\n${[12, ...ink(3.4)].join(',')}\n`;
  assert.deepEqual(takenFrom(text), {
    digits: [digit(255, 7), digit(3, null)],
    problem: '',
    line: 0,
  });
  assert.deepEqual(takenFrom(ink(9).join(';')).digits, [digit(9)]);
});

test('what is no table of digits is refused with its line', () => {
  const good = ink(1).join(',');
  const told = (/** @type {string} */ text) => {
    const { digits, problem, line } = takenFrom(text);
    assert.deepEqual(digits, []);
    return [problem, line];
  };
  assert.deepEqual(told(''), ['empty', 0]);
  assert.deepEqual(told('  \n\n'), ['empty', 0]);
  assert.deepEqual(told('1,2,3'), ['columns', 1]);
  assert.deepEqual(told(`${good}\n${good},1,2`), ['columns', 2]);
  assert.deepEqual(told(`${good}\n${ink(256).join(',')}`), ['number', 2]);
  assert.deepEqual(told(`${good}\n${ink(-1).join(',')}`), ['number', 2]);
  assert.deepEqual(told(`${good}\n${good.replace('1', 'x')}`), ['number', 2]);
  assert.deepEqual(told(`${good}\n${good.replace('1', '')}`), ['number', 2]);
  const names = ink(0)
    .map((_, i) => `p${i}`)
    .join(',');
  assert.deepEqual(told(names), ['empty', 0], 'names alone');
  assert.deepEqual(told(`${names}\n${names}`), ['number', 2], 'only the first line may name');
});

test('a line of JSON is a drawing by strokes or by shares of ink', () => {
  const strokes = [[[0.1, 0.2]]];
  const lines = [{ strokes, label: 3 }, { pixels: ink(1) }, { pixels: ink(0.5), label: '4' }];
  assert.deepEqual(takenFrom(lines.map((line) => JSON.stringify(line)).join('\n')).digits, [
    { strokes, label: 3 },
    digit(255),
    digit(128),
  ]);
  for (const [line, problem] of [
    ['{"strokes": 3}', 'json'],
    ['{"label": 3}', 'json'],
    ['{', 'json'],
    ['{"pixels": [1]}', 'columns'],
    [JSON.stringify({ pixels: ink(2) }), 'json'],
  ]) {
    const found = takenFrom(`${JSON.stringify({ strokes })}\n${line}`);
    assert.deepEqual([found.problem, found.line], [problem, 2], line.slice(0, 20));
  }
});

test('digits stay until they are removed, each once, as many as there is room for', () => {
  const storage = storageOf();
  const set = createOwnSet(() => storage);
  assert.deepEqual(set.add([digit(1, 1), digit(2), digit(1, 1)]), { added: 2, left: 0 });
  assert.deepEqual(set.add([digit(2), { pixels: [1], label: null }]), { added: 0, left: 0 });
  assert.deepEqual(createOwnSet(() => storage).all(), [digit(1, 1), digit(2)]);
  const many = Array.from({ length: MOST }, (_, i) => digit(10 + (i % 200), i % 10));
  assert.deepEqual(set.add(many), { added: MOST - 2, left: 2 });
  assert.equal(createOwnSet(() => storage).all().length, MOST);
  set.clear();
  assert.deepEqual(storage.kept, {});
});

test('where nothing can be kept the digits last as long as the page, and what is not ours is none', () => {
  const set = createOwnSet(() => {
    throw new Error('no storage');
  });
  assert.equal(set.add([digit(5)]).added, 1);
  assert.equal(set.all().length, 1);
  for (const text of ['?', btoa('abc'), ''])
    assert.deepEqual(createOwnSet(() => storageOf({ 'own-digits': text })).all(), []);
});

test('the most active come first, and a byte of ink is sent as its share', async () => {
  const digits = [0.2, 0.9, 0.2].map((activation) => ({
    activation,
    prediction: 1,
    confidence: 1,
    pixels: [],
  }));
  assert.deepEqual(byActivation({ total: 3, mean: 0.4, digits }), [1, 0, 2]);
  /** @type {any[]} */
  const sent = [];
  const server = /** @type {any} */ ({
    own: (/** @type {any[]} */ ...given) => sent.push(given),
  });
  const every = Array.from({ length: 784 }, (_, i) => i % 256);
  const own = [{ pixels: every, label: null }];
  const subject = { id: 'a', edits: [], key: 'a' };
  const want = createWants(server).own(subject, 'hidden1', 3, own);
  want.load(new AbortController().signal);
  const back = sent[0][3][0].pixels.map((/** @type {number} */ share) => Math.round(255 * share));
  assert.deepEqual(back, every);
  const { own: again } = createWants(server);
  assert.equal(again(subject, 'hidden1', 3, own).key, want.key);
  assert.notEqual(again(subject, 'hidden1', 3, [...own]).key, want.key, 'another set');
});
