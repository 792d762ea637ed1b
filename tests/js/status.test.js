import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createTroubles } from '../../static/js/views/status.js';

test('the worst that anything met is told, once, until it is over', () => {
  const told = [];
  const tell = createTroubles(({ status, statusDetail }) => told.push([status, statusDetail]));
  const [reading, model] = [tell('reading'), tell('model')];
  reading('ok');
  reading('slow');
  model('failing');
  reading('ok');
  reading('refused', 'why');
  model('ok');
  model('ok');
  reading('ok');
  assert.deepEqual(told, [
    ['slow', ''],
    ['failing', ''],
    ['refused', 'why'],
    ['ok', ''],
  ]);
});
