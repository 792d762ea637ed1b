// The inspector's first line: back, which layer and which of its units, and whether it is changed.

import { make, say } from '../../page/dom.js';
import { layerName } from '../../state/names.js';
import { isPictured } from '../../state/units.js';

/** @import { ModelDescription, Translate } from '../../state/types.js' */

/**
 * @param {object} events
 * @param {() => void} events.onClose
 * @param {(layer: string) => void} events.onLayer
 * @param {(by: number) => void} events.onMove units of the layer
 * @param {() => void} events.onChange
 * @param {Translate} t
 */
export function createHead({ onClose, onLayer, onMove, onChange }, t) {
  const whole = t('inspector.back');
  const back = make(
    'button',
    {
      type: 'button',
      id: 'inspector-close',
      'data-testid': 'inspector-close',
      'aria-label': whole,
      title: whole,
    },
    whole.slice(0, 1),
    make('span', { class: 'where' }, whole.slice(1)),
  );
  const layers = make('select', {
    'data-testid': 'inspector-layer',
    'aria-label': t('inspector.layer'),
  });
  /** @param {string} sign @param {string} id @param {number} by */
  const step = (sign, id, by) => {
    const label = t(`inspector.${id}`);
    const attributes = { type: 'button', 'data-testid': `inspector-${id}`, 'aria-label': label };
    const element = make('button', attributes, sign);
    element.addEventListener('click', () => onMove(by));
    return element;
  };
  const title = make('h3', { 'data-testid': 'inspector-title' });
  const change = make(
    'button',
    { type: 'button', class: 'lab-toggle', 'data-testid': 'lab-toggle', 'aria-pressed': 'false' },
    t('lab.open'),
  );
  back.addEventListener('click', onClose);
  change.addEventListener('click', onChange);
  layers.addEventListener('change', () => onLayer(layers.value));

  return {
    element: make(
      'div',
      { class: 'inspector-head' },
      back,
      layers,
      step('‹', 'previous', -1),
      step('›', 'next', 1),
      title,
      change,
    ),
    /** @param {string} text */
    entitle: (text) => say(title, text),
    /** @param {ModelDescription} model @param {string} layer the one that is shown @param {boolean} changing */
    show(model, layer, changing) {
      if (layers.dataset.model !== model.id) {
        layers.dataset.model = model.id;
        const names = model.layers.filter(isPictured).map(({ name }) => name);
        layers.replaceChildren(
          ...names.map((name) => make('option', { value: name }, layerName(name, t))),
        );
      }
      if (layers.value !== layer) layers.value = layer;
      change.setAttribute('aria-pressed', String(changing));
    },
  };
}
