// What each layer does to the drawing, in one sentence with its numbers.

import { inputOf } from '../../state/ends.js';
import { layerName, neuronName } from '../../state/names.js';
import { isMaps, isSteps, layerBefore, layerOf, outputsOf, size } from '../../state/units.js';

/** @import { LayerActivations, LayerDescription, Neuron, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Moment, Stage } from './timeline.js' */

/** @param {ArrayLike<number>} values */
const largest = (values) =>
  Array.from(values).reduce((best, value, i) => (value > values[best] ? i : best), 0);

/**
 * The unit of the greatest value in the layer, or in the row of it, that a pass has come to.
 * @param {Pick<State, 'reading'>} state @param {Stage} stage @param {number | null} row
 * @returns {Neuron | null}
 */
export function largestUnit({ reading }, { name, rows }, row) {
  if (!reading) return null;
  if (name === 'input') return { layer: name, index: largest(inputOf(reading)) };
  const layer = reading.layers.find((each) => each.name === name);
  if (!layer) return null;
  const units = rows ? layer.shape[1] : layer.a.length;
  const from = rows ? ((row ?? rows) - 1) * units : 0;
  return { layer: name, index: from + largest(layer.a.slice(from, from + units)) };
}

/** How many numbers a layer's unit reads: its weights without those of other units.
 * @param {LayerDescription} layer */
const inputsOf = ({ input_shape: shape, window }) =>
  window ? window.size[0] * window.size[1] * shape[2] : size(shape);

/**
 * @param {Pick<State, 'model' | 'reading'>} state
 * @param {Stage} stage
 * @param {Moment} moment
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function stageWords({ model, reading }, { name, rows }, { row }, t, numbers) {
  const { whole } = numbers;
  if (!model || !reading) return '';
  if (name === 'input' && model.features?.length)
    return t('play.features', { count: whole(model.features.length) });
  if (name === 'input' && reading.input.steps)
    return t('play.movement', { steps: whole(reading.input.shape[0]) });
  if (name === 'input') {
    const { pixels } = reading.input;
    const lit = pixels.reduce((count, value) => count + Number(value > 0), 0);
    return t('play.input', { count: whole(pixels.length), lit: whole(lit) });
  }
  const layer = /** @type {LayerDescription} */ (layerOf(model, name));
  const { a } = /** @type {LayerActivations} */ (reading.layers.find((each) => each.name === name));
  const [high, wide] = (layer.window?.size ?? []).map(whole);
  const source = layerName(layerBefore(model, name)?.name ?? 'input', t);
  const values = { layer: layerName(name, t), source, high, wide, inputs: whole(inputsOf(layer)) };
  if (isSteps(layer)) {
    return t(model.problem === 'pen' ? 'play.lstm.pen' : 'play.lstm', {
      ...values,
      row: whole(row ?? rows),
      rows: whole(layer.shape[0]),
      units: whole(layer.shape[1]),
    });
  }
  if (isMaps(layer)) {
    const [height, width, maps] = layer.shape.map(whole);
    return t(`play.${layer.kind}`, { ...values, height, width, maps });
  }
  const best = largest(a);
  const most = neuronName({ layer: name, index: best }, t, model);
  const output = model.outputs[0];
  if (name === 'output' && output?.kind === 'number') {
    const { mean = 0, sd = 1 } = output;
    return t('play.number', {
      ...values,
      a: numbers.three(a[0]),
      mean: numbers.dollars(mean),
      sd: numbers.dollars(sd),
      price: numbers.dollars(mean + sd * a[0]),
    });
  }
  if (layer.activation === 'softmax') {
    return t(outputsOf(model)[0]?.name === name ? 'play.output' : `play.output.${name}`, {
      ...values,
      digit: best,
      most,
      share: numbers.probability(a[best]),
    });
  }
  const does = t(`play.does.${layer.activation}`);
  return t('play.dense', {
    ...values,
    count: whole(a.length),
    does,
    most,
    value: numbers.three(a[best]),
  });
}
