// The matrix, and how keys walk in it: arrows from cell to cell, Enter opens the digits of one.

import { make, say } from '../../page/dom.js';
import { createPlot } from '../../views/plot/plot.js';
import { matrixFigure, worstOf } from './figures.js';

/** @import { Confusion } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @typedef {[number, number]} Cell label and what is read */

/** @type {Record<string, Cell>} */
const WAYS = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] };

/** The cell that a key leads to; null for a key that leads nowhere. @param {Cell} from @param {string} key
 * @param {number} side cells a row @returns {Cell | null} */
export function cellTowards([label, read], key, side) {
  if (key === 'Home') return [label, 0];
  if (key === 'End') return [label, side - 1];
  const way = WAYS[key];
  if (!way) return null;
  const inside = (/** @type {number} */ at) => Math.max(0, Math.min(side - 1, at));
  return [inside(label + way[0]), inside(read + way[1])];
}

/**
 * @param {(label: number, read: number) => void} onCell its digits are asked for
 * @param {Translate} t @param {Numbers} numbers
 */
export function createMatrix(onCell, t, numbers) {
  const plot = createPlot(
    'matrix',
    t('question.confusion'),
    (point) => point && onCell(point.y, point.x),
  );
  const said = make('p', { class: 'unseen', 'aria-live': 'polite', 'data-testid': 'matrix-said' });
  const element = make(
    'div',
    {
      class: 'matrix-box',
      tabindex: 0,
      role: 'application',
      'aria-label': t('conf.keys'),
      'data-testid': 'matrix-keys',
    },
    plot.element,
    said,
  );
  /** @type {Cell | null} where the keys are */
  let cursor = null;
  /** @type {{now: Confusion, old: Confusion | null, cell: Cell | null} | null} */
  let shown = null;

  function draw() {
    if (!shown) return;
    const { now, old, cell } = shown;
    plot.show(matrixFigure(now, old, cursor ?? cell, t, numbers));
  }

  /** @param {Cell | null} next */
  function move(next) {
    cursor = next;
    draw();
    if (!next || !shown) return say(said, '');
    const [label, read] = next;
    const count = numbers.whole(shown.now.matrix[label][read]);
    say(said, t(label === read ? 'conf.right' : 'conf.cell', { label, read, count }));
  }

  element.addEventListener('focus', () => {
    if (!shown || !element.matches(':focus-visible')) return;
    const worst = worstOf(shown.now.matrix);
    move(shown.cell ?? (worst ? [worst.label, worst.read] : [0, 0]));
  });
  element.addEventListener('blur', () => move(null));
  element.addEventListener('keydown', (event) => {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const from = cursor ?? shown.cell ?? [0, 0];
    const to = cellTowards(/** @type {Cell} */ (from), event.key, shown.now.matrix.length);
    if (!to && event.key !== 'Enter') return;
    event.preventDefault();
    if (to) move(to);
    else onCell(from[0], from[1]);
  });

  return {
    element,
    plot: plot.element,
    /** @param {Confusion} now @param {Confusion | null} old @param {Cell | null} cell that is open */
    show(now, old, cell) {
      shown = { now, old, cell };
      draw();
    },
    destroy: plot.destroy,
  };
}
