// Controls of the set-up: each knows how to show a recipe and how to change it.

import { make } from '../../page/dom.js';
import {
  fromZero,
  readsImages,
  readsPens,
  saysLoops,
  withAugmentation,
  withLoops,
  withLoss,
  withOptimizer,
  withSetting,
  withZero,
} from './recipe.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Lessons, Recipe } from '../types.js' */

/**
 * @typedef {object} Field
 * @property {string} id
 * @property {'number' | 'select' | 'check' | 'text'} kind
 * @property {boolean} [more] among the settings that are folded away
 * @property {(recipe: Recipe) => unknown} get
 * @property {(recipe: Recipe, value: any) => Recipe} set
 * @property {(recipe: Recipe) => boolean} [applies] whether the recipe has any use for it
 * @property {(lessons: Lessons) => (string | number)[]} [choices]
 * @property {Record<string, string | number>} [attributes]
 */

const AMOUNTS = [55000, 30000, 10000, 3000, 1000, 500, 200, 100];

/** @param {string} id @param {Partial<Field>} [more] @returns {Field} */
const setting = (id, more) => ({
  id,
  kind: 'number',
  get: ({ training }) => training[id],
  set: (recipe, value) => withSetting(recipe, id, value),
  ...more,
});

/** Pixels may be shifted, bent and thickened; only a pen's way knows which way round it goes. */
const OF_PIXELS = ['shift', 'elastic', 'thickness'];
const OF_PENS = ['reversal'];

/** How far digits are varied. @param {string} id @returns {Field} */
const variation = (id) => ({
  id,
  kind: 'number',
  more: true,
  get: ({ augmentation }) => augmentation?.[id],
  set: (recipe, value) => ({ ...recipe, augmentation: { ...recipe.augmentation, [id]: value } }),
  applies: (recipe) =>
    recipe.augmentation !== null && !(readsPens(recipe) ? OF_PIXELS : OF_PENS).includes(id),
  attributes: { min: 0, step: 'any' },
});

/** @param {Recipe} recipe */
const readsDrawings = (recipe) => readsImages(recipe) || readsPens(recipe);
const isSgd = (/** @type {Recipe} */ { training }) => training.optimizer === 'sgd';

/** @type {Field[]} */
export const FIELDS = [
  {
    id: 'title',
    kind: 'text',
    get: ({ title }) => title,
    set: (recipe, title) => ({ ...recipe, title }),
    attributes: { maxlength: 60 },
  },
  setting('loss', {
    kind: 'select',
    applies: readsDrawings,
    choices: ({ choices }) => choices.loss,
    set: withLoss,
  }),
  setting('optimizer', {
    kind: 'select',
    choices: ({ choices }) => choices.optimizer,
    set: withOptimizer,
  }),
  setting('learning_rate', { attributes: { min: 0, step: 'any' } }),
  setting('batch_size', { attributes: { min: 1, step: 1 } }),
  setting('epochs', { attributes: { min: 1, step: 1 } }),
  {
    id: 'samples',
    kind: 'select',
    get: ({ samples }) => samples,
    set: (recipe, samples) => ({ ...recipe, samples: Number(samples) }),
    applies: readsImages,
    choices: ({ samples }) => AMOUNTS.filter((amount) => amount <= samples),
  },
  { id: 'loops', kind: 'check', applies: readsImages, get: saysLoops, set: withLoops },
  setting('momentum', {
    more: true,
    applies: isSgd,
    attributes: { min: 0, max: 0.999, step: 'any' },
  }),
  setting('nesterov', {
    more: true,
    kind: 'check',
    applies: (recipe) => isSgd(recipe) && recipe.training.momentum > 0,
  }),
  setting('beta1', {
    more: true,
    applies: (recipe) => !isSgd(recipe),
    attributes: { min: 0, max: 0.9999, step: 'any' },
  }),
  setting('beta2', {
    more: true,
    applies: (recipe) => !isSgd(recipe),
    attributes: { min: 0, max: 0.99999, step: 'any' },
  }),
  setting('schedule', { more: true, kind: 'select', choices: ({ choices }) => choices.schedule }),
  setting('weight_decay', { more: true, attributes: { min: 0, max: 0.999, step: 'any' } }),
  setting('seed', { more: true, attributes: { min: 0, step: 1 } }),
  setting('label_smoothing', {
    more: true,
    applies: ({ training }) => training.loss === 'cross_entropy',
    attributes: { min: 0, max: 0.9, step: 'any' },
  }),
  setting('gradient_clip', { more: true, attributes: { min: 0, step: 'any' } }),
  setting('averaging', { more: true, attributes: { min: 0, max: 0.9999, step: 'any' } }),
  {
    id: 'augmentation',
    more: true,
    kind: 'check',
    applies: readsDrawings,
    get: ({ augmentation }) => augmentation !== null,
    set: withAugmentation,
  },
  ...['rotation', 'scale', 'shear', ...OF_PIXELS, ...OF_PENS].map(variation),
  { id: 'zero', more: true, kind: 'check', get: fromZero, set: withZero },
];

/**
 * @param {Field} field
 * @param {(field: Field, value: unknown) => void} onChange
 * @param {Lessons} lessons
 * @param {Translate} t
 * @param {(value: number) => string} whole
 */
export function createField(field, onChange, lessons, t, whole) {
  const { id, kind } = field;
  const common = { id: `set-${id}`, 'data-testid': `set-${id}` };
  /** @param {string | number} choice */
  const word = (choice) => (typeof choice === 'number' ? whole(choice) : t(`choice.${choice}`));
  const control =
    kind === 'select'
      ? make(
          'select',
          common,
          ...(field.choices?.(lessons) ?? []).map((choice) =>
            make('option', { value: choice }, word(choice)),
          ),
        )
      : make('input', {
          ...common,
          type: kind === 'check' ? 'checkbox' : kind,
          autocomplete: 'off',
          ...field.attributes,
        });
  const isCheck = control instanceof HTMLInputElement && kind === 'check';
  control.addEventListener(kind === 'select' || isCheck ? 'change' : 'input', () => {
    const { value } = control;
    // an empty field is no 0: the server says what it expects
    onChange(
      field,
      isCheck ? control.checked : kind === 'number' ? (value === '' ? null : Number(value)) : value,
    );
  });
  const name = make('span', {}, t(`set.${id}`));
  const element = make(
    'label',
    { class: isCheck ? 'check' : 'field' },
    ...(isCheck ? [control, name] : [name, control]),
  );
  element.title = t(`hint.${id}`);
  return {
    field,
    element,
    /** @param {Recipe} recipe */
    update(recipe) {
      element.hidden = field.applies?.(recipe) === false;
      const value = field.get(recipe);
      if (isCheck) {
        control.checked = value === true;
        return;
      }
      const text = value === null || value === undefined ? '' : String(value);
      if (
        control instanceof HTMLSelectElement &&
        ![...control.options].some((option) => option.value === text)
      ) {
        control.append(
          make('option', { value: text }, typeof value === 'number' ? whole(value) : text),
        );
      }
      if (
        control.value !== text &&
        !(document.activeElement === control && Number(control.value) === value)
      )
        control.value = text;
    },
  };
}
