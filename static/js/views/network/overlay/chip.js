// A slip beside the neuron pointed at, with its activation.

import { make } from '../../../page/dom.js';
import { inputOf } from '../../../state/ends.js';
import { isOutput } from '../layout.js';
import { SLIP, rowsBelow, slipBelow } from '../text.js';

/** @import { Neuron, State } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Figure, Layout } from '../layout.js' */

const DIGIT = 2.5; // em beside an output, where there is room
const CLOSE = 0.5; // em that the slip may come closer before it goes to the other side
const NUMBER = 9; // beside one that is a number: the slip stands before it

/**
 * @param {HTMLElement} container
 * @param {Numbers} numbers
 */
export function createChip(container, numbers) {
  const chip = make('div', {
    class: 'neuron-chip',
    'data-testid': 'chip',
    'aria-hidden': 'true',
    hidden: true,
  });
  const number = make('span', { 'data-testid': 'chip-a' });
  chip.append(number);
  container.append(chip);

  /** @param {State} state @param {Neuron} neuron */
  function activation({ reading }, { layer, index }) {
    if (layer === 'input') return reading && inputOf(reading)[index];
    return reading?.layers.find(({ name }) => name === layer)?.a[index] ?? null;
  }

  /** Downwards below the neuron; else to its right, or to the left where the picture ends. Its size is
   * taken as known: measuring it would lay out the page in every frame.
   * @param {Figure} figure @param {number} index @param {Layout} layout @param {number} em
   * @param {number} besideOutput em that its digit or number takes */
  function moveTo(figure, index, layout, em, besideOutput) {
    const { place } = figure;
    const { width, figures } = layout;
    const digits = isOutput(figures, figures.indexOf(figure));
    chip.classList.toggle('in-row', !layout.sideways && rowsBelow(place, em) > 0);
    if (!layout.sideways) {
      const { x, y } = slipBelow(place, index, { width, em, digits });
      chip.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
      return;
    }
    const [x, y] = [place.centreX(index), place.centreY(index)];
    const away = place.size / 2 + (digits ? besideOutput : 0.75) * em;
    const room = width - x - SLIP.wide * em;
    const before = room < away - CLOSE * em;
    const along = before ? -(place.size / 2 + 0.75 * em) : Math.min(away, room); // before it stands neither digit nor number
    chip.style.transform = `translate(${x + along}px, ${y}px) translate(${before ? -100 : 0}%, -50%)`;
  }

  return {
    /**
     * @param {State} state
     * @param {Neuron | null} neuron
     * @param {Layout} layout
     * @param {number} em the type's size in px
     */
    show(state, neuron, layout, em) {
      const figure = neuron && layout.figures.find(({ name }) => name === neuron.layer);
      const a = neuron && activation(state, neuron);
      chip.hidden = !figure || a === null;
      if (!figure || a === null) return;
      number.textContent = numbers.three(a);
      number.dataset.value = String(a);
      moveTo(
        figure,
        neuron.index,
        layout,
        em,
        state.model?.outputs?.[0].kind === 'number' ? NUMBER : DIGIT,
      );
    },
  };
}
