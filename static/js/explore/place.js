// Where one is on the Explore screen, as the address says it: `#view=map&layer=hidden1&method=tsne`.

/** @import { Place, ViewName } from './types.js' */

/** What can be set up in each view, and how it is when nothing is said.
 * @type {Record<ViewName, Record<string, string>>} */
export const OPTIONS = {
  questions: {},
  dataset: { split: 'test', label: '', read: '', sure: '', only: '', sort: 'place' },
  confusion: { cell: '', beside: '' },
  mistakes: { by: '', label: '', read: '', sort: 'sure', at: '0' },
  neurons: { layer: '', unit: '', dial: '0.5' },
  map: { layer: '', method: 'pca', show: 'dots', by: 'label' },
  why: { method: 'integrated_gradients', output: '' },
  fool: { way: 'push', target: '', amount: '' },
};

/** @param {ViewName} view */
export const valuesOf = (view) =>
  /** @type {Partial<Record<ViewName, Record<string, string[]>>>} */ (VALUES)[view] ?? {};

export const VIEWS = /** @type {ViewName[]} */ (Object.keys(OPTIONS));
const DIGITS = new Set(['label', 'read', 'output', 'target']); // options that say a digit

/** What an option may say where there are only so many ways; of any other the usual one is taken. */
export const VALUES = {
  dataset: {
    split: ['test', 'train'],
    sure: ['', 'low', 'half', 'high', 'top'],
    only: ['', 'right', 'wrong', 'disputed'],
    sort: ['place', 'sure', 'unsure', 'doubt'],
  },
  mistakes: { by: ['', 'alone', 'some', 'all', 'doubt'], sort: ['sure', 'unsure', 'place'] },
  neurons: { dial: ['0', '0.25', '0.5', '0.75', '1'] },
  map: { method: ['pca', 'tsne'], show: ['dots', 'digits'], by: ['label', 'wrong'] },
  why: { method: ['gradient', 'gradient_input', 'integrated_gradients', 'occlusion'] },
  fool: { way: ['push', 'shift_x', 'shift_y', 'turn', 'scale', 'thickness', 'noise'] },
};
const VALUE = /^[\w.-]{1,64}$/;

/** @param {string | null} text @returns {text is string} */
const isValue = (text) => text !== null && VALUE.test(text);

/**
 * What an address says; what makes no sense is as if it were not said.
 * @param {string} fragment with or without its `#`
 * @returns {Place}
 */
export function toPlace(fragment) {
  const parts = new URLSearchParams(fragment.replace(/^#/, ''));
  const view = VIEWS.find((each) => each === parts.get('view')) ?? 'questions';
  const usual = OPTIONS[view];
  const values = valuesOf(view);
  const options = Object.keys(usual).map((key) => {
    const said = parts.get(key);
    const isSaid =
      isValue(said) &&
      (!DIGITS.has(key) || digitOf(said) !== null) &&
      (values[key]?.includes(said) ?? true);
    return [key, isSaid ? said : usual[key]];
  });
  const [model, digit] = [parts.get('model'), parts.get('digit')];
  return {
    view,
    model: isValue(model) ? model : null,
    digit: digit !== null && /^\d{1,4}$/.test(digit) ? Number(digit) : null,
    options: Object.fromEntries(options),
  };
}

/**
 * The shortest address of a place.
 * @param {{view: ViewName, model?: string | null, digit?: number | null, options?: Record<string, string>}} place
 */
export function toFragment({ view, model = null, digit = null, options = {} }) {
  const parts = new URLSearchParams();
  if (view !== 'questions') parts.set('view', view);
  if (model !== null) parts.set('model', model);
  for (const [key, usual] of Object.entries(OPTIONS[view])) {
    const said = options[key] ?? usual;
    if (said !== usual) parts.set(key, said);
  }
  if (digit !== null) parts.set('digit', String(digit));
  return `#${parts}`;
}

/**
 * The same place with some options set otherwise.
 * @param {Place} place @param {Record<string, string>} options @returns {Place}
 */
export const withOptions = (place, options) => ({
  ...place,
  options: { ...place.options, ...options },
});

/** A digit that an option says; null for none. @param {string | undefined} text */
export const digitOf = (text) => (/^\d$/.test(text ?? '') ? Number(text) : null);

/** A whole number that an option says; null for none. @param {string} text */
export const numberOf = (text) => (/^\d{1,6}$/.test(text) ? Number(text) : null);
