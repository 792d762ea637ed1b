// The maps that a convolution makes of the drawing, each below its filter, large enough to see what it likes.

import { pageColors } from '../../../page/colors.js';
import { make } from '../../../page/dom.js';
import { pointAt } from '../../../page/touch/finger.js';
import { SIDE } from '../../../state/units.js';
import { activationsOf, most, paint } from '../matrix/product.js';
import { filtersOf } from './filter.js';

/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const LAYER = 'conv1';

/** @param {Pick<Page, 'state' | 'onPart' | 'onSelect' | 'onPoint'>} page @param {Translate} t */
export function createMaps({ state, onSelect }, t) {
  const grid = make('div', { class: 'maps-grid' });
  const element = make(
    'div',
    { class: 'maps', 'data-testid': 'maps' },
    make('p', { class: 'small soft' }, t('maps.about')),
    grid,
  );
  /** @type {{filter: HTMLCanvasElement, map: HTMLCanvasElement, at: HTMLElement}[]} */
  let pairs = [];
  /** @type {unknown[]} */
  let painted = [];

  /** @param {number} count */
  function place(count) {
    pairs = Array.from({ length: count }, (_, k) => {
      const filter = make('canvas', { width: 5, height: 5, 'aria-hidden': 'true' });
      const map = make('canvas', {
        width: SIDE,
        height: SIDE,
        role: 'img',
        'aria-label': t('maps.one', { number: k + 1 }),
        'data-testid': `map-${k}`,
      });
      const at = make('i', { hidden: true });
      /** @param {PointerEvent} event */
      const choose = (event) => {
        const box = map.getBoundingClientRect();
        const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((each) =>
          Math.max(0, Math.min(SIDE - 1, Math.floor((each / box.width) * SIDE))),
        );
        onSelect({ layer: LAYER, index: (y * SIDE + x) * count + k });
      };
      pointAt(map, (event) => event?.pointerType === 'touch' && choose(event));
      map.addEventListener(
        'pointerdown',
        (event) => event.pointerType !== 'touch' && choose(event),
      );
      return { filter, map, at };
    });
    grid.replaceChildren(
      ...pairs.map(({ filter, map, at }) => make('figure', {}, filter, make('div', {}, map, at))),
    );
  }

  return {
    element,
    quantities: {},
    update() {
      const now = state();
      const [filters, read, colors] = [
        filtersOf(now?.weights, LAYER),
        activationsOf(now, LAYER),
        pageColors(),
      ];
      if (!filters || !read) return;
      if (pairs.length !== filters.length) place(filters.length);
      const unit = now?.selected?.layer === LAYER ? now.selected.index : null;
      const is = [now?.weights, read, colors, unit];
      if (is.every((each, i) => each === painted[i])) return;
      painted = is;
      const full = Math.max(most(read.a), 1e-9);
      pairs.forEach(({ filter, map, at }, k) => {
        const { side, weights } = filters[k];
        const scale = most(weights);
        paint(filter, (r, c) => colors.signedWord(weights[r * side + c], scale));
        paint(map, (r, c) =>
          colors.activationWord(read.a[(r * SIDE + c) * filters.length + k], full),
        );
        const place =
          unit !== null && unit % filters.length === k ? Math.floor(unit / filters.length) : null;
        at.hidden = place === null;
        at.style.setProperty('--row', String(Math.floor((place ?? 0) / SIDE)));
        at.style.setProperty('--column', String((place ?? 0) % SIDE));
      });
    },
    apply() {},
  };
}
