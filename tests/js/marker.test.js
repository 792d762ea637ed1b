import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { createDictionary } from '../../static/js/page/terms/dictionary.js';
import { createMarker } from '../../static/js/page/terms/marker.js';
import { createPage, Element } from './tree.js';

const dictionary = createDictionary(
  JSON.parse(readFileSync('nnviz/web/locales/terms-en.json', 'utf8')),
);

/** A page of paragraphs whose terms are marked. */
function marked(context, ...texts) {
  const paragraphs = texts.map((text) => new Element('p', text));
  const { tell } = createPage(context, ...paragraphs);
  context.mock.timers.enable({ apis: ['setTimeout'] });
  createMarker(dictionary, { onMoved: () => {} });
  return {
    paragraphs,
    /** A paragraph says something else; the page has rested since. */
    say(at, text) {
      paragraphs[at].replaceChildren(text);
      tell({ type: 'childList', target: paragraphs[at], addedNodes: paragraphs[at].childNodes });
      context.mock.timers.tick(1000);
    },
    /** Each paragraph, with what is marked in it in brackets. */
    seen: () =>
      paragraphs.map(({ childNodes }) =>
        childNodes
          .map(({ dataset, textContent }) => (dataset?.term ? `[${textContent}]` : textContent))
          .join(''),
      ),
  };
}

test('each term is marked once, at its first place', (context) => {
  const page = marked(context, 'A layer has neurons', 'and a neuron weights, in its layer');
  assert.deepEqual(page.seen(), [
    'A [layer] has [neurons]',
    'and a neuron [weights], in its layer',
  ]);
});

test('terms are sought anew after a mark that stood on the page was taken off', (context) => {
  const page = marked(context, 'A neuron.', 'A layer of a neuron.');
  assert.deepEqual(page.seen(), ['A [neuron].', 'A [layer] of a neuron.']);
  page.say(0, 'A layer.'); // the other's mark goes, and with it the text behind it, where a neuron was found
  assert.deepEqual(page.seen(), ['A [layer].', 'A layer of a [neuron].']);
});

test('a text is one again where its term is marked elsewhere', (context) => {
  const page = marked(context, 'Nothing.', 'A bias and a bias.');
  page.say(0, 'A bias.');
  assert.deepEqual(page.seen(), ['A [bias].', 'A bias and a bias.']);
  assert.equal(page.paragraphs[1].childNodes.length, 1);
});
