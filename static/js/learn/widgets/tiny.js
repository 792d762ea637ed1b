// A network small enough to be set by hand: one neuron with three dials, which tells lying strokes
// from standing ones in pictures of 5x5. Its loss can be lowered by its dials, or by gradient descent.

import { make, say } from '../../page/dom.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const SIDE = 5;
const RATE = 0.5; // of gradient descent
const STEPS = 60; // one a frame: about a second

/** @typedef {{row: number, column: number, bias: number}} Dials */

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

/**
 * @param {{onChange: () => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createTiny({ onChange }, t, numbers) {
  /** @type {Dials} */
  let dials = { row: -1, column: 1, bias: 0.5 };
  let taken = 0;
  let frame = 0;
  const total = make('output', { class: 'number', 'data-testid': 'tiny-loss' });
  const pictures = PICTURES.map(({ cells, target }) => {
    const grid = make('span', {
      class: 'tiny-grid',
      role: 'img',
      'aria-label': t(target ? 'tiny.lying' : 'tiny.standing'),
    });
    for (let cell = 0; cell < SIDE * SIDE; cell += 1)
      grid.append(make('i', { class: cells.includes(cell) ? 'on' : '' }));
    const value = make('span', { class: 'number small' });
    return {
      value,
      element: make(
        'figure',
        {},
        grid,
        make(
          'figcaption',
          { class: 'small' },
          value,
          make('span', { class: 'soft' }, ` → ${target}`),
        ),
      ),
    };
  });
  const sliders = /** @type {(keyof Dials)[]} */ (['row', 'column', 'bias']).map((name) => {
    const input = make('input', {
      type: 'range',
      min: -12,
      max: 12,
      step: 0.1,
      'aria-label': t(`tiny.${name}`),
      'data-testid': `tiny-${name}`,
    });
    const value = make('output', { class: 'number' });
    input.addEventListener('input', () => {
      stop();
      dials = { ...dials, [name]: Number(input.value) };
      show();
    });
    return {
      name,
      input,
      value,
      element: make(
        'label',
        { class: 'tiny-dial' },
        make('span', { class: 'small' }, t(`tiny.${name}`)),
        input,
        value,
      ),
    };
  });
  const descend = make(
    'button',
    { type: 'button', 'data-testid': 'tiny-descend' },
    t('tiny.descend'),
  );
  const element = make(
    'div',
    { class: 'tiny', 'data-testid': 'tiny' },
    make('div', { class: 'tiny-pictures' }, ...pictures.map((picture) => picture.element)),
    ...sliders.map((slider) => slider.element),
    make('p', { class: 'tiny-loss' }, `${t('tiny.loss')} `, total),
    descend,
  );

  function show() {
    pictures.forEach(({ value }, i) => say(value, numbers.two(answer(dials, PICTURES[i].cells))));
    for (const { name, input, value } of sliders) {
      input.value = String(dials[name]);
      say(value, numbers.two(dials[name]));
    }
    say(total, numbers.three(loss(dials)));
    onChange();
  }

  function stop() {
    cancelAnimationFrame(frame);
    frame = 0;
  }

  /** @param {number} left */
  function go(left) {
    dials = step(dials, RATE * 6);
    taken += 1;
    show();
    frame = left > 1 ? requestAnimationFrame(() => go(left - 1)) : 0;
  }

  descend.addEventListener('click', () => {
    stop();
    go(STEPS);
  });
  show();

  return {
    element,
    quantities: { tiny_loss: () => loss(dials), tiny_steps: () => taken },
    /** @param {Partial<Dials> & {descend?: boolean}} wanted */
    apply(wanted) {
      stop();
      if (wanted.descend) return go(STEPS);
      dials = { ...dials, ...wanted };
      show();
    },
    destroy: stop,
  };
}
