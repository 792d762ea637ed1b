// What an address asks for that is not here: a layer that the network does not have, a method that nobody
// knows, a setting that the view does not have. It is said, with what there is, and not passed over.

import { layerAt, layersOf, unitsOf } from '../layers.js';
import { numberOf, OPTIONS, toPlace, valuesOf, VIEWS } from '../place.js';

/** @import { Numbers } from '../../page/words.js' */
/** @import { ModelDescription, ModelSummary, Translate } from '../../state/types.js' */
/** @import { ViewName } from '../types.js' */

/** @typedef {string[] | [number, number] | RegExp} Known values by name, whole numbers from and to, or a shape */
/** @typedef {{key: string, said: string, known: Known}} Unknown */

const LAST = 9999; // the last of the test digits
const LONGEST = 40; // letters of what was asked for that are repeated
const DIGITS = /** @type {[number, number]} */ ([0, 9]);
const CELL = /^\d-\d$/;
const SHARE = /^(0(\.\d+)?|1(\.0+)?)$/;
/** One of each shape. @type {Map<RegExp, string>} */
const EXAMPLES = new Map([
  [CELL, '4-9'],
  [SHARE, '0.1'],
]);

/**
 * What can be said for each setting of a view; a setting that is left out may say anything.
 * @param {ViewName} view @param {ModelDescription} model @param {string} layer that is looked at
 * @param {string[]} ids of the networks
 * @returns {Record<string, Known>}
 */
function knownIn(view, model, layer, ids) {
  const digits = Object.fromEntries(
    ['label', 'read', 'output', 'target'].map((key) => [key, DIGITS]),
  );
  const units = unitsOf(model, layer);
  return {
    ...digits,
    ...valuesOf(view),
    cell: CELL,
    beside: ['none', 'learned', ...ids],
    at: [0, LAST],
    layer: [...(view === 'map' ? ['input'] : []), ...layersOf(model)],
    unit: [0, Math.max(0, units - 1)],
    amount: SHARE,
  };
}

/** @param {Known} known @param {string} said @returns {boolean} */
function fits(known, said) {
  if (known instanceof RegExp) return known.test(said);
  const [least, most] = known;
  if (typeof least === 'number')
    return /^\d{1,6}$/.test(said) && Number(said) >= least && Number(said) <= Number(most);
  return /** @type {string[]} */ (known).includes(said);
}

/**
 * @param {string} fragment an address, with or without its `#`
 * @param {ModelDescription} model that is shown
 * @param {ModelSummary[]} [models] that there are
 * @returns {Unknown[]}
 */
export function unknownIn(fragment, model, models = []) {
  const place = toPlace(fragment);
  const layer = layerAt(place, model);
  const ids = models.map(({ id }) => id);
  const options = knownIn(place.view, model, layer, ids);
  /** @type {Record<string, Known>} */
  const known = { view: VIEWS, digit: [0, LAST], ...options };
  const settings = ['view', 'model', 'digit', ...Object.keys(OPTIONS[place.view])];
  /** @type {Unknown[]} */
  const found = [];
  for (const [key, said] of new URLSearchParams(fragment.replace(/^#/, ''))) {
    if (key === 'model') continue; // of a network that is not here the note tells by itself
    if (key === 'unit' && numberOf(said) !== null) continue; // of a number too large its view does
    if (!settings.includes(key)) found.push({ key, said: '', known: settings });
    else if (said !== '' && known[key] && !fits(known[key], said))
      found.push({ key, said, known: known[key] });
  }
  return found;
}

/** @param {string} text */
const short = (text) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text);

/**
 * A sentence for each.
 * @param {Unknown[]} unknown @param {Translate} t @param {Numbers} numbers
 */
export function unknownWords(unknown, t, numbers) {
  return unknown
    .map(({ key, said, known }) => {
      if (!said)
        return t('explore.note.setting', {
          key: short(key),
          known: /** @type {string[]} */ (known).join(', '),
        });
      if (known instanceof RegExp)
        return t('explore.note.shape', {
          said: `${key}=${short(said)}`,
          example: `${key}=${EXAMPLES.get(known)}`,
        });
      const [least, most] = known;
      const there =
        typeof least === 'number'
          ? t('explore.note.range', { from: least, to: numbers.whole(Number(most)) })
          : known.filter(Boolean).join(', ');
      return t('explore.note.unknown', { said: `${key}=${short(said)}`, known: there });
    })
    .join(' ');
}
