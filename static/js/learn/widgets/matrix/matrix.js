// All weighted sums of hidden 2 at once, as W a + b = z, drawn with the numbers of the live network. A
// row that is pointed at is one neuron: it lights up in the network, and its sum is written out.

import { pageColors } from '../../../page/colors.js';
import { make, say } from '../../../page/dom.js';
import { pointAt } from '../../../page/touch/finger.js';
import { activationsOf, denseOf, most, paint, sums } from './product.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const [BEFORE, LAYER] = ['hidden1', 'hidden2'];
const SIDE = 16; // units of either
const FIRST = 5; // the row that is shown before one is pointed at
const VECTORS = ['a', 'b', 'z', 'a′'];
const SIGNS = ['·', '+', '=', 'σ'];

/** A number as an addend: in parentheses where it is below 0. @param {string} number */
const added = (number) => (number.startsWith('−') ? `(${number})` : number);

/**
 * @param {Pick<Page, 'state' | 'onPart' | 'onSelect' | 'onChange'>} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createMatrix({ state, onPart, onSelect, onChange }, t, numbers) {
  /** @type {{row: number, column: number | null} | null} */
  let pointed = null;
  /** @type {unknown[]} what is painted */
  let painted = [];
  const table = make('canvas', { width: SIDE, height: SIDE });
  const vectors = VECTORS.map(() => make('canvas', { width: 1, height: SIDE }));
  const cells = make(
    'div',
    {
      class: 'matrix-cells',
      tabindex: 0,
      role: 'slider',
      'aria-label': t('matrix.label'),
      'aria-valuemin': 1,
      'aria-valuemax': SIDE,
      'data-testid': 'matrix',
    },
    ...['W', ...VECTORS].flatMap((name, i) => [
      ...(i ? [make('span', { class: 'matrix-sign' }, SIGNS[i - 1])] : []),
      make(
        'figure',
        name === 'a' ? { class: 'matrix-whole' } : {}, // a row takes all of a
        make('figcaption', {}, name),
        i ? vectors[i - 1] : table,
        ...(name === 'a' ? [] : [make('i', { class: 'matrix-at' })]),
      ),
    ]),
  );
  const row = make('p', {});
  const sum = make('p', { class: 'number', 'data-testid': 'matrix-sum' });
  const term = make('p', { class: 'number soft' });
  const element = make(
    'div',
    { class: 'matrix' },
    cells,
    make('div', { class: 'small' }, row, sum, term),
  );

  /** Where the neurons stand now: what is pointed at here, or in the network, or one to begin with. */
  function now() {
    if (pointed) return pointed.row;
    const { hovered, selected } = state() ?? {};
    const unit = hovered ?? selected;
    if (unit?.layer === LAYER) return unit.index;
    return FIRST;
  }

  /** @param {number} to */
  function go(to) {
    pointed = { row: Math.min(SIDE - 1, Math.max(0, to)), column: null };
    onPart(`${LAYER}/${pointed.row}`);
    onChange();
  }

  pointAt(cells, (event) => {
    if (!event) {
      pointed = null;
      onPart(null);
      return onChange();
    }
    const box = table.getBoundingClientRect();
    const place = (/** @type {number} */ share) =>
      Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE)));
    const across = (event.clientX - box.left) / box.width;
    go(place((event.clientY - box.top) / box.height));
    if (pointed) pointed.column = across >= 0 && across < 1 ? place(across) : null;
  });
  cells.addEventListener('click', () => onSelect({ layer: LAYER, index: now() }));
  cells.addEventListener('keydown', (event) => {
    const by = { ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    go(now() + by);
  });
  cells.addEventListener('blur', () => {
    pointed = null;
    onPart(null);
    onChange();
  });

  function update() {
    const [dense, from, to] = [
      denseOf(state()?.weights, LAYER),
      activationsOf(state(), BEFORE),
      activationsOf(state(), LAYER),
    ];
    if (!dense || !from || !to || dense.units !== SIDE || dense.inputs !== SIDE) return;
    const colors = pageColors();
    const found = sums(dense, from.a);
    const z = found.map((value, u) => value + dense.bias[u]);
    const is = [colors, dense.kernel, from, to];
    if (is.some((each, i) => each !== painted[i])) {
      painted = is;
      const full = most(dense.kernel);
      paint(table, (r, c) => colors.signedWord(dense.kernel[c * SIDE + r], full));
      const scale = most([...z, ...Array.from(dense.bias)]);
      paint(vectors[0], (r) => colors.activationWord(from.a[r], 1));
      paint(vectors[1], (r) => colors.signedWord(dense.bias[r], scale));
      paint(vectors[2], (r) => colors.signedWord(z[r], scale));
      paint(vectors[3], (r) => colors.activationWord(to.a[r], 1));
    }
    const r = now();
    const written = [found[r], dense.bias[r], z[r]].map(numbers.three);
    const c = pointed?.column ?? null;
    cells.style.setProperty('--at', String(r));
    cells.setAttribute('aria-valuenow', String(r + 1));
    say(row, t('matrix.row', { number: r + 1 }));
    say(sum, `Σ w·a + b = ${written[0]} + ${added(written[1])} = ${written[2]}`);
    cells.setAttribute('aria-valuetext', `${row.textContent}, z = ${written[2]}`);
    say(
      term,
      c === null
        ? `a′ = σ(${written[2]}) = ${numbers.three(to.a[r])}`
        : t('matrix.term', {
            row: r + 1,
            column: c + 1,
            term: `${numbers.two(dense.kernel[c * SIDE + r])} × ${numbers.two(from.a[c])}`,
          }),
    );
  }

  return { element, quantities: {}, update, apply() {} };
}
