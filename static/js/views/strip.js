// Every layer's activations as one small picture each.

import { make, say } from '../page/dom.js';
import { createPicture, squareOf } from './pictures.js';
import { layerName, shortLayerName, shortName } from '../state/names.js';
import { isMaps, isPictured, isSteps, outputsOf } from '../state/units.js';

/** @import { ModelDescription, Reading, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

/** How a layer's values lie. @param {{shape: number[]}} layer */
export function cellsOf({ shape }) {
  if (isMaps({ shape })) return { rows: shape[0], columns: shape[1], maps: shape[2] };
  if (isSteps({ shape })) return { rows: shape[0], columns: shape[1], maps: 1 };
  return squareOf(shape[0]);
}

/**
 * @param {ModelDescription} model
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createStrip(model, t, numbers) {
  const said = make('p', { class: 'strip-said small', 'data-testid': 'strip-said' });
  /** @type {Reading | null} */
  let newest = null;
  /** @type {{layer: string, index: number} | null} */
  let pointed = null;

  /** The value of the cell that is pointed at. */
  function tell() {
    const a = pointed && newest?.layers.find(({ name }) => name === pointed?.layer)?.a;
    if (!pointed || !a) return say(said, '');
    const name = `${shortLayerName(pointed.layer, t)}, ${shortName(pointed, t, model)}`;
    say(said, t('network.neuron', { name, value: numbers.three(a[pointed.index]) }));
  }

  const layers = model.layers
    .slice(0, -outputsOf(model).length)
    .filter(isPictured)
    .map((layer) => {
      const picture = createPicture('compare-layer', (index) => {
        pointed = index === null ? null : { layer: layer.name, index };
        tell();
      });
      picture.element.dataset.layer = layer.name;
      return { layer, picture };
    });
  return {
    element: make(
      'div',
      { class: 'compare-layers' },
      ...layers.map(({ picture }) => picture.element),
      said,
    ),
    /** @param {Reading | null} reading null shows a network at rest */
    show(reading) {
      newest = reading;
      tell();
      for (const { layer, picture } of layers) {
        const a = reading?.layers.find((each) => each.name === layer.name)?.a;
        const values =
          a ?? new Float32Array(layer.shape.reduce((product, length) => product * length, 1));
        const { exposure } = layer;
        picture.show(
          values,
          cellsOf(layer),
          (value, colors) =>
            isSteps(layer)
              ? colors.stateWord(value, exposure)
              : colors.activationWord(value, exposure),
          shortLayerName(layer.name, t),
          null,
        );
        picture.canvas.setAttribute('aria-label', layerName(layer.name, t));
      }
    },
  };
}
