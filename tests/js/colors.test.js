import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createColors, mix, parseHex, signStrength } from '../../static/js/page/colors.js';

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

test('on a dark ground faint states are lifted more, as the legend shows them', () => {
  const paper = { ...PALETTE, 'activation-0': '#ffffff', 'activation-1': '#000000' };
  const onPaper = createColors((name) => paper[name] ?? '#123456');
  const sheet = readFileSync(new URL('../../static/css/tokens.css', import.meta.url), 'utf8');
  const [light, dark] = sheet.split('data-theme="dark"');
  const blueOf = (word) => (word >> 16) & 255;
  const redOf = (word) => word & 255;
  for (const [part, name] of [
    [1 / 16, 'state-16'],
    [1 / 4, 'state-4'],
  ]) {
    const told = (theme) => Number(theme.match(new RegExp(`--${name}: ([0-9.]+)%`))[1]) / 100;
    assert.ok(Math.abs(blueOf(colors.stateWord(part, 1)) / 255 - told(dark)) < 0.005);
    assert.ok(Math.abs(1 - redOf(onPaper.stateWord(part, 1)) / 255 - told(light)) < 0.005);
    assert.equal(redOf(colors.stateWord(-part, 1)), blueOf(colors.stateWord(part, 1)));
  }
});
