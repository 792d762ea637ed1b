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

test('what fails is worse than a refusal, and a refusal than what is slow', () => {
  const told = [];
  const tell = createTroubles(({ status }) => told.push(status));
  const [one, other] = [tell('one'), tell('other')];
  one('slow');
  other('refused');
  assert.deepEqual(told, ['slow', 'refused']);
  one('failing');
  assert.deepEqual(told, ['slow', 'refused', 'failing']);
  one('slow');
  assert.deepEqual(told, ['slow', 'refused', 'failing', 'refused']);
});
