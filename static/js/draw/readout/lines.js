// A list under the arithmetic, line by line: where a number comes from, and what it is made of. Its
// elements stay from reading to reading.

import { make, say } from '../../page/dom.js';
import { createUnitLink } from '../../views/unit-link.js';

/** @import { Neuron } from '../../state/types.js' */
/** @import { UnitEvents } from '../../views/unit-link.js' */

/** @typedef {{name: string, product: string, kind?: string, neuron?: Neuron}} Line */

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
