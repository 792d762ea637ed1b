// What each view needs of the server, told by the place alone: what is kept on the shelf, and what is
// asked with every drawing.

import { CHECKPOINT } from '../state/names.js';
import { layerAt, openingUnit, unitAt } from './layers.js';
import { digitOf, VALUES } from './place.js';
import { without } from './subject.js';

/** @import { Blame, Method, OwnDigit, Place, Placed, Split, Subject, Want } from './types.js' */
/** @import { ModelDescription } from '../state/types.js' */
/** @import { ExploreServer } from './server.js' */

export const NEAREST = 10;

/** @param {Place} place */
export const methodAt = ({ options }) =>
  /** @type {Method} */ (options.method === 'tsne' ? 'tsne' : 'pca');

/** @param {Place} place */
export const splitAt = ({ options }) =>
  /** @type {Split} */ (options.split === 'train' ? 'train' : 'test');

export const BLAMES = /** @type {Blame[]} */ (VALUES.why.method);

/** @param {Place} place */
export const blameAt = ({ options }) =>
  BLAMES.find((each) => each === options.method) ?? 'integrated_gradients';

/** The ways in which a drawing is distorted. */
export const WAYS = VALUES.fool.way.filter((way) => way !== 'push');

/** Over what the test set is measured. @param {Place} place */
export const robustAt = ({ options }) => (WAYS.includes(options.way) ? options.way : 'fgsm');

/** How far each pixel may move; null for as little as changes the answer. @param {Place} place @returns {number | null} */
export const epsilonAt = ({ options }) => {
  const said = Number(options.amount || Number.NaN);
  return said >= 0 && said <= 1 ? said : null;
};

/** A set of digits by a number: another set, another number. @type {WeakMap<object, number>} */
const sets = new WeakMap();
let made = 0;
/** @param {OwnDigit[]} own */
function numberOf(own) {
  if (!sets.has(own)) sets.set(own, ++made);
  return sets.get(own);
}
const PLACES = 4; // of shares of ink that are sent: a byte is told from the next by 0.0039
/** @param {OwnDigit} digit */
const shared = ({ pixels }) => ({
  pixels: pixels.map((value) => Number((value / 255).toFixed(PLACES))),
});

/** What a thing is called on the shelf. */
export const keys = {
  labels: (/** @type {Split} */ split) => `labels ${split}`,
  predictions: (/** @type {Subject} */ { key }, /** @type {Split} */ split) =>
    `predictions ${split} ${key}`,
  misreadings: 'misreadings',
  confusion: (/** @type {Subject} */ { key }) => `confusion ${key}`,
  layer: (/** @type {Subject} */ { key }, /** @type {string} */ layer) => `layer ${layer} ${key}`,
  unit: (/** @type {Subject} */ { key }, /** @type {string} */ layer, /** @type {number} */ unit) =>
    `unit ${layer} ${unit} ${key}`,
  map: (
    /** @type {Subject} */ { key },
    /** @type {string} */ layer,
    /** @type {Method} */ method,
  ) => `map ${method} ${layer} ${key}`,
  ascent: (
    /** @type {Subject} */ { key },
    /** @type {string} */ layer,
    /** @type {number} */ unit,
    /** @type {number} */ dial,
  ) => `ascent ${dial} ${layer} ${unit} ${key}`,
  own: (
    /** @type {Subject} */ { key },
    /** @type {string} */ layer,
    /** @type {number} */ unit,
    /** @type {OwnDigit[]} */ own,
  ) => `own ${numberOf(own)} ${layer} ${unit} ${key}`,
  run: (/** @type {string} */ id) => `run ${id.slice(0, id.lastIndexOf('-'))}`,
  robustness: (/** @type {Subject} */ { key }, /** @type {string} */ kind) =>
    `robustness ${kind} ${key}`,
};

/** The map in which a place shows the drawing; '' for none. @param {Place} place @param {Subject} subject
 * @param {ModelDescription | null} model */
export const mapAt = (place, subject, model) =>
  place.view === 'map' || place.view === 'questions'
    ? keys.map(subject, layerAt(place, model), methodAt(place))
    : '';

/** The same network with one unit off. @param {Subject} subject @param {string} layer @param {number} unit @returns {Subject} */
export function silenced(subject, layer, unit) {
  const edits = without(subject.edits, layer, unit);
  return { id: subject.id, edits, key: `${subject.id}+${JSON.stringify(edits)}` };
}

/** Whether a layer has weights of its own, which can be switched off. @param {ModelDescription | null} model @param {string} layer */
export const canBeOff = (model, layer) =>
  (model?.layers.find(({ name }) => name === layer)?.parameters ?? 0) > 0;

/** How much holds back the picture that excites a unit most. @param {Place} place */
export const dialAt = ({ options }) => DIALS.find((each) => String(each) === options.dial) ?? 0.5;
const DIALS = VALUES.neurons.dial.map(Number);

/** The network that another is held against: as it was learned, or another one.
 * @param {Place} place @param {Subject} subject @returns {Subject | null} */
export function besideOf({ options }, subject) {
  if (options.beside === '' && !subject.edits.length) return null;
  if (options.beside === 'none') return null;
  if (options.beside === subject.id && !subject.edits.length) return null; // it is the same
  const id = options.beside === '' || options.beside === 'learned' ? subject.id : options.beside;
  return { id, edits: [], key: id };
}

/** @param {ExploreServer} server */
export function createWants(server) {
  const want = {
    labels: (/** @type {Split} */ split) => ({
      key: keys.labels(split),
      load: (/** @type {AbortSignal} */ signal) => server.labels(split, signal),
    }),
    predictions: (/** @type {Subject} */ subject, /** @type {Split} */ split) => ({
      key: keys.predictions(subject, split),
      load: (/** @type {AbortSignal} */ signal) => server.predictions(subject, split, signal),
    }),
    misreadings: () => ({
      key: keys.misreadings,
      load: (/** @type {AbortSignal} */ signal) => server.misreadings(signal),
    }),
    confusion: (/** @type {Subject} */ subject) => ({
      key: keys.confusion(subject),
      load: (/** @type {AbortSignal} */ signal) => server.confusion(subject, signal),
    }),
    layer: (/** @type {Subject} */ subject, /** @type {string} */ layer) => ({
      key: keys.layer(subject, layer),
      load: (/** @type {AbortSignal} */ signal) => server.layer(subject, layer, signal),
    }),
    unit: (
      /** @type {Subject} */ subject,
      /** @type {string} */ layer,
      /** @type {number} */ unit,
    ) => ({
      key: keys.unit(subject, layer, unit),
      load: (/** @type {AbortSignal} */ signal) => server.unit(subject, layer, unit, signal),
    }),
    map: (
      /** @type {Subject} */ subject,
      /** @type {string} */ layer,
      /** @type {Method} */ method,
    ) => ({
      key: keys.map(subject, layer, method),
      load: (/** @type {AbortSignal} */ signal) => server.map(subject, layer, method, signal),
    }),
    ascent: (
      /** @type {Subject} */ subject,
      /** @type {string} */ layer,
      /** @type {number} */ unit,
      /** @type {number} */ dial,
    ) => ({
      key: keys.ascent(subject, layer, unit, dial),
      load: (/** @type {AbortSignal} */ signal) =>
        server.ascent(subject, layer, unit, dial, signal),
    }),
    own: (
      /** @type {Subject} */ subject,
      /** @type {string} */ layer,
      /** @type {number} */ unit,
      /** @type {OwnDigit[]} */ own,
    ) => ({
      key: keys.own(subject, layer, unit, own),
      load: (/** @type {AbortSignal} */ signal) =>
        server.own(subject, layer, unit, own.map(shared), signal),
    }),
    run: (/** @type {string} */ id) => ({
      key: keys.run(id),
      load: (/** @type {AbortSignal} */ signal) =>
        server.run(id.slice(0, id.lastIndexOf('-')), signal),
    }),
    robustness: (/** @type {Subject} */ subject, /** @type {string} */ kind) => ({
      key: keys.robustness(subject, kind),
      load: (/** @type {AbortSignal} */ signal) => server.robustness(subject, kind, signal),
    }),
  };

  /** What a network reads with a unit and without it, after the unit: a server takes few things at once.
   * @param {Subject} subject @param {ModelDescription | null} model @param {string} layer @param {number} unit
   * @returns {Want[]} */
  function onAndOff(subject, model, layer, unit) {
    if (!canBeOff(model, layer)) return [];
    const on = { ...want.confusion(subject), after: keys.unit(subject, layer, unit) };
    return [on, { ...want.confusion(silenced(subject, layer, unit)), after: on.key }];
  }

  /** What a place needs, the most urgent first. @param {Place} place @param {Subject} subject
   * @param {ModelDescription | null} model @param {OwnDigit[]} [own] @returns {Want[]} */
  function needs(place, subject, model, own = []) {
    const { view } = place;
    const layer = layerAt(place, model);
    if (view === 'dataset')
      return [want.labels(splitAt(place)), want.predictions(subject, splitAt(place))];
    if (view === 'confusion') {
      const beside = besideOf(place, subject);
      return [
        want.confusion(subject),
        ...(beside ? [want.confusion(beside)] : []),
        want.labels('test'),
        want.predictions(subject, 'test'),
      ];
    }
    if (view === 'mistakes')
      return [want.labels('test'), want.predictions(subject, 'test'), want.misreadings()];
    if (view === 'neurons') {
      const unit = unitAt(place, model);
      if (unit === null) return [want.layer(subject, layer)];
      return [
        want.unit(subject, layer, unit),
        want.layer(subject, layer),
        want.labels('test'),
        want.ascent(subject, layer, unit, dialAt(place)),
        ...(own.length ? [want.own(subject, layer, unit, own)] : []),
        ...onAndOff(subject, model, layer, unit),
      ];
    }
    if (view === 'map')
      return [
        want.map(subject, layer, methodAt(place)),
        ...(CHECKPOINT.test(subject.id) ? [want.run(subject.id)] : []),
        want.labels('test'),
        want.predictions(subject, 'test'),
      ];
    if (view === 'questions') {
      const first = openingUnit(model);
      return [
        want.labels('test'),
        want.predictions(subject, 'test'),
        want.map(subject, layer, 'pca'),
        ...(first.layer ? [want.unit(subject, first.layer, first.unit)] : []),
        ...onAndOff(subject, model, first.layer, first.unit),
      ];
    }
    if (view === 'fool')
      return [want.robustness(subject, robustAt(place)), want.confusion(subject)];
    return [];
  }

  return { ...want, needs };
}

/**
 * @typedef {object} Companion something that is asked with every drawing
 * @property {string} kind
 * @property {string} key what just is asked
 * @property {(subject: Subject, drawn: object, signal: AbortSignal, index?: number | null) => Promise<any>} ask
 *   about a drawing; `index`: the test digit that it is
 */

/** The nearest of all but the digit itself. @param {Placed} placed @param {number | null} index */
const ofOthers = (placed, index) => ({
  ...placed,
  neighbours: placed.neighbours.filter((each) => each.index !== index).slice(0, NEAREST),
});

/** How a companion of a place is called. @param {Place} place @param {ModelDescription | null} model */
export const companionKeys = (place, model) => ({
  placed: `${layerAt(place, model)} ${methodAt(place)}`,
  blamed: `${blameAt(place)} ${place.options.output ?? ''}`,
  attacked: `${place.options.target ?? ''} ${epsilonAt(place)}`,
  distorted: place.options.way ?? '',
});

/**
 * What is asked with every drawing, so that it moves with the pen.
 * @param {Place} place @param {ModelDescription} model
 * @param {ExploreServer} server
 * @returns {Companion[]}
 */
export function companions(place, model, server) {
  const { view, options } = place;
  const key = companionKeys(place, model);
  const layer = layerAt(place, model);
  const output = digitOf(options.output);
  const target = digitOf(options.target);
  /** @type {Companion} */
  const placed = {
    kind: 'placed',
    key: key.placed,
    async ask(subject, drawn, signal, index = null) {
      const asked = { layer, method: methodAt(place), count: NEAREST + 1 };
      return ofOthers(await server.place(subject, drawn, asked, signal), index);
    },
  };
  /** @type {Companion} */
  const blamed = {
    kind: 'blamed',
    key: key.blamed,
    ask: (subject, drawn, signal) =>
      server.attribution(
        subject,
        drawn,
        { method: blameAt(place), ...(output === null ? {} : { output }) },
        signal,
      ),
  };
  /** @type {Companion} */
  const attacked = {
    kind: 'attacked',
    key: key.attacked,
    ask: (subject, drawn, signal) =>
      server.attack(subject, drawn, { method: 'fgsm', target, epsilon: epsilonAt(place) }, signal),
  };
  /** @type {Companion} */
  const distorted = {
    kind: 'distorted',
    key: key.distorted,
    ask: (subject, drawn, signal) => server.distortion(subject, drawn, options.way, signal),
  };
  if (view === 'map') return [placed];
  if (view === 'why') return [blamed];
  if (view === 'questions') return [placed, blamed, attacked];
  if (view === 'fool') return [WAYS.includes(options.way) ? distorted : attacked];
  return [];
}
