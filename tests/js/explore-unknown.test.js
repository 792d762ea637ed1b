import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createHeard } from '../../static/js/explore/frame/heard.js';
import { createViewWords } from '../../static/js/explore/frame/words.js';
import { unknownIn, unknownWords } from '../../static/js/explore/frame/unknown.js';
import { OPTIONS, VIEWS, valuesOf } from '../../static/js/explore/place.js';
import { MODEL, settle } from './explore-state.js';

const MODELS = [{ id: 'mlp' }, { id: 'cnn' }];
const t = (key, values = {}) => [key, ...Object.values(values)].join(' | ');
const numbers = { whole: (value) => String(value) };
const keysOf = (fragment) => unknownIn(fragment, MODEL, MODELS).map(({ key }) => key);
const wordsOf = (fragment) => unknownWords(unknownIn(fragment, MODEL, MODELS), t, numbers);

test('all that a view can be set to is known', () => {
  for (const view of VIEWS) {
    assert.deepEqual(keysOf(`#view=${view}&model=any&digit=9999`), []);
    for (const key of Object.keys(OPTIONS[view])) {
      for (const value of valuesOf(view)[key] ?? [])
        assert.deepEqual(keysOf(`#view=${view}&${key}=${value}`), []);
      assert.deepEqual(keysOf(`#view=${view}&${key}=`), [], 'left open');
    }
  }
  const fine = [
    '',
    '#view=map&layer=input',
    '#view=map&layer=hidden2&method=tsne',
    '#view=neurons&layer=output&unit=15&dial=0.25',
    '#view=confusion&cell=4-9&beside=cnn',
    '#view=confusion&beside=learned',
    '#view=fool&way=push&amount=0.12&target=3',
    '#view=why&output=0',
  ];
  for (const each of fine) assert.deepEqual(keysOf(each), []);
});

test('what an address asks for and is not here is told, whichever setting it is', () => {
  const odd = {
    view: ['#view=nowhere'],
    digit: ['#digit=99999999', '#digit=-1', '#digit=x'],
    layer: ['#view=map&layer=nope', '#view=neurons&layer=input', '#view=map&layer=<b>'],
    method: ['#view=map&method=umap', '#view=why&method=shap'],
    unit: ['#view=neurons&unit=seven'],
    dial: ['#view=neurons&dial=2'],
    label: ['#view=dataset&label=77', '#view=mistakes&label=a'],
    sort: ['#view=dataset&sort=banana'],
    cell: ['#view=confusion&cell=4-10'],
    beside: ['#view=confusion&beside=gone'],
    way: ['#view=fool&way=sideways'],
    amount: ['#view=fool&amount=2', '#view=fool&amount=-0.1'],
    layr: ['#view=map&layr=input'],
    output: ['#view=why&output=10', '#view=map&output=1'],
  };
  for (const [key, fragments] of Object.entries(odd))
    for (const each of fragments) assert.deepEqual(keysOf(each), [key], each);
  assert.deepEqual(keysOf('#view=map&layer=nope&method=umap'), ['layer', 'method']);
});

test('the sentence says what there is', () => {
  assert.equal(
    wordsOf('#view=map&layer=nope'),
    'explore.note.unknown | layer=nope | input, hidden1, hidden2, output',
  );
  assert.equal(
    wordsOf('#digit=99999999'),
    'explore.note.unknown | digit=99999999 | explore.note.range | 0 | 9999',
  );
  assert.equal(wordsOf('#view=fool&amount=9'), 'explore.note.shape | amount=9 | amount=0.1');
  assert.equal(
    wordsOf('#view=confusion&of=1'),
    'explore.note.setting | of | view, model, digit, cell, beside',
  );
  const long = wordsOf(`#view=map&layer=${'x'.repeat(500)}`);
  assert.ok(long.length < 150, 'no more is repeated than one can read');
});

test('it is told once the network is here, and until something else is chosen', async () => {
  let news = 0;
  const load = () => import('../../static/js/explore/frame/unknown.js');
  const heard = createHeard(
    t,
    numbers,
    () => news++,
    async () => {},
    load,
  );
  heard.hear('#view=map&layer=nope');
  assert.equal(heard.words({ model: MODEL, models: MODELS }), '', 'nobody knows yet');
  await load();
  await settle();
  assert.equal(news, 1);
  assert.equal(heard.words({ model: null, models: [] }), '');
  assert.match(heard.words({ model: MODEL, models: MODELS }), /layer=nope/);
  assert.match(
    heard.words({ model: MODEL, models: MODELS }, 'Another.'),
    /^Another\. .*layer=nope/,
  );
  heard.hear('');
  assert.equal(heard.words({ model: MODEL, models: MODELS }, 'Another.'), 'Another.');
});

test('the words of the views are fetched once, and again where the server was away', async () => {
  const catalogue = {};
  let tries = 0;
  const speak = createViewWords(catalogue, async (name) => {
    tries += 1;
    if (tries === 1) throw new TypeError('Failed to fetch');
    return { [`of ${name}`]: 'words' };
  });
  await assert.rejects(speak());
  await speak();
  await speak();
  assert.deepEqual([tries, catalogue], [2, { 'of views': 'words' }]);
});
