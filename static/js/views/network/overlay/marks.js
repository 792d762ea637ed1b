// Each neuron of a small layer as an element over its circle: with its value for those who cannot
// see the picture; an output with its digit or number, a feature that goes in with its name.

import { make } from '../../../page/dom.js';
import { inputOf } from '../../../state/ends.js';
import { neuronName, shortName } from '../../../state/names.js';
import { createDebounce } from '../../../state/store.js';

/** @import { ModelDescription, Neuron, Reading, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Figure } from '../layout.js' */

const QUIET = 200; // ms without change until the values are written

/**
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createMarks(t, numbers) {
  /** @type {Map<string, HTMLElement[]>} */
  const marks = new Map();
  const debounced = createDebounce(QUIET, write);
  let answered = '';
  let first = 0;
  /** @type {ModelDescription | null} */
  let model = null;

  /** @param {Reading | null} reading */
  function write(reading) {
    for (const [layer, elements] of marks) {
      const a =
        layer === 'input'
          ? reading && inputOf(reading)
          : reading?.layers.find(({ name }) => name === layer)?.a;
      elements.forEach((element, index) => {
        const name = neuronName({ layer, index }, t, model);
        const value = a ? numbers.three(a[index]) : '';
        element.setAttribute('aria-label', a ? t('network.neuron', { name, value }) : name);
        element.dataset.value = a ? String(a[index]) : '';
        const text = element.querySelector('.neuron-number');
        if (text)
          text.textContent = !reading
            ? ''
            : layer === 'input'
              ? value
              : numbers.dollars(reading.prediction ?? 0);
      });
    }
  }

  /** What stands beside a neuron's circle. @param {string} layer @param {number} index @param {boolean} output */
  function beside(layer, index, output) {
    const number = make('span', { class: 'neuron-number' });
    if (layer === 'input')
      return [
        make(
          'span',
          { class: 'input-name', 'aria-hidden': 'true' },
          make('span', {}, shortName({ layer, index }, t, model)),
          number,
        ),
      ];
    if (!output) return [];
    const isNumber = model?.outputs[0].kind === 'number';
    return [
      make(
        'span',
        { class: 'output-digit', 'aria-hidden': isNumber ? 'true' : null },
        isNumber ? number : String(index),
      ),
    ];
  }

  /** @param {Figure} figure @param {number} index @param {boolean} output */
  function mark({ name, place }, index, output) {
    const label = neuronName({ layer: name, index }, t, model);
    const element = make('span', {
      class: 'neuron',
      role: 'img',
      'data-neuron': index,
      'aria-label': label,
    });
    element.style.left = `${place.centreX(index) - place.x}px`;
    element.style.top = `${place.centreY(index) - place.y}px`;
    element.style.setProperty('--size', `${place.size}px`);
    element.style.setProperty('--pitch', `${Math.max(place.pitchX, place.pitchY)}px`);
    element.append(...beside(name, index, output));
    return element;
  }

  return {
    /**
     * New marks for all figures, to be put over each; none over pixels and grids.
     * @param {Figure[]} figures
     * @param {number} outputsFrom where the outputs begin
     * @param {ModelDescription | null} [of] whose they are
     * @returns {HTMLElement[][]}
     */
    make(figures, outputsFrom, of = null) {
      model = of;
      marks.clear();
      answered = '';
      first = outputsFrom;
      return figures.map((figure, at) => {
        const count = figure.kind === 'circles' ? figure.place.count : 0;
        const output = at >= first;
        const elements = Array.from({ length: count }, (_, index) => mark(figure, index, output));
        marks.set(figure.name, elements);
        return elements;
      });
    },
    /** The units that are the answers. @param {(Neuron | null)[]} answers */
    answer(answers) {
      const now = answers.map((each) => each && `${each.layer}/${each.index}`).join();
      if (now === answered) return;
      answered = now;
      for (const [layer, elements] of [...marks].slice(first)) {
        elements.forEach((element, i) =>
          element.classList.toggle(
            'winner',
            answers.some((each) => each?.layer === layer && each.index === i),
          ),
        );
      }
    },
    /** The neurons' values, once the drawing rests. @param {Reading | null} reading */
    values: debounced.when,
    destroy: debounced.destroy,
  };
}
