import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lattice } from '../../static/js/views/network/figures/lattice.js';
import { Steps } from '../../static/js/views/network/figures/steps.js';
import { Tiles } from '../../static/js/views/network/figures/tiles.js';
import { kit } from '../../static/js/views/network/kit.js';
import { pictureLayers } from '../../static/js/state/units.js';
import { layOut } from '../../static/js/views/network/layout.js';

/** Six maps of 4 x 3 in two columns, somewhere on the picture. */
function tiles() {
  const place = new Tiles({ maps: 6, rows: 4, columns: 3, across: 2, cell: 5, gap: 4 });
  return Object.assign(place, { x: 100, y: 40 });
}

test('every unit is found where it stands', () => {
  const place = tiles();
  assert.equal(place.count, 72);
  for (let index = 0; index < place.count; index++) {
    assert.equal(place.at(place.centreX(index), place.centreY(index)), index);
  }
});

test('a map is a tile: its cells touch, and a gap lies between two maps', () => {
  const place = tiles();
  const map = (index) => index % 6;
  assert.equal(place.centreX(6 + map(2)) - place.centreX(map(2)), 5); // the next column
  assert.equal(place.corner(1).x - place.corner(0).x, 3 * 5 + 4);
  assert.equal(place.corner(2).y - place.corner(0).y, 4 * 5 + 4);
  assert.equal(place.at(99, 50), -1);
  assert.ok(place.at(99, 50, 2) >= 0);
});

test('arrow keys reach every unit of every map, and leave only at the end of the figure', () => {
  const place = tiles();
  const reached = new Set([0]);
  for (const index of reached) {
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      const next = place.step(index, dx, dy);
      if (next >= 0) {
        reached.add(next);
        assert.equal(Math.sign(place.centreX(next) - place.centreX(index)), dx);
        assert.equal(Math.sign(place.centreY(next) - place.centreY(index)), dy);
      }
    }
  }
  assert.equal(reached.size, place.count);
});

test('what an LSTM hands on stands beside its steps and is pointed at as the last row read', () => {
  const handed = new Lattice({ count: 4, columns: 1, pitchX: 12, pitchY: 10, size: 10 });
  const steps = Object.assign(
    new Steps({ count: 12, columns: 4, pitchX: 10, pitchY: 20, size: 8 }, handed),
    { x: 100, y: 50 },
  );
  steps.settle(20, true);
  assert.ok(handed.x >= steps.x + steps.width + 20);
  assert.equal(steps.at(handed.centreX(2), handed.centreY(2)), 10); // of row 3
  steps.read = 2;
  assert.equal(steps.at(handed.centreX(2), handed.centreY(2)), 6);
  assert.equal(steps.at(steps.centreX(1), steps.centreY(1)), 1);
  steps.settle(20, false);
  assert.ok(handed.y >= steps.y + steps.height + 20);
});

const model = (shapes) => ({
  input_shape: [28, 28, 1],
  layers: shapes.map((shape, i) => ({
    name: i === shapes.length - 1 ? 'output' : `layer${i}`,
    kind: shape.length === 3 ? 'conv2d' : shape.length === 2 ? 'lstm' : 'dense',
    arithmetic: shape.length === 2 ? 'gates' : 'sum',
    shape,
    activation: 'relu',
    exposure: 1,
  })),
});

test('maps and sequences find room at every width, one figure after the other', () => {
  const networks = [
    [[28, 28, 8], [14, 14, 8], [14, 14, 16], [7, 7, 16], [10]],
    [[24, 24, 32], [12, 12, 32], [10]],
    [[28, 64], [10]],
  ];
  for (const shapes of networks) {
    for (const width of [340, 400, 480, 560, 760, 1200, 1600]) {
      for (const ratio of [1, 2]) {
        const layers = pictureLayers(model(shapes));
        const { figures, sideways, height } = layOut(layers, {
          width,
          height: 480,
          rem: 16,
          ratio,
          kit,
        });
        let end = -Infinity;
        for (const { kind, place } of figures) {
          const what = `${kind} of ${shapes.length} layers at ${width}`;
          assert.ok(place.x >= 0 && place.x + place.width <= width + 1, `${what}: across`);
          assert.ok(place.y >= 0 && place.y + place.height <= height + 1, `${what}: down`);
          const start = sideways ? place.x : place.y;
          assert.ok(start >= end, `${what}: after the one before`);
          end = start + (sideways ? place.width : place.height);
        }
      }
    }
  }
});

test('the rows of a sequence stand beside the rows of the image', () => {
  const layers = pictureLayers(model([[28, 64], [10]]));
  const { figures } = layOut(layers, { width: 700, height: 480, rem: 16, ratio: 1, kit });
  const [input, steps] = figures.map(({ place }) => place);
  assert.equal(steps.pitchY, input.pitchY);
  assert.equal(steps.y, input.y);
});

test('maps with more rows have larger tiles, and those with as many equal ones', () => {
  const layers = pictureLayers(model([[28, 28, 8], [14, 14, 8], [14, 14, 16], [7, 7, 16], [10]]));
  for (const [width, height] of [
    [760, 480],
    [870, 590],
    [1200, 700],
    [374, 480],
  ]) {
    const { figures } = layOut(layers, { width, height, rem: 16, ratio: 1, kit });
    const sides = figures.slice(1, 5).map(({ place }) => place.columns * place.pitchX);
    assert.ok(sides[0] > sides[1] && sides[2] > sides[3], `${sides} at ${width}`);
    assert.equal(sides[1], sides[2]);
  }
  const sideAt = (width) => {
    const { figures } = layOut(layers, { width, height: width * 0.6, rem: 16, ratio: 1, kit });
    return figures[1].place.columns * figures[1].place.pitchX;
  };
  assert.ok(sideAt(760) >= 50 && sideAt(1200) > sideAt(760)); // they were 30 px
});
