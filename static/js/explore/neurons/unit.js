// One unit's page: in a sentence what it is for, and the numbers that the sentence is made of.

import { pageColors } from '../../page/colors.js';
import { make, say } from '../../page/dom.js';
import { SIDE, layerBefore } from '../../state/units.js';
import { fullOf, paintKernel } from '../../views/kernels.js';
import { createGrid } from '../digits/grid.js';
import { digitWords } from '../digits/told.js';
import { toldOf } from '../digits/selection.js';
import { createPlot } from '../../views/plot/plot.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf, testDigit } from '../subject.js';
import { layerAt } from '../layers.js';
import { canBeOff, dialAt, keys, silenced } from '../wants.js';
import { createConcepts } from './concepts.js';
import { changeRows } from '../figures/rows.js';
import { createTable } from '../table.js';
import { changeFigure } from './figures.js';
import { extremes } from './lead.js';
import { createOwn } from './own/own.js';
import { createProfile } from './profile.js';
import { activationOf } from './sentence.js';
import { createWish } from './wish.js';
import { createWords } from './words.js';
import { createChanged } from '../../state/store.js';

/** @import { Ascent, Confusion, ExploreState, UnitDigit, UnitPage } from '../types.js' */
/** @import { Page } from '../rooms.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** @param {string} title @param {...(Node | string)} children */
const part = (title, ...children) =>
  make('section', { class: 'unit-part' }, make('h3', {}, title), ...children);

/** @param {Translate} t */
const createWeights = (t) =>
  make('canvas', {
    class: 'unit-weights',
    role: 'img',
    'aria-label': t('unit.weights'),
    'data-testid': 'unit-weights',
  });

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createUnit(page, t, numbers) {
  const words = createWords(t, numbers);
  const single = make('p', { class: 'unit-extremes small soft', 'data-testid': 'unit-extremes' });
  const weights = createWeights(t);
  const full = make('p', { class: 'small soft' });
  const weightsPart = part(t('unit.weights'), weights, full);
  const profile = createProfile(t, numbers);
  const concepts = createConcepts(t, numbers);
  const events = { onDigit: page.onDigit, onPoint: page.onPoint };
  const grids = {
    top: createGrid(events, page.pictures, t('unit.top'), t),
    bottom: createGrid(events, page.pictures, t('unit.bottom'), t),
  };
  for (const { element } of Object.values(grids)) element.classList.add('flat');
  const wish = createWish(page, t, numbers);
  const own = createOwn(page, t, numbers, neuronOf);
  const changes = createTable(t);
  const change = createPlot('unit-change', t('unit.off'));
  const offPart = part(
    t('unit.off'),
    change.element,
    make('p', { class: 'small soft' }, t('unit.off.short')),
    changes.element,
  );
  const element = make(
    'div',
    { class: 'unit-page' },
    ...words.elements,
    make(
      'div',
      { class: 'unit-parts' },
      part(t('profile.title'), profile.element),
      weightsPart,
      part(t('unit.wish'), ...wish.elements),
      offPart,
    ),
    single,
    make(
      'div',
      { class: 'unit-digits' },
      part(t('unit.top'), grids.top.element),
      part(t('unit.bottom'), grids.bottom.element),
      part(t('unit.concepts'), concepts.element),
      own.element,
    ),
  );
  const changed = createChanged();
  /** @param {ExploreState} state @param {UnitDigit[]} digits @param {'top' | 'bottom'} which @param {number[]} list */
  function showDigits(state, digits, which, list) {
    const labels = valueOf(state, keys.labels('test'));
    grids[which].show({
      list,
      split: 'test',
      words: (index) => {
        const found = digits.find((each) => each.index === index);
        return `${digitWords(toldOf(labels, null, index), t, numbers)} · ${t('unit.activation', { value: numbers.three(found?.activation ?? 0) })}`;
      },
      mark: () => '',
      href: (index) => onDraw(state, testDigit(index), neuronOf(state)),
      chosen: state.drawing.kind === 'pixels' ? state.drawing.index : null,
      theme: state.theme,
      pictures: state.pictures,
    });
  }

  /** @type {Record<'top' | 'bottom', number[]>} */
  let lists = { top: [], bottom: [] };

  return {
    element,
    /** @param {ExploreState} state @param {string} layer @param {number} unit */
    show(state, layer, unit) {
      const subject = subjectOf(state);
      if (!subject) return;
      /** @type {UnitPage | null} */
      const told = valueOf(state, keys.unit(subject, layer, unit));
      const layerTold = valueOf(state, keys.layer(subject, layer));
      /** @type {Ascent | null} */
      const wanted = valueOf(state, keys.ascent(subject, layer, unit, dialAt(state.place)));
      /** @type {[Confusion | null, Confusion | null]} */
      const [now, then] = [
        valueOf(state, keys.confusion(subject)),
        valueOf(state, keys.confusion(silenced(subject, layer, unit))),
      ];
      element.classList.toggle('coming', !told);
      wish.turn(dialAt(state.place));
      if (!told) return;
      profile.show(told, activationOf(state.reading, layer, unit));
      const { weights, theme } = state;
      const news = changed({ told, layerTold, wanted, now, then, weights, theme });
      if (news) {
        if (news.has('told'))
          lists = {
            top: told.top.map(({ index }) => index),
            bottom: told.bottom.map(({ index }) => index),
          };
        const kernel = layerBefore(state.model, layer)
          ? undefined
          : state.weights?.get(`${layer}/W`);
        const off = now && then ? { now, then } : null;
        words.show(told, { kernel, unit }, canBeOff(state.model, layer) ? off : undefined);
        say(single, extremes(told, t, numbers));
        concepts.show(told.concepts, layerTold);
        showWeights(state, layer, unit);
        wish.show(wanted);
        showOff(state, layer, off);
      }
      showDigits(state, told.top, 'top', lists.top);
      showDigits(state, told.bottom, 'bottom', lists.bottom);
      own.show(state, layer, unit, told);
    },
    destroy() {
      for (const each of [grids.top, grids.bottom, change, own]) each.destroy();
    },
  };

  /** @param {ExploreState} state @param {string} layer @param {number} unit */
  function showWeights({ model, weights: all }, layer, unit) {
    const kernel = layerBefore(model, layer) ? undefined : all?.get(`${layer}/W`);
    const most = kernel ? fullOf(kernel.data) : 1;
    weightsPart.hidden = !(kernel && paintKernel(weights, kernel, unit, most, pageColors()));
    const isGates = kernel?.shape.length === 2 && kernel.shape[0] === SIDE;
    say(full, t(isGates ? 'unit.full.gates' : 'unit.full', { full: numbers.two(most) }));
  }

  /** @param {ExploreState} state @param {string} layer @param {{now: Confusion, then: Confusion} | null} off */
  function showOff({ model }, layer, off) {
    offPart.hidden = !canBeOff(model, layer);
    change.element.classList.toggle('coming', !off);
    if (!off) return;
    change.show(changeFigure(off.now, off.then, t, numbers));
    changes.show(changeRows(off.now, off.then, t, numbers));
  }
}

/** The neuron that a place names, as Draw keeps it: of maps and sequences the middle one, the last.
 * @param {ExploreState} state @returns {import('../../state/types.js').Neuron | null} */
export const neuronOf = (state) => neuronAt(state, state.place.options.unit);

/** Another one of its layer. @param {ExploreState} state @param {string} unit
 * @returns {import('../../state/types.js').Neuron | null} */
export function neuronAt({ model, place }, unit) {
  const layer = layerAt(place, model);
  const found = model?.layers.find(({ name }) => name === layer) ?? model?.layers[0];
  if (!found || unit === '') return null;
  const units = found.shape.at(-1) ?? 1;
  const cells = found.shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const [rows, columns] = found.shape;
  const cell =
    found.shape.length === 2
      ? cells - 1
      : found.shape.length === 3
        ? Math.floor(rows / 2) * columns + Math.floor(columns / 2)
        : 0;
  return { layer: found.name, index: cell * units + Number(unit) };
}
