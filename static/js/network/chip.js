// A slip beside the neuron pointed at, with its activation.

import { make } from '../dom.js';

/** @import { Neuron, State } from '../types.js' */
/** @import { Numbers } from '../words.js' */
/** @import { Figure, Layout } from './layout.js' */

/**
 * @param {HTMLElement} container
 * @param {Numbers} numbers
 */
export function createChip(container, numbers) {
  const chip = make('div', { class: 'neuron-chip', 'data-testid': 'chip', 'aria-hidden': 'true', hidden: true });
  const number = make('span', { 'data-testid': 'chip-a' });
  chip.append(make('i', {}, 'a'), number);
  container.append(chip);

  /** @param {State} state @param {Neuron} neuron */
  function activation({ reading }, { layer, index }) {
    if (layer === 'input') return reading && reading.input.pixels[index] / 255;
    return reading?.layers.find(({ name }) => name === layer)?.a[index] ?? null;
  }

  /** To the right of the neuron, or where the picture ends to the left; downwards below it.
   * @param {Figure} figure @param {number} index @param {Layout} layout */
  function moveTo({ place }, index, layout) {
    const [x, y] = [place.centreX(index), place.centreY(index)];
    const away = place.size / 2 + 10;
    const { offsetWidth, offsetHeight } = chip;
    const right = x + away + offsetWidth <= layout.width;
    const left = layout.sideways ? (right ? x + away : x - away - offsetWidth) : x - offsetWidth / 2;
    const top = layout.sideways ? y - offsetHeight / 2 : y + away;
    const inside = Math.max(0, Math.min(layout.width - offsetWidth, left));
    const above = Math.max(0, Math.min(layout.height - offsetHeight, top));
    chip.style.transform = `translate(${Math.round(inside)}px, ${Math.round(above)}px)`;
  }

  return {
    /** @param {State} state @param {Neuron | null} neuron @param {Layout} layout */
    show(state, neuron, layout) {
      const figure = neuron && layout.figures.find(({ name }) => name === neuron.layer);
      const a = neuron && activation(state, neuron);
      chip.hidden = !figure || a === null;
      if (!figure || a === null) return;
      number.textContent = numbers.three(a);
      number.dataset.value = String(a);
      moveTo(figure, neuron.index, layout);
    },
  };
}
