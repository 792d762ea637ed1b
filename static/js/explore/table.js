// What a picture shows, as a table for those who cannot see it or want the numbers: made when it is opened.

import { make } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */

const MOST = 50; // rows at once

/**
 * @typedef {object} Rows
 * @property {string} caption
 * @property {string[]} head
 * @property {number} count rows in all
 * @property {(from: number, to: number) => (string | Node)[][]} rows their cells, the first is its head
 */

/** @param {Translate} t */
export function createTable(t) {
  const table = make('div', { class: 'table-box' });
  const element = make(
    'details',
    { class: 'as-table', 'data-testid': 'as-table' },
    make('summary', { class: 'small' }, t('table.title')),
    table,
  );
  /** @type {Rows | null} */
  let newest = null;
  let from = 0;
  let isDrawn = false;

  function draw() {
    if (!element.open || !newest) return;
    isDrawn = true;
    const { caption, head, count, rows } = newest;
    const to = Math.min(count, from + MOST);
    const body = rows(from, to).map(([first, ...cells]) =>
      make(
        'tr',
        {},
        make('th', { scope: 'row' }, first),
        ...cells.map((cell) => make('td', {}, cell)),
      ),
    );
    const heads = make('tr', {}, ...head.map((each) => make('th', { scope: 'col' }, each)));
    table.replaceChildren(
      make(
        'table',
        {},
        make('caption', { class: 'small soft' }, caption),
        make('thead', {}, heads),
        make('tbody', {}, ...body),
      ),
    );
    if (count <= MOST) return;
    const [back, on] = [step(-MOST, 'table.back'), step(MOST, 'table.on')];
    back.disabled = from === 0;
    on.disabled = to >= count;
    table.append(
      make(
        'p',
        { class: 'table-steps' },
        back,
        make('span', { class: 'small soft' }, t('table.part', { from: from + 1, to, count })),
        on,
      ),
    );
  }

  /** @param {number} by @param {string} key */
  function step(by, key) {
    const button = make('button', { type: 'button' }, t(key));
    button.addEventListener('click', () => {
      from += by;
      draw();
    });
    return button;
  }

  element.addEventListener('toggle', () => !isDrawn && draw());

  return {
    element,
    /** @param {Rows} next */
    show(next) {
      newest = next;
      from = Math.min(from, Math.max(0, next.count - 1) - (Math.max(0, next.count - 1) % MOST));
      isDrawn = false;
      draw();
    },
  };
}
