// The list under the arithmetic, line by line: where a number comes from, and what it is made of; above it
// what matters most. Its elements stay from reading to reading.

import { make, say } from '../../page/dom.js';
import { arithmetic } from '../../page/sums.js';
import { layerName, neuronName, shortName } from '../../state/names.js';
import { createSentence, createUnitLink } from '../../views/unit-link.js';

/** @import { ModelDescription, Neuron, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { UnitEvents } from '../../views/unit-link.js' */

/**
 * @typedef {{name: string, product: string, kind?: string, neuron?: Neuron}} Line
 *
 * @typedef {Record<'contributions' | 'weights' | 'sources', ArrayLike<number>> & {
 *   at?: ArrayLike<number>}} Contributions `at` are their places in the layer at the other end
 */

const STRONGEST = 6;
const ALL = 8; // contributions that are told all

/**
 * The places of the largest values by size, largest first; zeros do not count.
 * @param {ArrayLike<number>} values
 * @param {number} most
 */
export function strongest(values, most) {
  /** @type {number[]} */
  const places = [];
  for (let i = 0; i < values.length; i++) {
    const size = Math.abs(values[i]);
    if (size === 0) continue;
    let at = places.length;
    while (at > 0 && Math.abs(values[places[at - 1]]) < size) at -= 1;
    if (at >= most) continue;
    places.splice(at, 0, i);
    if (places.length > most) places.pop();
  }
  return places;
}

/** A value's share of all of them by size. @param {ArrayLike<number>} values @param {number} at */
export function shareOf(values, at) {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += Math.abs(values[i]);
  return Math.abs(values[at]) / sum;
}

/**
 * @param {number} most lines
 * @param {Record<string, string>} attributes of the list
 * @param {UnitEvents} events
 */
export function createLines(most, attributes, events) {
  const items = Array.from({ length: most }, () => {
    const word = make('span', { class: 'small soft' });
    const link = createUnitLink(events);
    const name = make('span', { class: 'small' }, word, link.element);
    const product = make('span', { class: 'small' });
    return { element: make('li', {}, name, product), word, link, product };
  });
  const element = make(
    'ol',
    { class: 'strongest', ...attributes },
    ...items.map((item) => item.element),
  );
  return {
    element,
    /** @param {Line[]} lines */
    show(lines) {
      items.forEach((item, at) => {
        const line = lines[at];
        item.element.hidden = line === undefined;
        if (!line) return;
        item.element.className = line.kind ?? '';
        item.word.hidden = line.neuron !== undefined;
        item.link.element.hidden = !item.word.hidden;
        if (line.neuron) item.link.set(line.neuron, line.name);
        else say(item.word, line.name);
        say(item.product, line.product);
      });
    },
  };
}

/**
 * The list with what is said above it: which matters most, and how many there are.
 * @param {UnitEvents} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createListing(events, t, numbers) {
  const most = createSentence(events, { class: 'readout-most', 'data-testid': 'most' });
  const largest = make('span', { class: 'soft', id: 'strongest-caption' });
  const caption = make('p', { class: 'strongest-caption small' }, most.element, ' ', largest);
  const listed = { 'data-testid': 'strongest', 'aria-labelledby': 'strongest-caption' };
  const lines = createLines(ALL, listed, events);

  return {
    elements: [caption, lines.element],
    /** @param {boolean} isKnown */
    show(isKnown) {
      caption.hidden = lines.element.hidden = !isKnown;
    },
    /** @param {{caption: string, lines: Line[]}} told @param {boolean} hasGates */
    tell(told, hasGates) {
      lines.element.classList.toggle('gates', hasGates);
      most.set('', '', null);
      say(largest, told.caption);
      lines.show(told.lines);
    },
    /**
     * The strongest contributions.
     * @param {ModelDescription | null} model
     * @param {string} other the layer at the other end
     * @param {Contributions} all
     * @param {{most: string, largest: string}} keys of what is said
     * @param {Translate} [words] that have them
     */
    tellStrongest(model, other, { contributions, weights, sources, at }, keys, words = t) {
      lines.element.classList.remove('gates');
      const order = strongest(contributions, contributions.length <= ALL ? ALL : STRONGEST);
      const [shown, total] = [order.length, contributions.length].map(numbers.whole);
      const neuronAt = (/** @type {number} */ i) => ({ layer: other, index: at ? at[i] : i });
      const first = order.length ? neuronAt(order[0]) : null;
      const name = first ? neuronName(first, t, model) : '';
      const share = first ? numbers.percent(shareOf(contributions, order[0])) : '';
      const way = words(contributions[order[0]] < 0 ? 'legend.lowers' : 'legend.raises');
      most.set(first ? words(keys.most, { name, share, way }) : '', name, first);
      const key = order.length ? keys.largest : 'readout.nothing';
      say(largest, words(key, { shown, total, layer: layerName(other, t) }));
      lines.show(
        order.map((i) => {
          // one digit more than of the product: who multiplies what is written gets what is written
          const [weight, activation] = [weights[i], sources[i]].map(numbers.three);
          const both = numbers.two(contributions[i]);
          return {
            name: shortName(neuronAt(i), t, model),
            neuron: neuronAt(i),
            product: arithmetic([[weight, activation]], both) + both,
            kind: contributions[i] < 0 ? 'lowers' : 'raises',
          };
        }),
      );
    },
  };
}
