import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAdmission } from '../../static/js/sessions/admission.js';

test('a screen about digits lets in what reads digits, and says why another is shown', async () => {
  const models = [
    { id: 'mlp', problem: 'digits' },
    { id: 'mine', problem: 'digits', saved: true, title: 'Mine' },
    { id: 'homes', problem: 'houses', saved: true, title: 'Homes' },
  ];
  const runs = {
    'run-0123456789ab-7': { id: 'run-0123456789ab-7', problem: 'digits', title: 'a' },
    'run-0123456789ab-8': { id: 'run-0123456789ab-8', problem: 'pen', title: 'b' },
  };
  const api = {
    models: async () => ({ models, default: 'mlp' }),
    model: async (id) => runs[id] ?? Promise.reject(new Error('404')),
  };
  const t = (/** @type {string} */ key, values = {}) => [key, ...Object.values(values)].join(' ');
  const admission = createAdmission(api, t, async () => t);
  assert.deepEqual(
    (await admission.list()).map(({ id }) => id),
    ['mlp', 'mine'],
  );
  assert.deepEqual(await admission.first('mine'), { id: 'mine', note: '' });
  assert.deepEqual(await admission.first(null, null), { id: 'mlp', note: '' });
  assert.deepEqual(await admission.first('homes', 'mine'), {
    id: 'mine',
    note: 'explore.note.problem Homes',
  });
  assert.deepEqual(await admission.first('run-0123456789ab-7'), {
    id: 'run-0123456789ab-7',
    note: '',
  });
  assert.equal((await admission.first('run-0123456789ab-8')).id, 'mlp');
  assert.deepEqual(await admission.first('run-0123456789ab-9'), {
    id: 'mlp',
    note: 'explore.note.missing run-0123456789ab-9',
  });
  assert.equal((await admission.first('gone', 'homes')).note, 'explore.note.missing gone');
  const offline = createAdmission(api, t, () => Promise.reject(new Error('offline')));
  await offline.list();
  assert.equal((await offline.first('homes')).note, 'explore.note.problem Homes');
});
