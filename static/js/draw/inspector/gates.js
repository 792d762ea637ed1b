// An LSTM's unit over all rows: a chart for each gate, the cell and the state.

import { make } from '../../page/dom.js';

/** @import { LayerActivations, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const NS = 'http://www.w3.org/2000/svg';
const [WIDE, HIGH] = [260, 56];

/**
 * The values of one unit, row by row.
 * @param {LayerActivations} layer
 * @param {number} unit
 */
export function unitSeries({ shape: [steps, units], gates, z, a }, unit) {
  const column = (/** @type {number[]} */ all) =>
    Array.from({ length: steps }, (_, step) => all[step * units + unit]);
  const { i, f, g, o } = /** @type {NonNullable<LayerActivations['gates']>} */ (gates);
  return {
    i: column(i),
    f: column(f),
    g: column(g),
    o: column(o),
    c: column(z ?? []),
    h: column(a),
  };
}

/** How far a chart reaches: gates lie in 0..1, g and h in −1..1, a cell as far as it went.
 * @param {string} name @param {number[]} values */
export function rangeOf(name, values) {
  if (name === 'c') {
    const most = Math.max(1, Math.ceil(Math.max(...values.map(Math.abs))));
    return [-most, most];
  }
  return name === 'g' || name === 'h' ? [-1, 1] : [0, 1];
}

/** @param {string} tag @param {string} className */
function svg(tag, className) {
  const element = document.createElementNS(NS, tag);
  element.setAttribute('class', className);
  return element;
}

/**
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {(step: number) => void} onStep a row is clicked
 */
export function createGates(t, numbers, onStep) {
  const charts = ['i', 'f', 'g', 'c', 'o', 'h'].map((name) => {
    const picture = svg('svg', 'gate-chart');
    picture.setAttribute('viewBox', `0 -3 ${WIDE} ${HIGH + 6}`);
    picture.setAttribute('preserveAspectRatio', 'none');
    picture.setAttribute('data-testid', `gate-${name}`);
    picture.setAttribute('role', 'img');
    const [zero, line, mark] = [
      svg('path', 'curve-guide'),
      svg('path', 'curve-line'),
      svg('path', 'gate-mark'),
    ];
    picture.append(zero, line, mark);
    const number = make('span', { class: 'number' });
    const ends = make('span', { class: 'small soft' });
    const label = make(
      'p',
      {},
      make('strong', {}, name),
      ' ',
      make('span', { class: 'small soft' }, t(`gate.${name}`)),
      ' ',
      ends,
      number,
    );
    picture.setAttribute('aria-label', t(`gate.${name}`));
    picture.addEventListener('click', (event) => {
      const box = picture.getBoundingClientRect();
      const { clientX } = /** @type {MouseEvent} */ (event);
      onStep(Math.floor(((clientX - box.left) / box.width) * steps));
    });
    return {
      name,
      element: make('div', { class: 'gate' }, label, picture),
      zero,
      line,
      mark,
      number,
      ends,
      picture,
    };
  });
  const element = make(
    'div',
    { class: 'gates-over-rows' },
    ...charts.map((chart) => chart.element),
  );
  let steps = 1;

  return {
    element,
    /** @param {LayerActivations} layer @param {number} index the unit at a row */
    show(layer, index) {
      const units = layer.shape[1];
      const [unit, step] = [index % units, Math.floor(index / units)];
      [steps] = layer.shape;
      const series = /** @type {Record<string, number[]>} */ (unitSeries(layer, unit));
      for (const { name, zero, line, mark, number, ends } of charts) {
        const values = series[name];
        const [low, high] = rangeOf(name, values);
        const x = (/** @type {number} */ at) => (((at + 0.5) / steps) * WIDE).toFixed(1);
        const y = (/** @type {number} */ value) =>
          (HIGH - ((value - low) / (high - low)) * HIGH).toFixed(1);
        line.setAttribute('d', `M${values.map((value, at) => `${x(at)},${y(value)}`).join('L')}`);
        zero.setAttribute('d', `M0,${y(0)}H${WIDE}`);
        mark.setAttribute('d', `M${x(step)},0V${HIGH}`);
        number.textContent = numbers.three(values[step]);
        number.dataset.value = String(values[step]);
        ends.textContent = t('gate.range', { low: numbers.whole(low), high: numbers.whole(high) });
      }
    },
  };
}
