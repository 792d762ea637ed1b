// How layers and neurons are called in words.

import { SIDE, isMaps, isSteps, layerOf, placeOf } from './units.js';

/** @import { Field, ModelDescription, ModelSummary, Neuron, Translate } from './types.js' */

/** The numbers of a step of a pen's way. */
export const MOVED = ['x', 'y', '8Δx', '8Δy', '↑'];
/** The id of a training's network as it was after a batch. */
export const CHECKPOINT = /^run-[0-9a-f]{12}-(\d+)$/;
const NUMBERED = /^(hidden|conv|pool)(\d+)$/;
const NAMED = new Set(['input', 'output', 'lstm', 'digit', 'loops']);

/** @param {string} layer @param {Translate} t */
export function layerName(layer, t) {
  const numbered = NUMBERED.exec(layer);
  if (numbered) return t(`layer.${numbered[1]}`, { number: numbered[2] });
  return NAMED.has(layer) ? t(`layer.${layer}`) : layer;
}

/** The name where there is little room: "conv 1". @param {string} layer @param {Translate} t */
export function shortLayerName(layer, t) {
  const numbered = NUMBERED.exec(layer);
  return numbered ? t(`layer.short.${numbered[1]}`, { number: numbered[2] }) : layerName(layer, t);
}

/** A model's name: in the visitor's language, or as it was given. @param {ModelSummary} model
 * @param {Translate} t */
export function modelName({ id, title, saved }, t) {
  const checkpoint = CHECKPOINT.exec(id);
  if (checkpoint)
    return t('picker.checkpoint', { title, batch: Number(checkpoint[1]).toLocaleString('en') });
  return saved ? title : t(`model.${id}`);
}

/** Layers that are counted in words. @type {Record<string, string>} */
const COUNTED = { conv2d: 'conv', max_pooling2d: 'pool', average_pooling2d: 'pool', lstm: 'lstm' };

/**
 * What a network is made of: its sizes, or where there are maps or steps how many layers of which kind.
 * @param {Pick<ModelSummary, 'architecture' | 'layer_kinds'>} model @param {Translate} t
 */
export function architectureText({ architecture, layer_kinds: kinds }, t) {
  const counted = kinds.map((kind) => COUNTED[kind]).filter(Boolean);
  if (!counted.length) return architecture;
  const hidden = kinds.filter((kind) => kind === 'dense').length - 1;
  const parts = [...new Set(counted)].map(
    (kind) =>
      /** @type {[string, number]} */ ([kind, counted.filter((each) => each === kind).length]),
  );
  const outputs = Number(architecture.split('-').at(-1));
  const all = [
    ...parts,
    ...(hidden > 0 ? [/** @type {[string, number]} */ (['dense', hidden])] : []),
    /** @type {[string, number]} */ (['output', outputs]),
  ];
  return all
    .map(([kind, count]) => t(`layers.${kind}.${count === 1 ? 'one' : 'more'}`, { count }))
    .join(', ');
}

/** How a class is called: a digit by itself, of a further output "two loops".
 * @param {number} head which output, 0 for the first @param {Neuron} neuron @param {Translate} t */
export const className = (head, neuron, t) =>
  head ? shortName(neuron, t, null) : String(neuron.index);

/** A pixel's place, counted from 1. @param {number} index */
export const pixelPlace = (index) => ({
  row: Math.floor(index / SIDE) + 1,
  column: (index % SIDE) + 1,
});

/**
 * What kind of unit it is, and the numbers in its name.
 * @param {Neuron} neuron @param {ModelDescription | null} model
 * @returns {{kind: string, values: Record<string, number>}}
 */
function parts({ layer, index }, model) {
  if (layer === 'input') return { kind: 'input', values: pixelPlace(index) };
  if (layer === 'output' || layer === 'digit') return { kind: 'output', values: { digit: index } };
  if (layer === 'loops') return { kind: `loops.${index}`, values: {} };
  const found = layerOf(model, layer);
  if (!found || (!isMaps(found) && !isSteps(found))) {
    return { kind: 'hidden', values: { number: index + 1 } };
  }
  const { row, column, map } = placeOf(found.shape, index);
  const values = { row: row + 1, column: column + 1, map: map + 1 };
  return { kind: isMaps(found) ? 'map' : 'step', values };
}

/** The name of a column that goes in, or of an output that is a number; null for other units.
 * @param {Neuron} neuron @param {ModelDescription | null} model @param {Translate} t */
function columnName({ layer, index }, model, t) {
  if (layer === 'input' && model?.problem === 'pen')
    return t('pen.input', {
      step: Math.floor(index / MOVED.length) + 1,
      number: MOVED[index % MOVED.length],
    });
  const feature = layer === 'input' ? model?.features?.[index] : undefined;
  if (feature) return t(`feature.${feature.name}`);
  const output = layer === 'output' ? model?.outputs?.[0] : undefined;
  return output?.kind === 'number' ? t(`output.${output.name}`) : null;
}

/**
 * A neuron's full name: "hidden 1, neuron 7", "output, digit 3", "pixel, row 4, column 9".
 * @param {Neuron} neuron
 * @param {Translate} t
 * @param {ModelDescription | null} model
 */
export function neuronName(neuron, t, model) {
  const column = columnName(neuron, model, t);
  if (column) return column;
  const { kind, values } = parts(neuron, model);
  const { layer } = neuron;
  const isNamed = kind === 'input' || kind === 'output' || layer === 'loops';
  return t(`neuron.${kind}`, isNamed ? values : { layer: layerName(layer, t), ...values });
}

/**
 * Its name where the layer is known: "neuron 7", "row 4, column 9".
 * @param {Neuron} neuron
 * @param {Translate} t
 * @param {ModelDescription | null} model
 */
export function shortName(neuron, t, model) {
  const column = columnName(neuron, model, t);
  if (column) return column;
  const { kind, values } = parts(neuron, model);
  return t(`neuron.short.${kind}`, values);
}

/**
 * What a neuron sees, in words: all that goes in, some rows, or rows and columns.
 * @param {Field | null} field
 * @param {Translate} t
 * @param {ModelDescription | null} model
 */
export function fieldName(field, t, model) {
  if (!field)
    return model?.features?.length
      ? t('field.features', { count: model.features.length })
      : t('field.all');
  const [top, bottom, left, right] = [field.top, field.bottom, field.left, field.right].map(
    (i) => i + 1,
  );
  return t(
    left === 1 && right === (model?.input_shape?.[1] ?? SIDE) ? 'field.rows' : 'field.part',
    { top, bottom, left, right },
  );
}
