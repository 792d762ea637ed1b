import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createFront } from '../../static/js/views/network/front.js';
import { layOut } from '../../static/js/views/network/layout.js';
import { createSelector } from '../../static/js/views/network/strongest.js';

const EM = 11.2; // 0.7 of the page’s size
const NAME = 24; // above the circles: the layer's name
const PHONES = [336, 366];
const NUMBERS = {
  one: (value) => value.toFixed(1),
  two: (value) => value.toFixed(2),
  three: (value) => value.toFixed(3),
};
const COLORS = { named: { ground: '', text: 'text' }, positive: 'blue', negative: 'orange' };

/** @param {number[]} counts @param {number} width */
function laidOut(counts, width, height = 560) {
  const layers = counts.map((count, i) => ({
    name: i === 0 ? 'input' : i === counts.length - 1 ? 'output' : `hidden${i}`,
    count,
    shape: [count],
  }));
  return { layers, layout: layOut(layers, { width, height, rem: 16, ratio: 2 }) };
}

/** The boxes of what is written over a picture in which a unit is tapped. */
function written({ layers, layout }, layer, index, weight = (i) => (i % 7) - 3) {
  const boxes = [];
  const grounds = [];
  const context = {
    measureText: (text) => ({ width: text.length * EM * 0.6 }),
    fillRect: (left, top, wide, high) => grounds.push({ left, top, wide, high }),
    fillText: (text, x, y) => {
      const { width: wide } = context.measureText(text);
      const box = { text, x, y, wide, high: EM * 0.9, color: context.fillStyle };
      const ground = grounds[boxes.length];
      assert.ok(ground.wide > wide && ground.left < x - wide / 2, `${text} has a ground behind it`);
      assert.ok(ground.top < y - box.high / 2 && ground.high > box.high);
      boxes.push(box);
    },
  };
  const a = layers.map(({ count }) => new Float32Array(count).fill(0.5));
  const selector = createSelector(6);
  const tools = {
    from: (at) => {
      const { kind, place } = layout.figures[at - 1];
      return { kind, place, values: a[at - 1], first: 0 };
    },
    strongest: (at, from, to) => {
      const shape = [layers[at - 1].count, layers[at].count];
      const data = Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => weight(i));
      return selector({ shape, data }, from.values, 6, { to });
    },
  };
  const frame = { layers, layout, model: null, pointed: { layer, index }, named: null };
  createFront(NUMBERS)({ context, colors: COLORS, em: EM }, frame, a, tools);
  return boxes;
}

const meet = (one, other) =>
  Math.abs(one.x - other.x) < (one.wide + other.wide) / 2 &&
  Math.abs(one.y - other.y) < (one.high + other.high) / 2;

test('on a phone no value lies on another, none in the strip of a layer’s name', () => {
  for (const width of PHONES) {
    for (const counts of [
      [784, 16, 16, 10],
      [784, 24, 10],
    ]) {
      const picture = laidOut(counts, width);
      assert.ok(!picture.layout.sideways);
      for (const [at, { name, count }] of picture.layers.entries()) {
        for (let index = 0; at > 0 && index < count; index++) {
          const boxes = written(picture, name, index);
          boxes.forEach((one, i) => {
            for (const other of boxes.slice(i + 1))
              assert.ok(!meet(one, other), `${name} ${index}: ${one.text} on ${other.text}`);
            for (const { place } of picture.layout.figures.slice(1)) {
              const isInStrip = one.y + one.high / 2 > place.y - NAME && one.y < place.y;
              assert.ok(!isInStrip, `${name} ${index}: ${one.text} in a name's strip`);
            }
            assert.ok(one.y + one.high / 2 <= picture.layout.height);
          });
        }
      }
    }
  }
});

test('on a small phone no value stands under the slip of the output that was tapped', () => {
  const SLIP = 41; // px that "0.997" takes in bold, with its frame
  for (const width of PHONES) {
    const picture = laidOut([784, 16, 16, 10], width);
    const { place } = picture.layout.figures.at(-1);
    for (const index of [0, 4, 9]) {
      const x = Math.max(SLIP / 2, Math.min(width - SLIP / 2, place.centreX(index)));
      const values = written(picture, 'output', index).filter(({ text }) => text === '0.50');
      for (const value of values)
        assert.ok(Math.abs(value.x - x) >= (SLIP + value.wide) / 2 - 2, `${width}: ${index}`);
    }
  }
});

test('beside outputs that stand close no value lies under the slip of the one that was chosen', () => {
  const picture = laidOut([784, 16, 16, 10], 900, 205);
  assert.ok(picture.layout.sideways);
  const { place } = picture.layout.figures.at(-1);
  assert.ok(place.pitchY < 1.2 * EM, `${place.pitchY}`);
  const values = written(picture, 'output', 4).filter(({ text }) => text === '0.500');
  assert.equal(values.length, 7); // neither its own nor its neighbours'
  for (const { y, high } of values)
    assert.ok(Math.abs(y - place.centreY(4)) > 0.675 * EM + high / 2, `${y}`); // half a slip and half a value
});

test('on a phone the winner’s and the others’ values are written with two decimals', () => {
  const picture = laidOut([784, 16, 16, 10], 366);
  const boxes = written(picture, 'output', 9);
  assert.equal(boxes.filter(({ text }) => text === '0.50').length, 9); // all but its own, on the slip
  for (const index of [0, 4, 9])
    assert.equal(
      written(picture, 'hidden1', index).filter(({ text }) => text === '0.50').length,
      15,
      `hidden1 ${index}`,
    );
});

test('what is written as nothing speaks for neither side: no sign, no blue, no orange', () => {
  const picture = laidOut([784, 16, 16, 10], PHONES[0]);
  for (const [weight, text, color] of [
    [1.5, '+0.75', 'blue'],
    [-1.5, '-0.75', 'orange'],
    [0.002, '0.00', 'text'],
  ]) {
    const found = written(picture, 'output', 3, () => weight).filter((each) => each.text === text);
    assert.ok(found.length, `${text} is written`);
    for (const each of found) assert.equal(each.color, color, text);
  }
});
