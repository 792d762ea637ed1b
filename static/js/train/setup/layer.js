// One layer of the network that is being set up: its controls, and what comes out of it.

import { make, say } from '../../page/dom.js';
import { kindOf } from './kinds.js';
import { withActivation } from './recipe.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { LayerConfig, Plan } from '../types.js' */

/** @typedef {{element: HTMLElement, update: (layer: LayerConfig) => void}} Control */
/** @typedef {(change: (layer: LayerConfig) => LayerConfig) => void} Change */

const KERNELS = [3, 5, 7];

/** What is being typed is left alone. @param {HTMLInputElement | HTMLSelectElement} control @param {string} text */
function show(control, text) {
  if (
    control.value !== text &&
    !(document.activeElement === control && Number(control.value) === Number(text))
  )
    control.value = text;
}

/** @param {string} size what is set: units, filters, a rate @param {number} at @param {Change} onChange
 * @param {Translate} t @returns {Control} */
function createSize(size, at, onChange, t) {
  const isRate = size === 'rate';
  const input = make('input', {
    type: 'number',
    min: isRate ? 0 : 1,
    max: isRate ? 0.9 : 1024,
    step: isRate ? 0.05 : 1,
    'aria-label': t(`layers.${size}`),
    title: t(`layers.${size}`),
    'data-testid': `layer-${at}-size`,
  });
  input.addEventListener('input', () =>
    onChange((layer) => ({ ...layer, [size]: input.value === '' ? null : Number(input.value) })),
  );
  return { element: input, update: (layer) => show(input, String(layer[size] ?? '')) };
}

/** @param {string} label @param {string} id @param {(string | number)[]} choices
 * @param {(choice: string | number) => string} word @param {(value: string) => void} onChoose
 * @param {(layer: LayerConfig) => unknown} get @returns {Control} */
function createChoice(label, id, choices, word, onChoose, get) {
  const select = make(
    'select',
    { 'aria-label': label, title: label, 'data-testid': id },
    ...choices.map((each) => make('option', { value: each }, word(each))),
  );
  select.addEventListener('change', () => onChoose(select.value));
  return { element: select, update: (layer) => show(select, String(get(layer))) };
}

/**
 * A line of the list: what it is called, what is set of it, and what comes out of it.
 * @param {string} title @param {Control[]} controls @param {HTMLElement | string} end
 * @param {string} name in the plan @param {Translate} t @param {Numbers} numbers
 */
export function createLine(title, controls, end, name, t, numbers) {
  const about = make('span', { class: 'small soft layer-about' });
  const elements = controls.map((each) => each.element);
  return {
    element: make(
      'li',
      {},
      make('span', { class: 'layer-kind' }, title),
      about,
      end,
      ...(elements.length ? [make('span', { class: 'layer-controls' }, ...elements)] : []),
    ),
    /** @param {LayerConfig} layer @param {Plan | null} plan */
    update(layer, plan) {
      for (const control of controls) control.update(layer);
      const made = plan?.layers.find((each) => each.name === name);
      say(
        about,
        made
          ? t(made.parameters ? 'layers.about' : 'layers.shape', {
              shape: made.shape.map(numbers.whole).join('×'),
              parameters: numbers.whole(made.parameters),
            })
          : '',
      );
    },
  };
}

/**
 * A layer that can be changed and removed.
 * @param {LayerConfig} layer @param {number} at
 * @param {{onChange: Change, onRemove: () => void}} events
 * @param {string[]} activations to choose from
 * @param {Translate} t @param {Numbers} numbers
 */
export function createLayer(
  { kind, name, activation },
  at,
  { onChange, onRemove },
  activations,
  t,
  numbers,
) {
  const { size, hasKernel } = kindOf(kind);
  const controls = [];
  if (size) controls.push(createSize(size, at, onChange, t));
  if (hasKernel)
    controls.push(
      createChoice(
        t('layers.kernel'),
        `layer-${at}-kernel`,
        KERNELS,
        (side) => `${side}×${side}`,
        (side) => onChange((each) => ({ ...each, kernel_size: [Number(side), Number(side)] })),
        (each) => each.kernel_size?.[0],
      ),
    );
  if (activation !== undefined)
    controls.push(
      createChoice(
        t('layers.activation'),
        `layer-${at}-activation`,
        activations,
        (each) => t(`choice.${each}`),
        (each) => onChange((own) => withActivation(own, each)),
        (each) => each.activation,
      ),
    );
  const label = t('layers.remove', { layer: t(`kinds.${kind}`) });
  const remove = make(
    'button',
    {
      type: 'button',
      class: 'plain small',
      'aria-label': label,
      title: label,
      'data-testid': `layer-${at}-remove`,
    },
    '×',
  );
  remove.addEventListener('click', onRemove);
  return createLine(t(`kinds.${kind}`), controls, remove, name, t, numbers);
}
