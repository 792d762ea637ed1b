import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createNumbers } from '../../static/js/page/words.js';
import { besideMaps } from '../../static/js/views/network/front.js';
import { Tiles } from '../../static/js/views/network/figures/tiles.js';
import { endText } from '../../static/js/views/network/overlay/legend.js';
import { favour } from '../../static/js/views/network/paint/gaps.js';
import { createColors } from '../../static/js/page/colors.js';
import { createEdgePainter } from '../../static/js/views/network/paint/edges.js';
import { layOut } from '../../static/js/views/network/layout.js';
import { paintNeurons, paintRing } from '../../static/js/views/network/paint/neurons.js';
import { createDebounce } from '../../static/js/state/store.js';
import { createSelector } from '../../static/js/views/network/strongest.js';
import { withSign } from '../../static/js/views/network/scale.js';
import { covers, placeNumbers } from '../../static/js/views/network/text.js';

const PALETTE = { 'activation-0': '#000000', 'activation-1': '#ffffff', positive: '#0000ff' };
const colors = createColors((name) => PALETTE[name] ?? '#ff8000');

/** A context that writes down what is painted with which style. */
function createRecorder() {
  const strokes = [];
  const fills = [];
  let path = [];
  return {
    strokes,
    fills,
    beginPath: () => (path = []),
    moveTo: (x, y) => path.push([x, y]),
    lineTo: (x, y) => path.push([x, y]),
    arc: (x, y, radius) => path.push([x, y, radius]),
    stroke() {
      const { strokeStyle, globalAlpha, lineWidth } = this;
      if (path.length) strokes.push({ strokeStyle, globalAlpha, lineWidth, path });
    },
    fill() {
      fills.push({ fillStyle: this.fillStyle, path });
    },
  };
}

const LAYERS = [
  { name: 'input', count: 784, shape: [784] },
  { name: 'hidden1', count: 2, shape: [2] },
  { name: 'output', count: 10, shape: [10] },
];
const LAYOUT = layOut(LAYERS, { width: 900, height: 560, rem: 16, ratio: 1 });
const [INPUT, HIDDEN, OUTPUT] = LAYOUT.figures;

/** Edges from two hidden neurons into outputs 0 and 1. */
function edgesOf(data) {
  const kernel = { shape: [2, 10], data: new Float32Array(20) };
  kernel.data.set(data.slice(0, 2), 0);
  kernel.data.set(data.slice(2, 4), 10);
  return createSelector(20)(kernel, [1, 1], 20);
}

test('edges: blue raises, orange lowers, the stronger the wider and the more opaque', () => {
  const context = createRecorder();
  const paint = createEdgePainter(20);
  paint(context, HIDDEN, OUTPUT, edgesOf([4, -1, 1, -4]), { scale: 5, colors, fade: 1, unit: 1 });
  const [faint, strong] = [context.strokes.slice(0, 2), context.strokes.slice(2)];
  for (const pair of [faint, strong]) {
    const [lowers, raises] = pair;
    assert.equal(lowers.strokeStyle, colors.negative);
    assert.equal(raises.strokeStyle, colors.positive);
    assert.equal(lowers.lineWidth, raises.lineWidth); // the sign changes nothing but the colour
  }
  assert.ok(strong[0].lineWidth > faint[0].lineWidth);
  assert.ok(strong[0].globalAlpha > faint[0].globalAlpha);
});

test('edges: the same contribution looks the same whatever else is drawn', () => {
  const look = (data) => {
    const context = createRecorder();
    const options = { scale: 5, colors, fade: 1, unit: 1 };
    createEdgePainter(20)(context, HIDDEN, OUTPUT, edgesOf(data), options);
    const { lineWidth, globalAlpha } = context.strokes.find(
      ({ path }) => Math.abs(path[1][1] - OUTPUT.place.centreY(0)) < 1e-6,
    );
    return { lineWidth, globalAlpha };
  };
  assert.deepEqual(look([1, 0, 0, 0]), look([1, 5, -5, 3]));
});

test('edges from the input start at their pixel', () => {
  const kernel = { shape: [784, 2], data: new Float32Array(1568).fill(1) };
  const a = new Float32Array(784);
  a[400] = 1;
  const edges = createSelector(10)(kernel, a, 10);
  const context = createRecorder();
  createEdgePainter(10)(context, INPUT, HIDDEN, edges, { scale: 5, colors, fade: 1, unit: 1 });
  const starts = context.strokes.flatMap(({ path }) => path.map(String));
  assert.ok(starts.includes(String([INPUT.place.centreX(400), INPUT.place.centreY(400)])));
});

test('neurons: lit by the fixed exposure, dark at rest', () => {
  const context = createRecorder();
  paintNeurons(context, HIDDEN, [3, 12], 6, colors);
  paintNeurons(context, HIDDEN, null, 6, colors);
  const filled = context.fills.map(({ fillStyle }) => fillStyle);
  assert.deepEqual(filled, [
    colors.activation(0.5, 1),
    colors.activation(1, 1),
    colors.activation(0, 1),
    colors.activation(0, 1),
  ]);
});

test('the numbers of edges never cover one another', () => {
  const kernel = { shape: [784, 2], data: Float32Array.from({ length: 1568 }, (_, i) => i % 97) };
  const edges = createSelector(12)(kernel, new Float32Array(784).fill(1), 12, { to: 0 });
  const target = { x: HIDDEN.place.centreX(0), y: HIDDEN.place.centreY(0) };
  const placed = placeNumbers(INPUT.place, target, edges, {
    em: 12,
    sideways: true,
    beside: false,
  });
  assert.ok(placed.length > 1);
  const strongest = Math.max(...edges.value.subarray(0, edges.count));
  assert.equal(placed[0].value, strongest);
  placed.forEach((one, i) =>
    placed.slice(i + 1).forEach((other) => {
      assert.ok(Math.abs(one.x - other.x) > 12 * 3.9 || Math.abs(one.y - other.y) > 14);
    }),
  );
});

test('a contribution shows its sign', () => {
  assert.equal(withSign(1.5, '1.50'), '+1.50');
  assert.equal(withSign(-1.5, '−1.50'), '−1.50');
  assert.equal(withSign(0, '0.00'), '0.00');
});

test('what rests is told once, with the newest value', (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  let now = 0;
  context.mock.method(performance, 'now', () => now);
  const told = [];
  const debounced = createDebounce(200, (value) => told.push(value));
  const wait = (time) => {
    now += time;
    context.mock.timers.tick(time);
  };
  debounced.when(1);
  wait(150);
  debounced.when(2);
  wait(100);
  assert.deepEqual(told, []);
  wait(100);
  assert.deepEqual(told, [2]);
  debounced.when(3);
  debounced.destroy();
  wait(1000);
  assert.deepEqual(told, [2]);
});

test('a ring stays clear of the next neuron, however low the picture', () => {
  for (const height of [560, 256, 210]) {
    const { figures } = layOut(LAYERS, { width: 900, height, rem: 16, ratio: 1 });
    const figure = figures[2];
    const context = createRecorder();
    paintRing(context, figure, 7, '#000', 4.5);
    const [{ path, lineWidth }] = context.strokes;
    const reach = path[0][2] + lineWidth / 2;
    const { pitchY, size } = figure.place;
    assert.ok(reach <= pitchY - size / 2, `${height}: ${reach} of ${pitchY - size / 2}`);
    assert.ok(path[0][2] > size / 2);
  }
});

test('the numbers of narrow maps stand beside them, and none covers another', () => {
  const em = 11;
  const narrow = new Tiles({ maps: 16, rows: 7, columns: 7, across: 2, cell: 3.4, gap: 3 });
  const sums = Float64Array.from({ length: 16 }, (_, map) => (map % 2 ? -1 : 1) * (16 - map));
  const placed = besideMaps(narrow, sums, em);
  assert.ok(placed.length >= 4 && placed.length <= 5);
  assert.equal(placed[0].map, 0, 'the largest comes first');
  for (const { map, x, isBeside } of placed) {
    assert.ok(isBeside && (map % 2 ? x > narrow.x + narrow.width : x < narrow.x), `${map}`);
  }
  placed.forEach((one, i) =>
    placed.slice(i + 1).forEach((other) => assert.equal(covers(one, other, em), false)),
  );
  const low = new Tiles({ maps: 16, rows: 3, columns: 7, across: 2, cell: 3.4, gap: 1 });
  const fewer = besideMaps(low, sums, em).map(({ map }) => map);
  assert.deepEqual(fewer, [0, 1, 4], 'what would lie on a larger one is told in the list');
  const wide = new Tiles({ maps: 4, rows: 14, columns: 14, across: 2, cell: 4, gap: 4 });
  const all = besideMaps(wide, sums.subarray(0, 4), em);
  assert.deepEqual(
    all.map(({ isBeside }) => isBeside),
    [false, false, false, false],
  );
});

test('of a lead an edge has the colour of the answer that it favours', () => {
  const drawn = { to: [7, 1, 1], value: [2, 3, -4], count: 3 };
  favour(drawn, { lead: { first: 7, second: 1 } });
  assert.deepEqual(drawn.value, [2, -3, 4]);
});

test('the end of a scale of colour is no largest value, unless there is none above', () => {
  const numbers = createNumbers('en');
  assert.equal(endText(1, numbers), '1');
  assert.equal(endText(3.224, numbers), '≥ 3.22');
});
