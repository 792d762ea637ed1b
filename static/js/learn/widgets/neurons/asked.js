// What is asked of a network and what its neurons tell: the layer before the outputs, of a network that was
// asked for digits alone and of one that was asked for loops too.

import { make, say } from '../../../page/dom.js';
import { best } from './loops.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const LAST = 'hidden2'; // before the outputs of both

/** Each network's rows: a word of the catalogue, the layer, and the best of its units or all of them. */
const NETWORKS = /** @type {const} */ ([
  [
    'one',
    'mlp-sigmoid',
    [
      ['layers.neuron', LAST, 'units'],
      ['layers.layer', LAST, 'layer'],
    ],
  ],
  [
    'two',
    'mlp-two-heads',
    [
      ['layers.neuron', LAST, 'units'],
      ['layers.layer', LAST, 'layer'],
      ['asked.output', 'loops', 'units'],
    ],
  ],
]);

/** @param {Pick<Page, 'loops'>} page @param {Translate} t @param {Numbers} numbers */
export function createAsked({ loops }, t, numbers) {
  const groups = NETWORKS.map(([network, model, asked]) => {
    const rows = asked.map(([word, layer, of]) => {
      const bar = make('span', { class: 'deep-bar' });
      const number = make('strong', { class: 'number' });
      number.dataset.testid = `asked-${network}-${layer}-${of}`;
      const name = make('span', { class: 'small soft' }, t(word));
      const kind = of === 'units' ? 'neuron' : 'layer';
      const element = make('p', { class: `layers-${kind}` }, name, bar, number);
      return { model, layer, of, bar, number, element };
    });
    const title = make('strong', { class: 'small' }, t(`asked.${network}`));
    const told = make('div', { class: `asked-${network}` }, ...rows.map((row) => row.element));
    return { rows, element: make('div', {}, title, told) };
  });
  const element = make(
    'div',
    { class: 'layers asked', 'data-testid': 'asked' },
    ...groups.map((group) => group.element),
    make('p', { class: 'small soft' }, t('layers.about')),
  );
  return {
    element,
    quantities: {},
    update() {
      for (const { model, layer, of, bar, number } of groups.flatMap(({ rows }) => rows)) {
        const found = loops(layer, model);
        const value = found && (of === 'layer' ? found.layer : best(found.units));
        say(number, value === null ? '–' : numbers.two(value));
        bar.style.setProperty('--size', `${((value ?? 0.5) - 0.5) * 200}%`);
      }
    },
    apply() {},
  };
}
