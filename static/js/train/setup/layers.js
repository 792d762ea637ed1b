// The layers of the network that is being set up: add, remove, change; what comes out of each.

import { make, say } from '../../page/dom.js';
import {
  addable,
  editable,
  isMap,
  isRecurrent,
  outputsOf,
  readsImages,
  withActivation,
  withLayers,
} from './recipe.js';
import { kindOf, newLayer } from './kinds.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { LayerConfig, Lessons, Plan, Recipe } from '../types.js' */

const MOST = 8;
const KERNELS = [3, 5, 7];

/**
 * @param {(change: (recipe: Recipe) => Recipe) => void} onRecipe
 * @param {Lessons} lessons
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createLayers(onRecipe, lessons, t, numbers) {
  const list = make('ol', { class: 'layers', 'data-testid': 'layers' });
  const adding = make('div', { class: 'layers-add', role: 'group', 'aria-label': t('layers.add') });
  const element = make(
    'fieldset',
    { class: 'layers-box' },
    make('legend', {}, t('layers.title')),
    list,
    adding,
  );
  /** @type {string} */
  let drawn = '';
  /** @type {{update: (layer: LayerConfig, plan: Plan | null) => void}[]} */
  let rows = [];

  /** @param {(layers: LayerConfig[]) => LayerConfig[]} change */
  function edit(change) {
    onRecipe((recipe) => withLayers(recipe, change(editable(recipe))));
  }

  /** @param {number} at @param {(layer: LayerConfig) => LayerConfig} change */
  const editOne = (at, change) =>
    edit((layers) => layers.map((layer, i) => (i === at ? change(layer) : layer)));

  /** @param {string} kind @param {number} at */
  function sizeInput(kind, at) {
    const { size } = kindOf(kind);
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
      editOne(at, (layer) => ({
        ...layer,
        [size]: input.value === '' ? null : Number(input.value),
      })),
    );
    return {
      element: input,
      update: (/** @type {LayerConfig} */ layer) => show(input, String(layer[size] ?? '')),
    };
  }

  /** @param {string} label @param {string} id @param {(string | number)[]} choices
   * @param {(choice: string | number) => string} word @param {(value: string) => void} onChange
   * @param {(layer: LayerConfig) => unknown} get */
  function choice(label, id, choices, word, onChange, get) {
    const select = make(
      'select',
      { 'aria-label': label, title: label, 'data-testid': id },
      ...choices.map((each) => make('option', { value: each }, word(each))),
    );
    select.addEventListener('change', () => onChange(select.value));
    return {
      element: select,
      update: (/** @type {LayerConfig} */ layer) => show(select, String(get(layer))),
    };
  }

  /** @param {HTMLInputElement | HTMLSelectElement} control @param {string} text */
  function show(control, text) {
    if (
      control.value !== text &&
      !(document.activeElement === control && Number(control.value) === Number(text))
    )
      control.value = text;
  }

  /** A layer's controls. @param {LayerConfig} layer @param {number} at */
  function row({ kind, name, activation }, at) {
    const controls = [];
    const { size, hasKernel } = kindOf(kind);
    if (size) controls.push(sizeInput(kind, at));
    if (hasKernel) {
      controls.push(
        choice(
          t('layers.kernel'),
          `layer-${at}-kernel`,
          KERNELS,
          (side) => `${side}×${side}`,
          (side) => editOne(at, (each) => ({ ...each, kernel_size: [Number(side), Number(side)] })),
          (each) => each.kernel_size?.[0],
        ),
      );
    }
    if (activation !== undefined) {
      const some = lessons.choices.activation.filter((each) => each !== 'softmax');
      controls.push(
        choice(
          t('layers.activation'),
          `layer-${at}-activation`,
          some,
          (each) => t(`choice.${each}`),
          (each) => editOne(at, (own) => withActivation(own, each)),
          (each) => each.activation,
        ),
      );
    }
    const remove = make(
      'button',
      {
        type: 'button',
        class: 'plain small',
        'aria-label': t('layers.remove', { layer: t(`kinds.${kind}`) }),
        title: t('layers.remove', { layer: t(`kinds.${kind}`) }),
        'data-testid': `layer-${at}-remove`,
      },
      '×',
    );
    remove.addEventListener('click', () => edit((layers) => layers.filter((_, i) => i !== at)));
    return line(t(`kinds.${kind}`), controls, remove, name);
  }

  /** @param {string} title
   * @param {{element: HTMLElement, update: (layer: LayerConfig) => void}[]} controls
   * @param {HTMLElement | string} end @param {string} name in the plan */
  function line(title, controls, end, name) {
    const about = make('span', { class: 'small soft layer-about' });
    list.append(
      make(
        'li',
        {},
        make('span', { class: 'layer-kind' }, title),
        about,
        end,
        ...(controls.length
          ? [make('span', { class: 'layer-controls' }, ...controls.map((each) => each.element))]
          : []),
      ),
    );
    return {
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

  /** @param {Recipe} now */
  function draw(now) {
    const own = editable(now);
    const isImage = readsImages(now);
    const input = !isImage
      ? now.problem
      : own.some(isMap)
        ? 'maps'
        : own.some(isRecurrent)
          ? 'rows'
          : 'pixels';
    list.replaceChildren(
      make(
        'li',
        { class: 'soft' },
        make('span', { class: 'layer-kind' }, t('kinds.input')),
        make('span', { class: 'small layer-about' }, t(`inputs.${input}`)),
      ),
    );
    rows = own.map(row);
    for (const { name, activation } of outputsOf(now)) {
      const says = name === 'loops' ? 'loops' : now.problem === 'houses' ? 'houses' : 'digits';
      const title = t(`layers.output.${says}`, { activation: t(`choice.${activation}`) });
      rows.push(line(title, [], '', name));
    }
    adding.replaceChildren(
      ...addable(own, now.problem).map((kind) => {
        const add = make(
          'button',
          {
            type: 'button',
            class: 'small',
            'data-testid': `add-${kind}`,
            disabled: own.length >= MOST,
          },
          `+ ${t(`kinds.${kind}`)}`,
        );
        add.addEventListener('click', () => edit((all) => [...all, newLayer(kind)]));
        return add;
      }),
    );
  }

  return {
    element,
    /** @param {Recipe} now @param {Plan | null} plan */
    update(now, plan) {
      const { layers } = now.architecture;
      const key =
        layers.map(({ kind, name }) => `${kind} ${name}`).join() +
        outputsOf(now)[0].activation +
        now.problem;
      if (key !== drawn) {
        const focused = document.activeElement?.getAttribute('data-testid');
        drawn = key;
        draw(now);
        if (focused && !element.contains(document.activeElement)) {
          /** @type {HTMLElement | null} */ (
            element.querySelector(`[data-testid="${focused}"]`)
          )?.focus();
        }
      }
      [...editable(now), ...outputsOf(now)].forEach((layer, i) => rows[i].update(layer, plan));
    },
  };
}
