// Which layers of a network have units to look at, how these are called, and which of them a place names.

import { className, shortName } from '../state/names.js';
import { isPictured, layerOf, outputsOf } from '../state/units.js';
import { numberOf } from './place.js';

/** @import { Place } from './types.js' */
/** @import { ModelDescription, Translate } from '../state/types.js' */

const OPENING = 6; // neuron 7, counted from 1, where there are so many

/** The layers that have neurons to show. @param {ModelDescription | null} model */
export const layersOf = (model) => (model?.layers ?? []).filter(isPictured).map(({ name }) => name);

/** The layer that is looked at: the one asked for, else the first that has neurons, and for the map the
 * last before the outputs. @param {Place} place @param {ModelDescription | null} model */
export function layerAt({ view, options }, model) {
  const names = view === 'map' ? ['input', ...layersOf(model)] : layersOf(model);
  if (names.includes(options.layer)) return options.layer;
  if (view === 'neurons') return names[0] ?? '';
  return names.filter((name) => !isOutput(model, name)).at(-1) ?? 'input';
}

/** How many units a layer has. @param {ModelDescription | null} model @param {string} layer */
export const unitsOf = (model, layer) => layerOf(model, layer)?.shape.at(-1) ?? 0;

/** The unit that a place names; null for none, and for one that is not there.
 * @param {Place} place @param {ModelDescription | null} model */
export function unitAt(place, model) {
  const unit = numberOf(place.options.unit ?? '');
  return unit !== null && unit < unitsOf(model, layerAt(place, model)) ? unit : null;
}

/** The unit that the opening question is about. @param {ModelDescription | null} model */
export function openingUnit(model) {
  const layer = layersOf(model)[0] ?? '';
  return { layer, unit: Math.max(0, Math.min(OPENING, unitsOf(model, layer) - 1)) };
}

/** @param {ModelDescription | null} model @param {string} layer */
export const isOutput = (model, layer) => outputsOf(model).some(({ name }) => name === layer);

/** Where there is little room: its number counted from 1, of an output what it stands for.
 * @param {ModelDescription | null} model @param {string} layer @param {number} unit @param {Translate} t */
export const unitNumber = (model, layer, unit, t) =>
  isOutput(model, layer)
    ? className(
        outputsOf(model).findIndex(({ name }) => name === layer),
        { layer, index: unit },
        t,
      )
    : String(unit + 1);

/** What a unit of a layer is called there. @param {ModelDescription | null} model @param {string} layer
 * @param {number} unit @param {Translate} t */
export function unitName(model, layer, unit, t) {
  if (isOutput(model, layer)) return shortName({ layer, index: unit }, t, model);
  const kind = { 1: 'neuron', 2: 'unit', 3: 'map' }[layerOf(model, layer)?.shape.length ?? 1];
  return t(`unit.short.${kind}`, { number: unit + 1 });
}
