// How far an LSTM has read: a slider along the rows of its picture.

import { make, say } from '../../../page/dom.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Layout } from '../layout.js' */

const WIDE = 1.5; // rem

/**
 * @param {HTMLElement} container
 * @param {{onRow: (row: number) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createScrubber(container, events, t, numbers) {
  const slider = make('input', {
    type: 'range',
    min: 1,
    step: 1,
    'aria-label': t('network.rows'),
    'data-testid': 'row-scrubber',
  });
  const said = make('output', { class: 'scrubber-row', 'data-testid': 'row' });
  const box = make('div', { class: 'scrubber', hidden: true }, slider, said);
  container.append(box);
  slider.addEventListener('input', () => events.onRow(Number(slider.value)));
  let steps = 0;

  return {
    /** @param {Layout} layout @param {number} rem px */
    place(layout, rem) {
      const figure = layout.figures.find(({ kind }) => kind === 'steps');
      box.hidden = !figure;
      steps = figure?.place.rows ?? 0;
      if (!figure) return;
      slider.max = String(steps);
      const { x, y, height } = figure.place;
      box.style.left = `${x - WIDE * rem}px`;
      box.style.top = `${y}px`;
      box.style.height = `${height}px`;
      box.style.setProperty('--across', `${figure.place.width}px`);
      box.classList.toggle('downwards', !layout.sideways);
    },
    /**
     * @param {number | null} row the last row read, null for all
     * @param {boolean} isRead whether there is anything to read: a blank pad has no rows to stop at
     */
    show(row, isRead) {
      if (!steps) return;
      slider.disabled = !isRead;
      const read = Math.min(row ?? steps, steps);
      if (slider.valueAsNumber !== read) slider.value = String(read);
      const text = t('network.row', { row: numbers.whole(read), rows: numbers.whole(steps) });
      say(said, text);
      slider.setAttribute('aria-valuetext', text);
    },
  };
}
