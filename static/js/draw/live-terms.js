// The number that a term has just now: of the neuron in front, or of the answer.

import { answering } from '../state/ends.js';
import { incoming } from '../state/contributions.js';
import { signOf } from './inspector/curve.js';
import { neuronName } from '../state/names.js';
import { layerOf } from '../state/units.js';

/** @import { Neuron, State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */

const SQUASHED = new Set(['sigmoid', 'relu', 'tanh']);

/** @param {ArrayLike<number>} contributions */
const magnitudeOf = (contributions) =>
  Array.from(contributions).reduce((sum, each) => sum + Math.abs(each), 0);

/**
 * A unit's sum, bias, z and activation, where it has them.
 * @param {State} state @param {Neuron} neuron
 */
function valuesOf(state, { layer, index }) {
  const found = state.reading?.layers.find(({ name }) => name === layer);
  if (!found || found.arithmetic !== 'sum') return null;
  const all = incoming(state, { layer, index });
  return {
    activation: found.activation,
    a: found.a[index],
    z: found.z?.[index],
    sum: all?.sum,
    bias: all?.bias,
    magnitude: all ? magnitudeOf(all.contributions) : undefined,
  };
}

/**
 * @param {string} id a term's
 * @param {State} state
 * @param {Translate} t the page's words
 * @param {Translate} say the terms' words
 * @param {Numbers} numbers
 * @returns {string} empty when it has no number now
 */
export function liveTerm(id, state, t, say, numbers) {
  const { model, reading } = state;
  if (id === 'parameter')
    return model ? say('live.parameter', { count: numbers.whole(model.parameters) }) : '';
  const answer = answering(state.reading);
  if (!reading || !answer) return '';
  const isOutput = ['softmax', 'probability', 'sure', 'logit'].includes(id);
  const neuron = isOutput ? answer : (state.hovered ?? state.selected ?? answer);
  const values = valuesOf(state, neuron);
  if (!values) return '';
  const name = neuronName(neuron, t, model);
  /** Whether the activation's value is what it makes of z as that is written. @param {NonNullable<typeof values>} all */
  const sign = ({ activation, z, a }) =>
    signOf(activation, numbers.three(z ?? NaN), numbers.three(a));
  /** @param {string} key @param {number | undefined} value */
  const told = (key, value) =>
    value === undefined || values.z === undefined
      ? ''
      : say(key, {
          name,
          value: numbers.three(value),
          z: numbers.three(values.z),
          is: sign(values),
        });
  if (SQUASHED.has(id)) return id === values.activation ? told(`live.${id}`, values.a) : '';
  if (id === 'activation') return told('live.activation', values.a);
  if (id === 'bias') return told('live.bias', values.bias);
  if (id === 'magnitude') return told('live.magnitude', values.magnitude);
  if (id === 'weighted-sum') return told('live.weighted-sum', values.sum);
  if (!isOutput || layerOf(model, neuron.layer)?.activation !== 'softmax') return '';
  if (id === 'softmax') return told('live.softmax', values.a);
  if (id === 'logit') return told('live.logit', values.z);
  return say('live.probability', { name, share: numbers.probability(values.a) });
}
