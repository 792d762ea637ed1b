// What is a neuron for? All units of a layer, and a page for each.

import { createSelect } from '../choice.js';
import { createGo } from '../go.js';
import { createHead } from '../head.js';
import { numberOf, toFragment } from '../place.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf } from '../subject.js';
import { createWaiting } from '../waiting.js';
import { layerAt, layersOf, unitAt, unitName, unitNumber, unitsOf } from '../layers.js';
import { keys } from '../wants.js';
import { make, say } from '../../page/dom.js';
import { layerName } from '../../state/names.js';
import { createGallery } from './gallery.js';
import { createUnit, neuronAt, neuronOf } from './unit.js';

/** @import { ExploreState } from '../types.js' */
/** @import { Create } from '../rooms.js' */

/** @type {Create} */
export function create(container, page, t, numbers) {
  /** @type {ExploreState | null} */
  let state = null;
  const layer = createSelect('unit-layer', t('unit.layer'), (value) =>
    page.onOptions({ layer: value, unit: '' }, true),
  );
  const number = createSelect('unit-number', t('unit.unit'), (value) =>
    page.onOptions({ unit: value, layer: state ? layerAt(state.place, state.model) : '' }, true),
  );
  const waiting = createWaiting(page, t, numbers);
  const name = make('h3', { class: 'unit-name', 'data-testid': 'unit-name' });
  const all = make(
    'a',
    { class: 'small', href: '#view=neurons', 'data-testid': 'unit-all' },
    t('unit.all'),
  );
  const go = createGo(t, 'go-draw');
  go.element.append(make('span', {}, t('unit.draw')));
  const unit = createUnit(page, t, numbers);
  const one = make(
    'div',
    { class: 'one-unit' },
    make('div', { class: 'unit-head' }, name, all, go.element),
    unit.element,
  );
  const gallery = createGallery(
    (index) => hrefOf(String(index)),
    (index) => (state ? onDraw(state, state.drawing, neuronAt(state, String(index))) : '/'),
    t,
    numbers,
  );
  const none = make('p', { role: 'status', 'data-testid': 'unit-none' });
  const many = make('div', {}, none, gallery.about, gallery.element);
  container.append(
    createHead('neurons', t, layer.element, number.element),
    waiting.element,
    one,
    many,
  );

  /** @param {string} index */
  function hrefOf(index) {
    if (!state) return '#view=neurons';
    const { place, model } = state;
    return toFragment({
      ...place,
      model: model?.id ?? null,
      options: { ...place.options, layer: layerAt(place, model), unit: index },
    });
  }

  let opened = ''; // the unit that is shown
  /** A unit opened from a place far down, or by its address, begins with its head in view. @param {string} now */
  function open(now) {
    const isOther = now !== opened;
    opened = now;
    const { top, bottom } = name.getBoundingClientRect();
    if (isOther && now && (top < 0 || bottom > window.innerHeight))
      name.scrollIntoView({ block: 'start' });
  }

  return {
    update(next) {
      state = next;
      const subject = subjectOf(next);
      if (!subject) return;
      const { place, model } = next;
      const names = layersOf(model);
      const at = layerAt(place, model);
      const index = unitAt(place, model);
      layer.show(
        names.map((each) => [each, layerName(each, t)]),
        at,
      );
      const units = Array.from(
        { length: unitsOf(model, at) },
        (_, i) => /** @type {[string, string]} */ ([String(i), unitNumber(model, at, i, t)]),
      );
      number.show([['', t('unit.every')], ...units], index === null ? '' : String(index));
      if (index !== null) say(name, `${layerName(at, t)}, ${unitName(model, at, index, t)}`);
      const asked = numberOf(place.options.unit ?? '');
      none.hidden = index !== null || asked === null;
      if (asked !== null) say(none, t('unit.none', { number: numbers.whole(asked + 1) }));
      one.hidden = index === null;
      many.hidden = index !== null;
      waiting.update(
        next.loaded,
        index === null ? [keys.layer(subject, at)] : [keys.unit(subject, at, index)],
      );
      open(index === null ? '' : `${at}/${index}`);
      if (index === null) {
        gallery.show(next, at, valueOf(next, keys.layer(subject, at)));
        return;
      }
      all.setAttribute('href', hrefOf(''));
      go.lead(onDraw(next, next.drawing, neuronOf(next)));
      unit.show(next, at, index);
    },
    leave() {
      opened = '';
    },
    destroy() {
      unit.destroy();
      waiting.destroy();
      container.replaceChildren();
    },
  };
}
