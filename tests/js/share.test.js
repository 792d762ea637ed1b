import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inkImage } from '../../static/js/draw/sharing/picture.js';
import { linkFor } from '../../static/js/server/link.js';
import {
  decodeEdits,
  decodePixels,
  decodeStrokes,
  fromFragment,
} from '../../static/js/state/fragment.js';
import {
  encodeEdits,
  encodePixels,
  encodeStrokes,
  toFragment,
} from '../../static/js/state/to-fragment.js';

const STROKES = [
  [
    [0.3, 0.2],
    [0.7001, 0.2],
    [0.45, 0.85],
  ],
  [
    [-0.0412, 1.3],
    [0, 0],
  ],
  [[0.9999, 0.0001]],
];
const PIXELS = Array.from({ length: 784 }, (_, i) => (i > 300 && i < 420 ? (i * 37) % 256 : 0));
const STATE = {
  edits: {},
  model: { id: 'cnn' },
  drawing: { kind: 'strokes', strokes: STROKES },
  center: true,
  edgeCount: 50,
  row: null,
  selected: null,
  inspecting: false,
};

test('strokes come back point by point', () => {
  const whole = encodeStrokes(STROKES);
  assert.deepEqual(decodeStrokes(whole), { strokes: STROKES, isWhole: true });
  assert.deepEqual(decodeStrokes(encodeStrokes([])), { strokes: [], isWhole: true });
  assert.equal(decodeStrokes(whole.slice(0, -4)).isWhole, false);
});

test('pixels come back value by value, and blank paper is short', () => {
  assert.deepEqual(decodePixels(encodePixels(PIXELS)), PIXELS);
  const blank = Array(784).fill(0);
  assert.deepEqual(decodePixels(encodePixels(blank)), blank);
  assert.ok(encodePixels(blank).length < 6);
});

test('a drawing of sixty points makes an address of a few hundred characters', () => {
  const stroke = Array.from({ length: 60 }, (_, i) => [
    0.5 + Math.round(3000 * Math.cos(i / 10)) / 10000,
    0.5 + Math.round(3000 * Math.sin(i / 10)) / 10000,
  ]);
  assert.ok(encodeStrokes([stroke]).length < 400);
});

test('an address tells all that was shown', () => {
  const state = {
    ...STATE,
    center: false,
    edgeCount: 120,
    row: 14,
    selected: { layer: 'conv2', index: 77 },
    inspecting: true,
  };
  const { model, drawing, center, edges, row, neuron, inside } = fromFragment(
    toFragment(state, 50),
  );
  assert.deepEqual(
    { model, drawing, center, edges, row, neuron, inside },
    {
      model: 'cnn',
      drawing: state.drawing,
      center: false,
      edges: 120,
      row: 14,
      neuron: state.selected,
      inside: true,
    },
  );
});

test('a test digit is told by its place, a picture by its pixels', () => {
  const digit = { kind: 'pixels', pixels: PIXELS, label: 3, index: 1234 };
  assert.equal(fromFragment(toFragment({ ...STATE, drawing: digit }, 50)).testDigit, 1234);
  const picture = { kind: 'pixels', pixels: PIXELS, label: null, index: null };
  assert.deepEqual(fromFragment(toFragment({ ...STATE, drawing: picture }, 50)).drawing, picture);
});

test('what makes no sense is left out, and nothing is raised', () => {
  for (const fragment of [
    '',
    '#',
    '#model=',
    '#drawing=s%%%',
    '#drawing=s_w',
    '#drawing=p',
    '#drawing=pAA',
    '#drawing=t99999999',
    '#drawing=x1&row=0&edges=9999&neuron=..',
    `#drawing=s${'_'.repeat(100000)}`,
  ]) {
    const told = fromFragment(fragment);
    assert.equal(told.drawing, undefined, fragment);
    assert.equal(told.row, undefined);
    assert.equal(told.edges, undefined);
    assert.equal(told.neuron, undefined);
  }
});

const EDITS = [
  { kind: 'weights', layer: 'hidden1', unit: 3, inputs: [0, 5, 783], values: [1.5, -0.0123, 0] },
  { kind: 'scale', layer: 'lstm', unit: 1, gate: 'f', factor: 2 },
  { kind: 'bias', layer: 'hidden2', unit: 0, shift: -1.25 },
  { kind: 'off', layer: 'output', unit: 9 },
  { kind: 'noise', amount: 0.5, seed: 4 },
];

test('edits travel in the address, painted weights with their four decimals', () => {
  assert.deepEqual(fromFragment(toFragment({ ...STATE, edits: { cnn: EDITS } }, 50)).edits, EDITS);
  const inputs = Array.from({ length: 784 }, (_, i) => i);
  const values = inputs.map((i) => Math.round(10000 * Math.sin(i)) / 10000 + 0);
  const painted = [{ kind: 'weights', layer: 'hidden1', unit: 0, inputs, values }];
  assert.deepEqual(decodeEdits(encodeEdits(painted)), painted);
  assert.ok(encodeEdits(painted).length < 6000);
});

test('edits that make no sense are left out, and nothing is raised', () => {
  const text = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
  for (const bad of ['', '%%', text(3), text([null]), text([{ kind: 'weights' }]), text({})]) {
    assert.deepEqual(decodeEdits(bad), []);
  }
  const some = [
    { kind: 'magic' },
    { kind: 'bias', layer: 3, unit: 0, shift: 1 },
    { kind: 'scale', layer: 'a', unit: 0 },
    EDITS[3],
  ];
  assert.deepEqual(decodeEdits(text(some)), [EDITS[3]]);
});

const LINK = toFragment(
  { ...STATE, selected: { layer: 'hidden1', index: 3 }, edits: { cnn: EDITS } },
  50,
);

test('a link that lost characters at its end is damaged, however many, and shows what could be read', () => {
  for (let end = LINK.indexOf('model='); end < LINK.length; end++) {
    assert.equal(fromFragment(LINK.slice(0, end)).damaged, true, LINK.slice(0, end));
  }
  assert.equal(fromFragment(LINK).damaged, undefined);
  const link = toFragment(STATE, 50);
  const told = fromFragment(link.slice(0, -8));
  assert.equal(told.damaged, true);
  assert.deepEqual(told.drawing.strokes[0], STROKES[0]);
});

test('what a mail program hangs on to a link does no harm', () => {
  for (const more of ['.', ',', ').', '>', '!', ' ']) {
    const told = fromFragment(LINK + more);
    assert.equal(told.damaged, undefined, more);
    assert.deepEqual([told.drawing, told.edits], [STATE.drawing, EDITS]);
  }
  assert.equal(fromFragment(`${LINK}abc`).damaged, true);
});

test('a link that is written with other escapes is the same', () => {
  const link = toFragment({ ...STATE, comparing: true, compared: ['cnn', 'lstm'] }, 50);
  assert.ok(link.includes('%2C'));
  assert.equal(fromFragment(link.replaceAll('%2C', ',')).damaged, undefined);
});

test('links of before there were sums still open, and are damaged only where that shows', () => {
  const old = LINK.replace(/sum=\w+&/, '');
  const told = fromFragment(old);
  assert.deepEqual([told.drawing, told.edits, told.damaged], [STATE.drawing, EDITS, undefined]);
  assert.equal(fromFragment('#model=cnn').damaged, undefined);
  assert.equal(
    fromFragment(`#model=cnn&drawing=${encodeStrokes(STROKES).slice(0, 9)}`).damaged,
    true,
  );
  assert.equal(fromFragment('#model=cnn&drawing=t12&edits=W3si').damaged, true);
});

test('a link for others has the address of the network, where the page has one of this machine', () => {
  /** @param {string} href @param {string} [network] */
  const link = (href, network) => linkFor(new URL(href), network);
  const network = 'http://192.168.0.5:8000';
  for (const host of ['127.0.0.1', 'localhost', '[::1]', 'nnviz.localhost']) {
    const href = `http://${host}:8000/?lang=ko#model=cnn&drawing=s1`;
    assert.deepEqual(link(href), { href, reach: 'here' });
    assert.deepEqual(link(href, network), {
      href: `${network}/?lang=ko#model=cnn&drawing=s1`,
      reach: 'all',
    });
  }
  const step = link('http://localhost:8000/learn/challenges/fool#model=cnn', network);
  assert.equal(step.href, `${network}/learn/challenges/fool#model=cnn`);
  for (const host of ['192.168.0.7', 'school.example', '127.0.0.1.example']) {
    const href = `http://${host}:8000/#model=cnn`;
    assert.deepEqual(link(href, network), { href, reach: 'all' }); // as it was found
  }
});

test('a cell of text is no formula in a table, and stays one cell', async () => {
  const { cell, toCsv } = await import('../../static/js/draw/sharing/numbers.js');
  assert.equal(cell('hidden1'), 'hidden1');
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\rx'])
    assert.match(cell(text), /^"?'/);
  assert.equal(cell('a,b'), '"a,b"');
  assert.equal(cell('say "no"'), '"say ""no"""');
  assert.equal(cell('two\nlines'), '"two\nlines"');
  const layer = {
    name: '=HYPERLINK("http://x","y")',
    kind: 'dense',
    activation: 'relu',
    shape: [1],
    z: [-1],
    a: [0],
  };
  const csv = toCsv({ reading: { input: { shape: [1, 1], pixels: [0] }, layers: [layer] } });
  assert.match(csv, /\r\n"'=HYPERLINK\(""http:\/\/x"",""y""\)",dense,relu,0,,,,-1,0\r\n/);
});

test('an address of any length costs no more than the longest of ours, and is said to be damaged', () => {
  const edits = '&edits='.padEnd(39_000, 'x');
  assert.equal(fromFragment(`#model=cnn${edits}`).model, 'cnn');
  const far = fromFragment(`#model=cnn&x=${'y'.repeat(40_000)}&row=7`);
  assert.equal(far.damaged, true);
  assert.equal(far.row, undefined, 'what stands behind the limit is not looked at');
  const short = fromFragment(`#model=cnn&x=${'y'.repeat(100)}&row=7`);
  assert.deepEqual([short.row, short.damaged], [7, undefined]);
});

test('the picture of a drawing is its ink, dark on white, each pixel a square', () => {
  const pixels = new Uint8Array(784);
  [pixels[0], pixels[783]] = [255, 100];
  const { data, side } = inkImage(pixels, 2);
  const at = (/** @type {number} */ x, /** @type {number} */ y) => [
    ...data.slice(4 * (y * side + x), 4 * (y * side + x) + 4),
  ];
  assert.equal(side, 56);
  assert.deepEqual(
    [at(0, 0), at(1, 1)],
    [
      [0, 0, 0, 255],
      [0, 0, 0, 255],
    ],
  );
  assert.deepEqual(
    [at(2, 0), at(0, 2)],
    [
      [255, 255, 255, 255],
      [255, 255, 255, 255],
    ],
  );
  assert.deepEqual(at(55, 54), [155, 155, 155, 255]);
});
