// How far an LSTM has read: a slider along the rows of its picture, a button that lets it read row by
// row, and the names of the picture's axes.

import { make, say } from '../../../page/dom.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Layout } from '../layout.js' */

const WIDE = 1.5; // rem
const PACE = 180; // ms a row
const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = { play: 'M6.5 4.5v11l9-5.5z', pause: 'M7 4.5v11M13 4.5v11' };

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
    'data-testid': 'row-scrubber',
  });
  const said = make('output', { class: 'scrubber-row', 'data-testid': 'row' });
  const { button: play, show: showPlay } = createPlay(t);
  const down = make('span', { class: 'axis axis-rows', 'aria-hidden': 'true' });
  const across = make('span', { class: 'axis axis-units', 'aria-hidden': 'true' });
  const box = make('div', { class: 'scrubber', hidden: true }, play, slider, said, down, across);
  container.append(box);
  let steps = 0;
  /** @type {ReturnType<typeof setInterval> | null} */
  let timer = null;

  function stop() {
    if (timer !== null) clearInterval(timer);
    timer = null;
    showPlay(false);
  }

  function next() {
    const row = slider.valueAsNumber + 1;
    events.onRow(row);
    if (row >= steps) stop();
  }

  function toggle() {
    if (timer !== null) return stop();
    if (slider.valueAsNumber >= steps) events.onRow(1);
    timer = setInterval(next, PACE);
    showPlay(true);
  }

  play.addEventListener('click', toggle);
  slider.addEventListener('input', () => {
    stop();
    events.onRow(Number(slider.value));
  });

  return {
    /** @param {Layout} layout @param {number} rem px */
    place(layout, rem) {
      const figure = layout.figures.find(({ kind }) => kind === 'steps');
      box.hidden = !figure;
      steps = figure?.place.rows ?? 0;
      stop();
      if (!figure) return;
      slider.setAttribute('aria-label', t('network.rows')); // of an image its rows, of a pen's way its steps
      say(down, t('network.axis.rows'));
      showPlay(false);
      slider.max = String(steps);
      const { x, y, width, height, columns } = figure.place;
      box.style.left = `${x - WIDE * rem}px`;
      box.style.top = `${y}px`;
      box.style.height = `${height}px`;
      box.style.setProperty('--across', `${width}px`);
      box.classList.toggle('downwards', !layout.sideways);
      say(across, t('network.axis.units', { units: numbers.whole(columns) }));
    },
    /**
     * @param {number | null} row the last row read, null for all
     * @param {boolean} isRead whether there is anything to read: a blank pad has no rows to stop at
     */
    show(row, isRead) {
      if (!steps) return;
      slider.disabled = play.disabled = !isRead;
      if (!isRead) stop();
      const read = Math.min(row ?? steps, steps);
      if (slider.valueAsNumber !== read) slider.value = String(read);
      const text = t('network.row', { row: numbers.whole(read), rows: numbers.whole(steps) });
      say(said, text);
      slider.setAttribute('aria-valuetext', text);
    },
    destroy: stop,
  };
}

/** @param {Translate} t */
function createPlay(t) {
  const path = document.createElementNS(SVG, 'path');
  const icon = document.createElementNS(SVG, 'svg');
  icon.setAttribute('class', 'icon');
  icon.setAttribute('viewBox', '0 0 20 20');
  icon.setAttribute('aria-hidden', 'true');
  icon.append(path);
  const button = make('button', {
    type: 'button',
    class: 'scrubber-play',
    'data-testid': 'row-play',
  });
  button.append(icon);
  /** @param {boolean} runs */
  function show(runs) {
    path.setAttribute('d', SHAPES[runs ? 'pause' : 'play']);
    const name = t(runs ? 'play.pause' : 'network.rows.play');
    button.setAttribute('aria-label', name);
    button.title = name;
  }
  show(false);
  return { button, show };
}
