// How well neurons tell digits with a loop from those without: each neuron's AUC as a bar from 0.5, up
// where its value is larger with a loop and down where it is smaller; and whole layers beside their best
// neuron.

import { make, say } from '../../../page/dom.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Neuron, Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const LAYERS = ['hidden1', 'hidden2'];
const SOUGHT = 'hidden2'; // its neurons tell theirs once they were pointed at
const COUNT = 16;

/** How well it tells them, whichever way: from 0.5 to 1. @param {number} auc */
export const clearness = (auc) => 0.5 + Math.abs(auc - 0.5);

/** The clearest of some. @param {(number | null)[]} units */
export const best = (units) => Math.max(...units.map((auc) => clearness(auc ?? 0.5)));

/** @param {Pick<Page, 'state' | 'loops' | 'onPart' | 'onSelect' | 'onChange'>} page @param {Translate} t
 * @param {Numbers} numbers */
export function createLoops({ state, loops, onPart, onSelect, onChange }, t, numbers) {
  /** @type {Set<number>} neurons of hidden 2 that were pointed at */
  const seen = new Set();
  /** @type {Neuron | null} */
  let pointed = null;
  const rows = LAYERS.map((layer) => {
    const bars = Array.from({ length: COUNT }, (_, index) => {
      const fill = make('i');
      const bar = make(
        'button',
        {
          type: 'button',
          class: 'loops-bar',
          'data-testid': `loops-${layer}-${index}`,
          'aria-label': t('loops.neuron', { layer: t(`loops.${layer}`), number: index + 1 }),
        },
        fill,
      );
      /** @param {Neuron | null} unit */
      const point = (unit) => {
        pointed = unit;
        onPart(unit && `${unit.layer}/${unit.index}`);
        onChange();
      };
      for (const event of ['pointerenter', 'focus'])
        bar.addEventListener(event, () => point({ layer, index }));
      for (const event of ['pointerleave', 'blur']) bar.addEventListener(event, () => point(null));
      bar.addEventListener('click', () => onSelect({ layer, index }));
      return { bar, fill };
    });
    const element = make(
      'div',
      { class: `loops-row ${layer}` },
      make('span', { class: 'small' }, t(`loops.${layer}`)),
      make('div', { class: 'loops-bars' }, ...bars.map(({ bar }) => bar)),
      make(
        'div',
        { class: 'loops-axis', 'aria-hidden': 'true' },
        ...['1', '0.5', '0'].map((tick) => make('span', {}, tick)),
      ),
    );
    return { layer, bars, element };
  });
  const told = make('p', { class: 'small number', 'data-testid': 'loops-told' });
  const element = make(
    'div',
    { class: 'loops', 'data-testid': 'loops' },
    ...rows.map((row) => row.element),
    told,
  );

  function update() {
    const { hovered = null, selected = null } = state() ?? {};
    const unit = pointed ?? hovered ?? selected;
    if (unit?.layer === SOUGHT) seen.add(unit.index);
    for (const { layer, bars } of rows) {
      const units = loops(layer)?.units;
      bars.forEach(({ bar, fill }, index) => {
        const auc = units?.[index] ?? null;
        const isKnown = auc !== null && (layer !== SOUGHT || seen.has(index));
        bar.classList.toggle('untold', !isKnown);
        bar.classList.toggle('less', isKnown && auc < 0.5);
        bar.classList.toggle('at', unit?.layer === layer && unit.index === index);
        fill.style.height = isKnown ? `${Math.abs(auc - 0.5) * 100}%` : '0';
      });
    }
    const auc = unit && LAYERS.includes(unit.layer) ? loops(unit.layer)?.units[unit.index] : null;
    say(
      told,
      unit && typeof auc === 'number'
        ? t(auc < 0.5 ? 'loops.less' : 'loops.more', {
            layer: t(`loops.${unit.layer}`),
            number: unit.index + 1,
            auc: numbers.two(auc),
            as: numbers.two(1 - auc),
          })
        : t('loops.about'),
    );
  }

  return { element, quantities: {}, update, apply() {} };
}

/** Layers as a whole, each above its best neuron. @param {Pick<Page, 'loops'>} page @param {Translate} t
 * @param {Numbers} numbers */
export function createLayers({ loops }, t, numbers) {
  const rows = [...LAYERS, 'output'].map((layer) => {
    const lines = ['layer', 'neuron'].map((which) => {
      const [bar, number] = [
        make('span', { class: 'deep-bar' }),
        make('strong', { class: 'number' }),
      ];
      number.dataset.testid = `auc-${layer}-${which}`;
      const name = make('span', { class: 'small soft' }, t(`layers.${which}`));
      return { bar, number, element: make('p', { class: `layers-${which}` }, name, bar, number) };
    });
    const name = make('strong', { class: 'small' }, t(`loops.${layer}`));
    return { layer, lines, element: make('div', {}, name, ...lines.map((line) => line.element)) };
  });
  const element = make(
    'div',
    { class: 'layers wide', 'data-testid': 'layers' },
    ...rows.map((row) => row.element),
    make('p', { class: 'small soft' }, t('layers.about')),
  );
  return {
    element,
    quantities: {},
    update() {
      for (const { layer, lines } of rows) {
        const found = loops(layer);
        const values = [found?.layer ?? null, found ? best(found.units) : null];
        lines.forEach(({ bar, number }, i) => {
          const value = values[i];
          say(number, value === null ? '–' : numbers.two(value));
          bar.style.setProperty('--size', `${((value ?? 0.5) - 0.5) * 200}%`);
        });
      }
    },
    apply() {},
  };
}
