// Hidden neurons that are on or off: for this picture, and for how many of the test digits. One that never is on
// has died.

import { make, say } from '../../../page/dom.js';
import { activationsOf, most } from '../matrix/product.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Neuron, Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const LAYERS = ['hidden1', 'hidden2'];
const COUNT = 16;

/**
 * A row of bars for each hidden layer, and what the neuron that is pointed at has.
 * @param {Pick<Page, 'state' | 'onPart' | 'onSelect'>} page
 * @param {{name: string, about: string, valuesOf(layer: string): ArrayLike<number> | null | undefined, full(values: ArrayLike<number>): number,
 *   told(value: number, layer: string, number: number): string}} what
 * @param {Translate} t
 */
function createBars({ state, onPart, onSelect }, { name, about, valuesOf, full, told }, t) {
  const rows = LAYERS.map((layer) => {
    const bars = Array.from({ length: COUNT }, (_, index) => {
      const fill = make('i');
      const bar = make(
        'button',
        {
          type: 'button',
          class: 'alive-bar',
          'data-testid': `${name}-${layer}-${index}`,
          'aria-label': t('loops.neuron', { layer: t(`loops.${layer}`), number: index + 1 }),
        },
        fill,
      );
      const unit = /** @type {Neuron} */ ({ layer, index });
      bar.addEventListener('click', () => onSelect(unit));
      bar.addEventListener('pointerenter', () => onPart(`${layer}/${index}`));
      bar.addEventListener('pointerleave', () => onPart(null));
      return { bar, fill };
    });
    const element = make(
      'div',
      {},
      make('span', { class: 'small' }, t(`loops.${layer}`)),
      make('div', { class: 'alive-bars' }, ...bars.map(({ bar }) => bar)),
    );
    return { layer, bars, element };
  });
  const said = make('p', {
    class: 'small number',
    role: 'status',
    'data-testid': `${name}-told`,
  });
  const element = make(
    'div',
    { class: 'alive', 'data-testid': name },
    ...rows.map((row) => row.element),
    said,
  );

  return {
    element,
    quantities: {},
    update() {
      const now = state();
      const unit = now?.hovered ?? now?.selected ?? null;
      say(said, about);
      for (const { layer, bars } of rows) {
        const values = valuesOf(layer);
        bars.forEach(({ bar, fill }, index) => {
          const value = values?.[index] ?? 0;
          bar.classList.toggle('at', unit?.layer === layer && unit.index === index);
          bar.classList.toggle('off', values != null && value === 0);
          fill.style.height = `${values ? (100 * value) / full(values) : 0}%`;
        });
        const value = unit?.layer === layer ? values?.[unit.index] : null;
        if (unit && typeof value === 'number') say(said, told(value, layer, unit.index + 1));
      }
    },
    apply() {},
  };
}

/** For how many of the test digits each neuron is on. @param {Page} page @param {Translate} t
 * @param {Numbers} numbers */
export const createAlive = (page, t, numbers) =>
  createBars(
    page,
    {
      name: 'alive',
      about: t('alive.about'),
      valuesOf: (layer) => page.loops(layer)?.active,
      full: () => 1,
      told: (share, layer, number) =>
        t('alive.told', { layer: t(`loops.${layer}`), number, share: numbers.percent(share) }),
    },
    t,
  );

/** What each neuron holds for the picture that is read. @param {Page} page @param {Translate} t
 * @param {Numbers} numbers */
export const createLit = (page, t, numbers) =>
  createBars(
    page,
    {
      name: 'lit',
      about: t('lit.about'),
      valuesOf: (layer) => activationsOf(page.state(), layer)?.a,
      full: (values) => Math.max(most(values), 1e-9),
      told: (value, layer, number) =>
        t('lit.told', { layer: t(`loops.${layer}`), number, value: numbers.three(value) }),
    },
    t,
  );
