// Every contribution of a neuron in a list: sorted, filtered, all of them.

import { make, say } from '../../page/dom.js';
import { createUnitLink } from '../../views/unit-link.js';

/** @import { Neuron, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * The places of the contributions as they are to be listed.
 * @param {ArrayLike<number>} contributions
 * @param {string} order `size` (largest first) or `place`
 * @param {string} filter `all`, `raises`, `lowers` or `counts` (all but zeros)
 */
export function listed(contributions, order, filter) {
  const wanted = /** @type {Record<string, (value: number) => boolean>} */ ({
    all: () => true,
    counts: (value) => value !== 0,
    raises: (value) => value > 0,
    lowers: (value) => value < 0,
  })[filter];
  const places = Array.from(contributions, (_, i) => i).filter((i) => wanted(contributions[i]));
  return order === 'place'
    ? places
    : places.sort((i, j) => Math.abs(contributions[j]) - Math.abs(contributions[i]));
}

/**
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {(index: number | null) => void} onPoint
 * @param {(neuron: Neuron) => void} onGo a source's name leads to it
 */
export function createTerms(t, numbers, onPoint, onGo) {
  const toBeginning = () => {
    scroller.scrollTop = 0;
  };

  /** @param {string} name @param {string[]} values */
  const choice = (name, values) => {
    const select = make(
      'select',
      { 'data-testid': `terms-${name}`, 'aria-label': t(`terms.${name}`) },
      ...values.map((value) => make('option', { value }, t(`terms.${name}.${value}`))),
    );
    select.addEventListener('change', () => {
      if (newest) show(...newest);
      toBeginning();
    });
    return select;
  };
  const order = choice('order', ['size', 'place']);
  const filter = choice('filter', ['counts', 'all', 'raises', 'lowers']);
  const count = make('span', { class: 'small soft', 'data-testid': 'terms-count' });
  const body = make('tbody', {});
  const heads = ['source', 'a', 'w', 'product'].map((key) =>
    make('th', { scope: 'col' }, t(`terms.${key}`)),
  );
  const table = make('table', {}, make('thead', {}, make('tr', {}, ...heads)), body);
  const scroller = make(
    'div',
    { class: 'terms-list', tabindex: 0, role: 'region', 'aria-label': t('terms.title') },
    table,
  );
  const element = make(
    'div',
    { class: 'terms' },
    make('div', { class: 'terms-head' }, order, filter, count),
    scroller,
  );
  /** @type {[Terms, (index: number) => string, (index: number) => Neuron | null] | null} */
  let newest = null;
  /** @type {{row: HTMLTableRowElement, cells: HTMLElement[], link: ReturnType<typeof createUnitLink>}[]} */
  const rows = [];

  /** @typedef {Record<'contributions' | 'weights' | 'sources', ArrayLike<number>>} Terms */

  function addRow() {
    const cells = [make('th', { scope: 'row' }), make('td', {}), make('td', {}), make('td', {})];
    const row = make('tr', {}, ...cells);
    row.addEventListener('pointerenter', () => onPoint(Number(row.dataset.index)));
    row.addEventListener('pointerleave', () => onPoint(null));
    rows.push({ row, cells, link: createUnitLink({ onHover: () => {}, onGo }) });
  }

  /** @param {Terms} all @param {(index: number) => string} nameOf
   * @param {(index: number) => Neuron | null} unitOf whose name it is, null for what has no page here */
  function show(all, nameOf, unitOf) {
    newest = [all, nameOf, unitOf];
    const { contributions, weights, sources } = all;
    const places = listed(contributions, order.value, filter.value);
    while (rows.length < places.length) addRow();
    places.forEach((i, at) => {
      const { row, cells, link } = rows[at];
      row.dataset.index = String(i);
      row.className = contributions[i] < 0 ? 'lowers' : contributions[i] > 0 ? 'raises' : '';
      const unit = unitOf(i);
      if (unit) link.set(unit, nameOf(i));
      if (!unit) say(cells[0], nameOf(i));
      else if (!link.element.isConnected) cells[0].replaceChildren(link.element);
      [sources[i], weights[i], contributions[i]].forEach((value, k) =>
        say(cells[k + 1], numbers.three(value)),
      );
      if (!row.isConnected) body.append(row);
    });
    for (let at = places.length; at < rows.length; at++) rows[at].row.remove();
    const [shown, total] = [places.length, contributions.length].map(numbers.whole);
    say(count, t('terms.count', { shown, total }));
  }

  return {
    element,
    show,
    toBeginning,
    /** It is closed: whoever opens it again sees the largest first, of both signs. */
    rest() {
      element.dataset.of = '';
      for (const select of [order, filter]) select.selectedIndex = 0;
    },
  };
}
