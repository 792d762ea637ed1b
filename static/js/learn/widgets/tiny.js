// A network small enough to be set by hand: one neuron with three dials, which tells lying strokes
// from standing ones in pictures of 5x5. Its loss can be lowered by its dials, or by gradient descent.

import { make, say } from '../../page/dom.js';
import { createPlot } from './plot.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const SIDE = 5;
const RATE = 3; // of gradient descent
const LEVEL = 0.0005; // a slope that is told as 0.000
/** @type {Dials} wrong about all four */
const START = { row: -1, column: 1, bias: 0.5 };
const STEPS = 60; // with one press
const PACE = 100; // ms between them: each can be watched
const LONGEST = 600; // moves that the curve shows

/** @typedef {{row: number, column: number, bias: number}} Dials */

const NAMES = /** @type {(keyof Dials)[]} */ (['row', 'column', 'bias']);

/**
 * The four pictures: which cells are inked, and whether the stroke lies (1) or stands (0). What the
 * neuron sees of each are two numbers: the share of the middle row, and of the middle column, inked.
 */
const PICTURES = [
  { cells: [10, 11, 12, 13, 14], target: 1 },
  { cells: [2, 7, 12, 17, 22], target: 0 },
  { cells: [11, 12, 13, 14, 9], target: 1 },
  { cells: [7, 12, 17, 22, 21], target: 0 },
];

/** @param {number[]} cells @returns {[number, number]} shares of the middle row and column */
export function seen(cells) {
  const row = cells.filter((cell) => Math.floor(cell / SIDE) === 2).length / SIDE;
  const column = cells.filter((cell) => cell % SIDE === 2).length / SIDE;
  return [row, column];
}

/** @param {Dials} dials @param {number[]} cells the probability that the stroke lies */
export function answer({ row, column, bias }, cells) {
  const [r, c] = seen(cells);
  return 1 / (1 + Math.exp(-(row * r + column * c + bias)));
}

/** The mean cross-entropy: −log of the probability given to what is right. @param {Dials} dials */
export const loss = (dials) =>
  PICTURES.reduce((sum, { cells, target }) => {
    const p = answer(dials, cells);
    return sum - Math.log(Math.max(1e-12, target ? p : 1 - p));
  }, 0) / PICTURES.length;

/** ∂loss/∂dial: (p − target) times what the dial multiplies, in the mean. @param {Dials} dials @returns {Dials} */
export function gradient(dials) {
  const sum = { row: 0, column: 0, bias: 0 };
  for (const { cells, target } of PICTURES) {
    const [r, c] = seen(cells);
    const error = (answer(dials, cells) - target) / PICTURES.length;
    sum.row += error * r;
    sum.column += error * c;
    sum.bias += error;
  }
  return sum;
}

/** @param {Dials} dials @param {number} rate @returns {Dials} */
export function step(dials, rate) {
  const slope = gradient(dials);
  return {
    row: dials.row - rate * slope.row,
    column: dials.column - rate * slope.column,
    bias: dials.bias - rate * slope.bias,
  };
}

/** The four pictures, each with what the neuron answers and what it should. @param {Translate} t
 * @param {Numbers} numbers */
function createPictures(t, numbers) {
  const pictures = PICTURES.map(({ cells, target }) => {
    const grid = make('span', {
      class: 'tiny-grid',
      role: 'img',
      'aria-label': t(target ? 'tiny.lying' : 'tiny.standing'),
    });
    for (let cell = 0; cell < SIDE * SIDE; cell += 1)
      grid.append(make('i', { class: cells.includes(cell) ? 'on' : '' }));
    const value = make('strong', { class: 'number' });
    const bar = make('span', { class: 'deep-bar', 'aria-hidden': 'true' });
    const wanted = make('span', { class: 'soft' }, t('tiny.wanted', { target }));
    const caption = make('figcaption', { class: 'small' }, t('tiny.now'), ' ', value, bar, wanted);
    return { cells, value, bar, element: make('figure', {}, grid, caption) };
  });
  return {
    element: make('div', { class: 'tiny-pictures' }, ...pictures.map(({ element }) => element)),
    /** @param {Dials} dials */
    show(dials) {
      for (const { cells, value, bar } of pictures) {
        const p = answer(dials, cells);
        say(value, numbers.two(p));
        bar.style.setProperty('--size', `${100 * p}%`);
      }
    },
  };
}

/** The three dials, each with its slope and the way downhill. @param {(name: keyof Dials, value: number) => void} onTurn
 * @param {Translate} t @param {Numbers} numbers */
function createDials(onTurn, t, numbers) {
  const sliders = NAMES.map((name) => {
    const input = make('input', {
      type: 'range',
      min: -12,
      max: 12,
      step: 0.1,
      'aria-label': t(`tiny.${name}`),
      'data-testid': `tiny-${name}`,
    });
    const value = make('output', { class: 'number' });
    const slope = make('span', { class: 'tiny-slope number small soft' });
    input.addEventListener('input', () => onTurn(name, Number(input.value)));
    const said = make('span', { class: 'small' }, t(`tiny.${name}`));
    const element = make('label', { class: 'tiny-dial' }, said, input, value, slope);
    return { name, input, value, slope, element };
  });
  return {
    elements: sliders.map(({ element }) => element),
    /** @param {Dials} dials */
    show(dials) {
      const slopes = gradient(dials);
      for (const { name, input, value, slope } of sliders) {
        input.value = String(dials[name]);
        say(value, numbers.two(dials[name]));
        const way = Math.abs(slopes[name]) < LEVEL ? '' : slopes[name] < 0 ? '→' : '←'; // downhill
        say(slope, `${t('tiny.slope')} ${numbers.three(slopes[name])} ${way}`);
      }
    },
  };
}

/** The loss after every move so far, from the first. @param {number[]} losses */
export function curveOf(losses) {
  const high = Math.max(1.5, ...losses);
  const long = Math.max(STEPS, losses.length - 1);
  const tick = [20, 50, 100, 200].find((each) => long / each <= 5) ?? 200;
  const ticks = Array.from({ length: Math.floor(long / tick) + 1 }, (_, i) => i * tick);
  return {
    x: { from: 0, to: long, ticks },
    y: {
      from: 0,
      to: high,
      ticks: high > 3 ? [0, 2, 4, 6, 8, 10, 12].filter((y) => y <= high) : [0, 0.5, 1, 1.5],
    },
    points: losses.map((loss, i) => /** @type {[number, number]} */ ([i, loss])),
  };
}

/**
 * @param {{onChange: () => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createTiny({ onChange }, t, numbers) {
  /** @type {Dials} */
  let dials = { ...START };
  let taken = 0;
  let timer = 0;
  let losses = [loss(dials)];
  const [total, count] = [
    make('output', { class: 'number', 'data-testid': 'tiny-loss' }),
    make('span', { class: 'number soft', 'data-testid': 'tiny-steps' }),
  ];
  const pictures = createPictures(t, numbers);
  const sliders = createDials(
    (name, value) => {
      stop();
      move({ ...dials, [name]: value });
    },
    t,
    numbers,
  );
  const plot = createPlot(t('tiny.curve'));
  const again = make('button', { type: 'button', 'data-testid': 'tiny-again' }, t('tiny.again'));
  again.addEventListener('click', () => {
    stop();
    dials = { ...START };
    losses = [loss(dials)];
    taken = 0;
    show();
  });
  const descend = make('button', { type: 'button', 'data-testid': 'tiny-descend' });
  const element = make(
    'div',
    { class: 'tiny wide', 'data-testid': 'tiny' },
    pictures.element,
    make('div', { class: 'tiny-dials' }, ...sliders.elements, descend, again),
    make(
      'div',
      { class: 'tiny-curve' },
      make('p', { class: 'tiny-loss' }, `${t('tiny.loss')} `, total, ' ', count),
      plot.element,
    ),
  );

  /** @param {Dials} to */
  function move(to) {
    dials = to;
    losses.push(loss(dials));
    if (losses.length > LONGEST) losses.shift();
    show();
  }

  function show() {
    pictures.show(dials);
    sliders.show(dials);
    say(total, numbers.three(loss(dials)));
    say(count, taken ? t('tiny.steps', { count: taken }) : '');
    say(descend, t(timer ? 'tiny.stop' : 'tiny.descend'));
    const { x, y, points } = curveOf(losses);
    plot.show({
      x: { ...x, name: t('tiny.moves') },
      y: { ...y, name: t('tiny.loss') },
      curves: [{ points }],
      dots: [{ at: points[points.length - 1] }],
    });
    onChange();
  }

  function stop() {
    clearTimeout(timer);
    timer = 0;
  }

  /** @param {number} left */
  function go(left) {
    timer = left > 1 ? window.setTimeout(() => go(left - 1), PACE) : 0;
    taken += 1;
    move(step(dials, RATE));
  }

  descend.addEventListener('click', () => {
    const isRunning = timer !== 0;
    stop();
    if (isRunning) show();
    else go(STEPS);
  });
  show();

  return {
    element,
    quantities: { tiny_loss: () => loss(dials), tiny_steps: () => taken },
    /** @param {Partial<Dials> & {descend?: boolean}} wanted */
    apply(wanted) {
      stop();
      if (wanted.descend) return go(STEPS);
      move({ ...dials, ...wanted });
    },
    destroy: stop,
  };
}
