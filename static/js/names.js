// How layers and neurons are called in words.

/** @import { Neuron, Translate } from './types.js' */

const SIDE = 28;

/** @param {string} layer @param {Translate} t */
export function layerName(layer, t) {
  const hidden = /^hidden(\d+)$/.exec(layer);
  if (hidden) return t('layer.hidden', { number: hidden[1] });
  return layer === 'input' || layer === 'output' ? t(`layer.${layer}`) : layer;
}

/** A pixel's place, counted from 1. @param {number} index */
export const pixelPlace = (index) => ({
  row: Math.floor(index / SIDE) + 1,
  column: (index % SIDE) + 1,
});

/**
 * A neuron's full name: "hidden 1, neuron 7", "output, digit 3", "pixel, row 4, column 9".
 * @param {Neuron} neuron
 * @param {Translate} t
 */
export function neuronName({ layer, index }, t) {
  if (layer === 'input') return t('neuron.input', pixelPlace(index));
  return layer === 'output'
    ? t('neuron.output', { digit: index })
    : t('neuron.hidden', { layer: layerName(layer, t), number: index + 1 });
}

/**
 * Its name where the layer is known: "neuron 7", "row 4, column 9".
 * @param {Neuron} neuron
 * @param {Translate} t
 */
export function shortName({ layer, index }, t) {
  if (layer === 'input') return t('neuron.short.input', pixelPlace(index));
  return layer === 'output'
    ? t('neuron.short.output', { digit: index })
    : t('neuron.short.hidden', { number: index + 1 });
}
