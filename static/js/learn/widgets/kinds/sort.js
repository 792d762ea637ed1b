// Examples to sort: data into structured and unstructured, and tasks into the kinds of networks for them.

import { make, say } from '../../../page/dom.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

/** @typedef {{name: string, groups: string[], right: Record<string, string>}} Sorting */

/** What there is to sort, and where it belongs. @type {Sorting[]} */
export const SORTINGS = [
  {
    name: 'data',
    groups: ['structured', 'unstructured'],
    right: {
      prices: 'structured',
      photo: 'unstructured',
      voice: 'unstructured',
      patients: 'structured',
      letter: 'unstructured',
      marks: 'structured',
      song: 'unstructured',
      weather: 'structured',
      film: 'unstructured',
    },
  },
  {
    name: 'kinds',
    groups: ['standard', 'convolutional', 'recurrent', 'hybrid'],
    right: {
      house: 'standard',
      object: 'convolutional',
      speech: 'recurrent',
      click: 'standard',
      translate: 'recurrent',
      cars: 'hybrid',
    },
  },
];

/** How many are where they belong. @param {Sorting} sorting @param {Record<string, string>} chosen */
export const sorted = ({ right }, chosen) =>
  Object.entries(right).filter(([item, group]) => chosen[item] === group).length;

/** @param {Sorting} sorting @param {() => void} onChange @param {Translate} t */
function createTable(sorting, onChange, t) {
  const { name, groups, right } = sorting;
  /** @type {Record<string, string>} */
  const chosen = {};
  const said = make('p', {
    class: 'sort-said',
    role: 'status',
    'data-testid': `sort-${name}-said`,
  });
  const count = make('span', { class: 'number', 'data-testid': `sort-${name}-count` });
  const tell = () => say(count, `${sorted(sorting, chosen)} / ${Object.keys(right).length}`);

  /** @param {string} item @param {string} group */
  function choose(item, group) {
    chosen[item] = group;
    const { inputs, element } = rows[item];
    for (const input of inputs) input.checked = input.value === group;
    const isRight = right[item] === group;
    element.dataset.is = isRight ? 'right' : 'not';
    const verdict = t(isRight ? 'sort.right' : 'sort.not');
    say(said, `${t(`sort.${item}`)}: ${verdict} ${t(`sort.${item}.why`)}`);
    tell();
    onChange();
  }

  /** @param {string} item */
  function rowOf(item) {
    const inputs = groups.map((group) =>
      make('input', {
        type: 'radio',
        name: `sort-${item}`,
        value: group,
        'aria-label': t(`sort.${group}`),
        'data-testid': `sort-${item}-${group}`,
      }),
    );
    for (const input of inputs) input.addEventListener('change', () => choose(item, input.value));
    const element = make(
      'div',
      { class: 'sort-row', role: 'radiogroup', 'aria-label': t(`sort.${item}`) },
      make('span', {}, t(`sort.${item}`)),
      ...inputs.map((input) => make('label', {}, input)),
    );
    return { element, inputs };
  }
  const rows = Object.fromEntries(Object.keys(right).map((item) => [item, rowOf(item)]));
  const element = make(
    'section',
    { class: `sort-table ${name}` },
    make('h3', {}, t(`sort.${name}`)),
    make(
      'div',
      { class: 'sort-row small soft', 'aria-hidden': 'true' },
      count,
      ...groups.map((group) => make('span', {}, t(`sort.${group}`))),
    ),
    ...Object.values(rows).map((row) => row.element),
    said,
  );
  tell();
  return { element, choose, right, count: () => sorted(sorting, chosen) };
}

/** @param {Pick<Page, 'onChange'>} page @param {Translate} t */
export function createSort({ onChange }, t) {
  const [data, kinds] = SORTINGS.map((sorting) => createTable(sorting, onChange, t));
  return {
    element: make(
      'div',
      { class: 'sort wide', 'data-testid': 'sort' },
      data.element,
      kinds.element,
    ),
    quantities: { sorted_data: data.count, sorted_kinds: kinds.count },
    /** @param {{all?: 'data' | 'kinds'}} wanted */
    apply({ all }) {
      const table = all === 'data' ? data : kinds;
      for (const [item, group] of Object.entries(table.right)) table.choose(item, group);
    },
  };
}
