// Each neuron of a small layer as an element over its circle: with its value for those who cannot
// see the picture, and an output with its digit.

import { make } from '../../../page/dom.js';
import { neuronName } from '../../../state/names.js';
import { createRest } from '../rest.js';

/** @import { Reading, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Figure } from '../layout.js' */

const REST = 200; // ms without change until the values are written

/**
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createMarks(t, numbers) {
  /** @type {Map<string, HTMLElement[]>} */
  const marks = new Map();
  const rest = createRest(REST, write);
  /** @type {number | null} */
  let answered = null;

  /** @param {Reading | null} reading */
  function write(reading) {
    for (const [layer, elements] of marks) {
      const a = reading?.layers.find(({ name }) => name === layer)?.a;
      elements.forEach((element, index) => {
        const name = neuronName({ layer, index }, t, null);
        const value = a ? numbers.three(a[index]) : '';
        element.setAttribute('aria-label', a ? t('network.neuron', { name, value }) : name);
        element.dataset.value = a ? String(a[index]) : '';
      });
    }
  }

  /** @param {Figure} figure @param {number} index @param {boolean} output */
  function mark({ name, place }, index, output) {
    const label = neuronName({ layer: name, index }, t, null);
    const element = make('span', {
      class: 'neuron',
      role: 'img',
      'data-neuron': index,
      'aria-label': label,
    });
    element.style.left = `${place.centreX(index) - place.x}px`;
    element.style.top = `${place.centreY(index) - place.y}px`;
    element.style.setProperty('--size', `${place.size}px`);
    if (output) element.append(make('span', { class: 'output-digit' }, String(index)));
    return element;
  }

  return {
    /**
     * New marks for all figures, to be put over each; none over pixels and grids.
     * @param {Figure[]} figures
     * @returns {HTMLElement[][]}
     */
    make(figures) {
      marks.clear();
      answered = null;
      return figures.map((figure, at) => {
        const count = figure.kind === 'circles' ? figure.place.count : 0;
        const output = at === figures.length - 1;
        const elements = Array.from({ length: count }, (_, index) => mark(figure, index, output));
        marks.set(figure.name, elements);
        return elements;
      });
    },
    /** The output that is the answer. @param {number | null} digit */
    answer(digit) {
      if (digit === answered) return;
      answered = digit;
      const outputs = [...marks.values()].at(-1) ?? [];
      outputs.forEach((element, index) => element.classList.toggle('answer', index === digit));
    },
    /** The neurons' values, once the drawing rests. @param {Reading | null} reading */
    values: rest.when,
    destroy: rest.destroy,
  };
}
