// Every layer's activations as one small picture each.

import { make } from '../page/dom.js';
import { createPicture, squareOf } from './pictures.js';
import { layerName, shortLayerName } from '../state/names.js';
import { isMaps, isPictured, isSteps } from '../state/units.js';

/** @import { ModelDescription, Reading, Translate } from '../state/types.js' */

/** How a layer's values lie. @param {{shape: number[]}} layer */
export function cellsOf({ shape }) {
  if (isMaps({ shape })) return { rows: shape[0], columns: shape[1], maps: shape[2] };
  if (isSteps({ shape })) return { rows: shape[0], columns: shape[1], maps: 1 };
  return squareOf(shape[0]);
}

/**
 * @param {ModelDescription} model
 * @param {Translate} t
 */
export function createStrip(model, t) {
  const layers = model.layers.slice(0, -1).filter(isPictured).map((layer) => {
    const picture = createPicture('compare-layer', () => {});
    picture.element.dataset.layer = layer.name;
    return { layer, picture };
  });
  return {
    element: make('div', { class: 'compare-layers' }, ...layers.map(({ picture }) => picture.element)),
    /** @param {Reading | null} reading null shows a network at rest */
    show(reading) {
      for (const { layer, picture } of layers) {
        const a = reading?.layers.find((each) => each.name === layer.name)?.a;
        const values = a ?? new Float32Array(layer.shape.reduce((product, length) => product * length, 1));
        const { exposure } = layer;
        picture.show(
          values,
          cellsOf(layer),
          (value, colors) => (isSteps(layer) ? colors.stateWord(value, exposure) : colors.activationWord(value, exposure)),
          shortLayerName(layer.name, t),
          null,
        );
        picture.canvas.setAttribute('aria-label', layerName(layer.name, t));
      }
    },
  };
}
