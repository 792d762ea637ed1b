// The layers of the network that is being set up: add, remove, change; what comes out of each.

import { make } from '../../page/dom.js';
import {
  addable,
  editable,
  isMap,
  isRecurrent,
  outputsOf,
  readsImages,
  withLayers,
} from './recipe.js';
import { newLayer } from './kinds.js';
import { createLayer, createLine } from './layer.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { LayerConfig, Lessons, Plan, Recipe } from '../types.js' */

const MOST = 8;

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
  /** @type {ReturnType<typeof createLine>[]} */
  let rows = [];

  /** @param {(layers: LayerConfig[]) => LayerConfig[]} change */
  function edit(change) {
    onRecipe((recipe) => withLayers(recipe, change(editable(recipe))));
  }

  /** @param {LayerConfig} layer @param {number} at */
  function rowOf(layer, at) {
    const onChange = (/** @type {(layer: LayerConfig) => LayerConfig} */ change) =>
      edit((layers) => layers.map((each, i) => (i === at ? change(each) : each)));
    const onRemove = () => edit((layers) => layers.filter((_, i) => i !== at));
    const activations = lessons.choices.activation.filter((each) => each !== 'softmax');
    return createLayer(layer, at, { onChange, onRemove }, activations, t, numbers);
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
    rows = own.map(rowOf);
    for (const { name, activation } of outputsOf(now)) {
      const says = name === 'loops' ? 'loops' : now.problem === 'houses' ? 'houses' : 'digits';
      const title = t(`layers.output.${says}`, { activation: t(`choice.${activation}`) });
      rows.push(createLine(title, [], '', name, t, numbers));
    }
    list.append(...rows.map((row) => row.element));
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
