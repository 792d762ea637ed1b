import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lattice } from '../../static/js/views/network/figures/lattice.js';
import { lengthOf } from '../../static/js/views/network/figures/sizes.js';
import { pictureLayers } from '../../static/js/state/units.js';
import { layOut } from '../../static/js/views/network/layout.js';
import { neuronAt, same } from '../../static/js/views/network/pointing.js';
import { walk } from '../../static/js/views/network/walking.js';

const SMALL = [784, 16, 16, 10];
const WIDE = [784, 128, 64, 10];
const layersOf = (counts) =>
  counts.map((count, i) => ({
    name: i === 0 ? 'input' : i === counts.length - 1 ? 'output' : `hidden${i}`,
    count,
    shape: [count],
  }));
const lay = (counts, width, height = 560, rem = 16, ratio = 1) =>
  layOut(layersOf(counts), { width, height, rem, ratio });

test('figures stand within the picture, one after the other, at every width', () => {
  for (const counts of [SMALL, WIDE, [784, 24, 10], [784, 200, 10]]) {
    for (const width of [340, 400, 520, 760, 1200, 1600]) {
      for (const ratio of [1, 1.5, 2]) {
        const { figures, sideways, height, top } = lay(counts, width, 560, 16, ratio);
        let end = -Infinity;
        for (const { place } of figures) {
          assert.ok(place.x >= 0 && place.x + place.width <= width, `${counts} at ${width}`);
          assert.ok(
            place.y >= top - 1 && place.y + place.height <= height,
            `${counts} at ${width}`,
          );
          const start = sideways ? place.x : place.y;
          assert.ok(start - end >= 24, `${counts} at ${width}: room for edges`);
          end = sideways ? place.x + place.width : place.y + place.height;
        }
      }
    }
  }
});

test('the input gives way where many layers need room for their names', () => {
  const { figures, labelWidth } = lay([784, 16, 16, 16, 16, 16, 10], 720);
  assert.ok(labelWidth >= 4.625 * 16, `${labelWidth}: "16 neurons"`);
  assert.ok(figures[0].place.width >= 100);
  assert.equal(lay(SMALL, 720).figures[0].place.width, 224); // three have had it all along
});

test('a wide picture runs from left to right, a narrow one from top to bottom', () => {
  assert.ok(lay(SMALL, 760).sideways);
  assert.ok(!lay(SMALL, 360).sideways);
  assert.ok(lay(SMALL, 360).height > 500); // it takes the height that it needs
  assert.ok(lay(SMALL, 404, 296).sideways); // a phone on its side: no wider, but low
  assert.ok(!lay(SMALL, 404, 416).sideways); // the same upright
  const { figures } = lay(SMALL, 404, 296);
  const middles = figures.slice(1).map(({ place }) => place.x + place.width / 2);
  for (const i of [1, 2]) assert.ok(middles[i] - middles[i - 1] > 64, 'names side by side');
});

test('small layers are lines of circles, larger ones grids, the input is its pixels', () => {
  const kinds = lay([784, 24, 25, 10], 900).figures.map(({ kind }) => kind);
  assert.deepEqual(kinds, ['pixels', 'circles', 'grid', 'circles']);
  const [input, hidden, grid] = lay(WIDE, 900).figures.map(({ place }) => place);
  assert.deepEqual([input.columns, input.rows], [28, 28]);
  assert.ok(hidden.columns * hidden.rows >= 128);
  assert.ok(hidden.rows > hidden.columns); // long square to the pass
  assert.ok(grid.columns * grid.rows >= 64);
});

test('cells fall on whole device pixels', () => {
  for (const ratio of [1, 1.25, 2]) {
    const [{ place }] = lay(SMALL, 777, 555, 16, ratio).figures;
    for (const value of [place.x, place.y, place.pitchX]) {
      assert.ok(Math.abs(value * ratio - Math.round(value * ratio)) < 1e-9, `${value} at ${ratio}`);
    }
  }
});

test('the picture grows with the type', () => {
  const [small, large] = [16, 24].map((rem) => lay(SMALL, 1200, 900, rem).figures[3].place.size);
  assert.ok(large > small);
});

test('a grid has as few lines as fit, evenly filled', () => {
  assert.equal(lengthOf(128, 40), 32);
  assert.equal(lengthOf(128, 26), 26);
  assert.equal(lengthOf(128, 18), 16);
  assert.equal(lengthOf(97, 30), 25); // a prime: the last line is a little shorter
  assert.equal(lengthOf(10, 40), 10);
});

test('a place on the picture is the neuron that stands there', () => {
  for (const width of [360, 900]) {
    const layout = lay(WIDE, width);
    for (const { name, place } of layout.figures) {
      for (const index of [0, 5, place.count - 1]) {
        const found = neuronAt(layout, place.centreX(index), place.centreY(index), 12);
        assert.deepEqual(found, { layer: name, index });
      }
    }
    assert.equal(neuronAt(layout, width / 2, -50, 12), null);
  }
});

test('beside a small circle still counts as the circle, beside a pixel does not', () => {
  const layout = lay(SMALL, 900);
  const [{ place: input }, { place: hidden }] = layout.figures;
  const missed = neuronAt(layout, hidden.x - 8, hidden.centreY(3), 12);
  assert.deepEqual(missed, { layer: 'hidden1', index: 3 });
  assert.equal(neuronAt(layout, input.x - 4, input.centreY(0), 12), null);
});

test('arrow keys walk along a layer and on to the next one', () => {
  const layout = lay(SMALL, 900);
  const from = { layer: 'hidden1', index: 3 };
  assert.deepEqual(walk(layout, from, 'ArrowDown'), { layer: 'hidden1', index: 4 });
  assert.deepEqual(walk(layout, from, 'ArrowRight'), { layer: 'hidden2', index: 3 });
  assert.equal(walk(layout, from, 'ArrowLeft').layer, 'input');
  assert.deepEqual(walk(layout, { layer: 'hidden1', index: 0 }, 'ArrowUp'), {
    layer: 'hidden1',
    index: 0,
  });
  assert.deepEqual(walk(layout, { layer: 'output', index: 9 }, 'ArrowRight'), {
    layer: 'output',
    index: 9,
  });
  assert.equal(walk(layout, from, 'q'), null);
});

test('in a grid arrow keys reach every neuron before they leave it', () => {
  const layout = lay(WIDE, 900);
  const { columns, rows } = layout.figures[1].place;
  let at = { layer: 'hidden1', index: 0 };
  const reached = new Set();
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      reached.add(at.index);
      if (column < columns - 1) at = walk(layout, at, row % 2 ? 'ArrowLeft' : 'ArrowRight');
    }
    at = walk(layout, at, 'ArrowDown');
  }
  assert.equal(reached.size, 128);
  assert.equal(
    walk(layout, { layer: 'hidden1', index: columns - 1 }, 'ArrowRight').layer,
    'hidden2',
  );
});

test('keys for the ends of a layer and for whole layers', () => {
  const layout = lay(WIDE, 360);
  const from = { layer: 'hidden1', index: 40 };
  assert.deepEqual(walk(layout, from, 'Home'), { layer: 'hidden1', index: 0 });
  assert.deepEqual(walk(layout, from, 'End'), { layer: 'hidden1', index: 127 });
  assert.equal(walk(layout, from, 'PageDown').layer, 'hidden2');
  assert.equal(walk(layout, from, 'PageUp').layer, 'input');
  assert.deepEqual(walk(layout, { layer: 'output', index: 2 }, 'PageDown'), {
    layer: 'output',
    index: 2,
  });
});

test('a line out of a figure leaves it at its border', () => {
  const place = new Lattice({ count: 4, columns: 2, pitchX: 10, pitchY: 10, size: 10 });
  assert.equal(place.exit(0, 105, 5), 15 / 100); // from (5, 5) to the right: border at 20
  assert.equal(place.exit(0, 5, 105), 15 / 100);
  assert.equal(place.exit(0, -95, 5), 5 / 100);
  assert.equal(place.exit(0, 8, 8), 1); // never leaves
});

test('neurons are the same when layer and place are', () => {
  assert.ok(same({ layer: 'a', index: 1 }, { layer: 'a', index: 1 }));
  assert.ok(!same({ layer: 'a', index: 1 }, { layer: 'b', index: 1 }));
  assert.ok(!same({ layer: 'a', index: 1 }, null));
  assert.ok(same(null, null));
});

test('the layers of the picture begin with the input', () => {
  const layer = { name: 'output', shape: [10], activation: 'softmax', exposure: 1 };
  const layers = pictureLayers({ input_shape: [28, 28], layers: [layer] });
  assert.deepEqual(
    layers.map(({ name, count }) => [name, count]),
    [
      ['input', 784],
      ['output', 10],
    ],
  );
});

test('beside the output of a table there is room for a price in full', () => {
  const [first, ...others] = layersOf([8, 6, 4, 1]);
  const layers = [{ ...first, kind: 'features' }, ...others];
  const { figures, width } = layOut(layers, { width: 640, height: 420, rem: 16, ratio: 1 });
  const { place } = figures.at(-1);
  assert.ok(width - place.x - place.width >= 6 * 16 - 1); // "$184,170", and what stands between
});
