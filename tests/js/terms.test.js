import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createDictionary } from '../../static/js/page/terms/dictionary.js';

/** @param {string} language */
const of = (language) =>
  createDictionary(JSON.parse(readFileSync(`nnviz/web/locales/terms-${language}.json`, 'utf8')));
/** @param {string} language @param {string} text */
const found = (language, text) =>
  of(language)
    .find(text)
    .map(({ id, start, end }) => [id, text.slice(start, end)]);

test('terms are found as whole words, the longest first, in any case', () => {
  assert.deepEqual(found('en', 'Weight decay pulls weights, not lightweights'), [
    ['weight-decay', 'Weight decay'],
    ['weight', 'weights'],
  ]);
  assert.deepEqual(found('en', '26.4% of Σ|w·a|'), [['magnitude', 'Σ|w·a|']]);
  assert.deepEqual(found('en', '50 of 12,544 edges'), [['edge', 'edges']]);
  assert.deepEqual(found('en', 'Do they find edges? The edge of a stroke'), []);
  assert.deepEqual(found('en', 'w\u00a0×\u00a0a, kept on one line'), [
    ['contribution', 'w\u00a0×\u00a0a'],
  ]);
  assert.deepEqual(found('en', '784-16-16-10 and 28x28-8@28x28-10'), [
    ['architecture', '784-16-16-10'],
    ['architecture', '28x28-8@28x28-10'],
  ]);
  assert.deepEqual(found('en', 'multiplayer, unity, 1784-16'), []);
});

test('Korean terms keep their particles outside, and are no part of longer words', () => {
  assert.deepEqual(found('ko', '뉴런이 은닉층의 가중치를'), [
    ['neuron', '뉴런'],
    ['hidden-layer', '은닉층'],
    ['weight', '가중치'],
  ]);
  assert.deepEqual(found('ko', 'ReLU를 쓰는 CNN은'), [
    ['relu', 'ReLU'],
    ['cnn', 'CNN'],
  ]);
  assert.deepEqual(found('ko', '출력층, 층별'), [['layer', '층']]);
});

test('every term has a name and one sentence in both languages', () => {
  const [english, korean] = [of('en'), of('ko')];
  assert.deepEqual(english.ids, korean.ids);
  for (const dictionary of [english, korean]) {
    for (const id of dictionary.ids) {
      assert.ok(dictionary.about(id).length > 15, id);
      assert.deepEqual(
        dictionary.find(dictionary.name(id)).map((each) => each.id),
        [id],
      );
    }
  }
});

test('what Explore measures with is explained where it stands, in both languages', () => {
  const explained = {
    'conf.recall': 'recall',
    'conf.precision': 'precision',
    'conf.interval': 'interval',
    'calibration.said': 'calibration-error',
    'unit.dial': 'regularisation',
    'faith.divergence': 'kl-divergence',
    'faith.trust': 'trustworthiness',
    'blame.alike.some': 'rank-correlation',
    'blame.about.integrated-gradients': 'integrated-gradients',
    'blame.about.occlusion': 'occlusion',
    'unit.both': 'auc',
  };
  for (const language of ['en', 'ko']) {
    const texts = JSON.parse(readFileSync(`nnviz/web/locales/views-${language}.json`, 'utf8'));
    for (const [key, id] of Object.entries(explained))
      assert.ok(
        found(language, texts[key]).some(([each]) => each === id),
        `${language} ${key}`,
      );
    for (const name of ['PCA', 't-SNE'])
      assert.deepEqual(found(language, name), [[name.toLowerCase(), name]]);
  }
});
