// A trace in words: which neurons carry how much of it, and where it ends.

import { layerOf } from '../../../state/units.js';
import { layerName, neuronName, shortName } from '../../../state/names.js';

/** @import { ModelDescription, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Named } from '../../unit-link.js' */
/** @import { Step, Trace } from './tracing.js' */

const TOLD = [3, 1]; // neurons that are named: of the layer before, and of the first one
const FEWER = [2, 1]; // where layers lie between, whose shares stand at their units

/**
 * @param {Trace} trace
 * @param {ModelDescription | null} model
 * @param {Translate} t
 * @param {Numbers} numbers
 * @returns {{text: string, named: Named[]}} the neurons that it names, in that order
 */
export function traceWords({ neuron, steps, ended }, model, t, numbers) {
  const begin = { name: neuronName(neuron, t, model), neuron };
  if (neuron.layer === 'input') return { text: t('trace.pixel'), named: [] };
  const all = steps.filter(({ source }) => source !== 'input');
  const ends = all.length > 2 ? [all[0], all[all.length - 1]] : all; // two lines have to hold it
  const hidden = ends.map((step, at) =>
    tell(step, (all.length > 2 ? FEWER : TOLD)[at], model, t, numbers),
  );
  const parts = hidden.map(({ text }) => text).join(t('trace.then'));
  const end = ended ? t(model?.problem === 'pen' ? 'trace.ended.pen' : 'trace.ended') : '';
  if (!hidden.length)
    return { text: end || (model?.features?.length ? '' : t('trace.pixels')), named: [] };
  const text = `${t('trace.from', { name: begin.name, parts })} ${end}`;
  return { text: text.trim(), named: [begin, ...hidden.flatMap(({ named }) => named)] };
}

/** @param {Step} step @param {number} told how many are named @param {ModelDescription | null} model
 * @param {Translate} t @param {Numbers} numbers */
function tell({ source, carries, reached }, told, model, t, numbers) {
  const order = [...carries.keys()].sort((i, j) => (carries.get(j) ?? 0) - (carries.get(i) ?? 0));
  const share = (/** @type {number} */ index) => numbers.percent(carries.get(index) ?? 0);
  const named = order.slice(0, told).map((index) => {
    const each = { layer: source, index };
    return { name: shortName(each, t, model), neuron: each };
  });
  const list = named.map(({ name, neuron }) =>
    t('trace.unit', { name, share: share(neuron.index) }),
  );
  const all = numbers.percent([...carries.values()].reduce((sum, each) => sum + each, 0));
  const values = {
    layer: layerName(source, t),
    part: numbers.whole(order.length),
    whole: numbers.whole(reached),
    all,
  };
  const of = (layerOf(model, source)?.shape.length ?? 1) > 1 ? 'values' : 'neurons'; // of maps, of steps
  const which = order.length > told ? 'most' : 'all';
  const text = t(`trace.${of}.${which}`, { ...values, list: list.join(', ') });
  return { text, named };
}
