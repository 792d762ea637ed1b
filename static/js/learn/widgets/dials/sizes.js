// A network with one hidden layer of one's own size, drawn, and its dials counted layer by layer.

import { make, say } from '../../../page/dom.js';
import { countDense, inAll } from './count.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const SVG = 'http://www.w3.org/2000/svg';
const [PIXELS, CLASSES, FIRST, MOST] = [784, 10, 30, 60];
const [WIDTH, HEIGHT] = [520, 300];
const [BOX, MIDDLE, END] = [80, 290, 470]; // of the input and the two layers, across
const REST = 700; // ms without a move: on its way a slider passes over much
const NAMES = ['first', 'last', 'biases'];

/** @param {string} tag @param {Record<string, string | number>} attributes */
function draw(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  return element;
}

/** Where the neurons of a layer stand, one below the other. @param {number} count */
export const heights = (count) =>
  Array.from({ length: count }, (_, i) => 10 + ((HEIGHT - 20) * (i + 0.5)) / count);

/** @param {SVGElement} svg @param {number} hidden */
function paint(svg, hidden) {
  const [inner, outer] = [heights(hidden), heights(CLASSES)];
  const middle = HEIGHT / 2;
  const radius = Math.min(6, (HEIGHT - 20) / hidden / 2.4);
  const line = (/** @type {number[]} */ [x1, y1, x2, y2]) => draw('line', { x1, y1, x2, y2 });
  const circle = (/** @type {number} */ cx, /** @type {number} */ cy, /** @type {number} */ r) =>
    draw('circle', { cx, cy, r });
  svg.replaceChildren(
    ...inner.flatMap((y) => [-50, -25, 0, 25, 50].map((dy) => line([BOX, middle + dy, MIDDLE, y]))),
    ...inner.flatMap((y) => outer.map((to) => line([MIDDLE, y, END, to]))),
    draw('rect', { x: BOX - 70, y: middle - 62, width: 70, height: 124 }),
    ...inner.map((y) => circle(MIDDLE, y, radius)),
    ...outer.map((y) => circle(END, y, 7)),
  );
}

/** @param {Pick<Page, 'onChange'>} page @param {Translate} t @param {Numbers} numbers */
export function createSizes({ onChange }, t, numbers) {
  let hidden = FIRST;
  let isResting = true;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let resting;
  const count = () => countDense([PIXELS, hidden, CLASSES], numbers.whole);
  const svg = /** @type {SVGElement} */ (
    draw('svg', {
      viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
      preserveAspectRatio: 'xMinYMid',
      class: 'sizes-picture',
      'aria-hidden': 'true',
    })
  );
  const title = make('strong', { class: 'number' });
  const range = make('input', {
    type: 'range',
    min: 1,
    max: MOST,
    step: 1,
    value: hidden,
    'aria-label': t('sizes.hidden'),
    'data-testid': 'sizes-hidden',
  });
  const shown = make('output', { class: 'number' });
  const rows = NAMES.map((name) => {
    const [sum, found] = [make('span', { class: 'number' }), make('strong', { class: 'number' })];
    const bar = make('span', { class: 'deep-bar', 'aria-hidden': 'true' });
    const element = make(
      'p',
      {},
      make('span', { class: 'soft' }, t(`sizes.${name}`)),
      sum,
      bar,
      found,
    );
    return { sum, found, bar, element };
  });
  const total = make('strong', { class: 'number', 'data-testid': 'sizes-total' });
  const element = make(
    'div',
    { class: 'sizes wide', 'data-testid': 'sizes' },
    make('p', { class: 'sizes-title' }, title),
    svg,
    make(
      'label',
      { class: 'tiny-dial sizes-dial' },
      make('span', {}, t('sizes.hidden')),
      range,
      shown,
    ),
    make(
      'div',
      { class: 'sizes-rows' },
      ...rows.map((row) => row.element),
      make('p', { class: 'sizes-all' }, make('span', {}, t('sizes.all')), total),
    ),
  );

  /** @param {number} units */
  function go(units) {
    hidden = units;
    range.value = String(units);
    say(shown, String(units));
    say(title, `${PIXELS} – ${units} – ${CLASSES}`);
    paint(svg, units);
    const counted = count();
    const most = Math.max(...counted.map((each) => each.count));
    counted.forEach((each, i) => {
      say(rows[i].sum, each.sum);
      say(rows[i].found, numbers.whole(each.count));
      rows[i].bar.style.setProperty('--size', `${(100 * each.count) / most}%`);
    });
    say(total, numbers.whole(inAll(counted)));
    onChange();
  }
  range.addEventListener('input', () => {
    isResting = false;
    clearTimeout(resting);
    resting = setTimeout(() => {
      isResting = true;
      onChange();
    }, REST);
    go(Number(range.value));
  });
  go(hidden);
  return {
    element,
    quantities: {
      sized_hidden: () => hidden,
      sized_total: () => inAll(count()),
      sized_resting: () => Number(isResting),
    },
    /** @param {{hidden?: number}} wanted */
    apply: ({ hidden: units }) => void (units && go(units)),
    destroy: () => clearTimeout(resting),
  };
}
