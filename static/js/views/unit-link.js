// The name of a unit, wherever it stands: pointing at it rings its circle, a click goes there.

import { make, say } from '../page/dom.js';

/** @import { Neuron } from '../state/types.js' */

/**
 * @typedef {object} UnitEvents
 * @property {(neuron: Neuron | null) => void} onHover
 * @property {(neuron: Neuron) => void} onGo
 *
 * @typedef {{name: string, neuron: Neuron}} Named a unit and what it is called in a text
 */

/** @param {UnitEvents} events */
export function createUnitLink({ onHover, onGo }) {
  /** @type {Neuron | null} */
  let meant = null;
  const element = make('button', { type: 'button', class: 'unit' });
  const leave = () => onHover(null);
  for (const event of ['pointerenter', 'focus'])
    element.addEventListener(event, () => onHover(meant));
  for (const event of ['pointerleave', 'blur']) element.addEventListener(event, leave);
  element.addEventListener('click', () => meant && onGo(meant));
  return {
    element,
    /** @param {Neuron} neuron @param {string} name */
    set(neuron, name) {
      meant = neuron;
      element.dataset.unit = `${neuron.layer}/${neuron.index}`;
      say(element, name);
    },
  };
}

/**
 * A sentence that names one unit. Its elements stay from reading to reading.
 * @param {UnitEvents} events
 * @param {Record<string, string>} attributes of the element
 */
export function createSentence(events, attributes) {
  const link = createUnitLink(events);
  const [before, after] = [make('span'), make('span')];
  return {
    element: make('span', attributes, before, link.element, after),
    /** @param {string} text @param {string} name as it stands in the text @param {Neuron | null} neuron */
    set(text, name, neuron) {
      const at = neuron ? text.indexOf(name) : -1;
      link.element.hidden = at < 0;
      say(before, at < 0 ? text : text.slice(0, at));
      say(after, at < 0 ? '' : text.slice(at + name.length));
      if (neuron && at >= 0) link.set(neuron, name);
    },
  };
}

/**
 * A text in which units are named: every name becomes a link to its unit, the first time it stands
 * after the name before.
 * @param {string} text
 * @param {Named[]} units in the order in which they are named
 * @param {UnitEvents} events
 * @returns {(Node | string)[]}
 */
export function linked(text, units, events) {
  /** @type {(Node | string)[]} */
  const parts = [];
  let from = 0;
  for (const { name, neuron } of units) {
    const at = text.indexOf(name, from);
    if (at < 0) continue;
    const link = createUnitLink(events);
    link.set(neuron, name);
    parts.push(text.slice(from, at), link.element);
    from = at + name.length;
  }
  return [...parts, text.slice(from)].filter((part) => part !== '');
}
