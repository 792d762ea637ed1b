// A trace in words: which neuron carries most, then how much of it others carry, and where it ends.

import { layerOf } from '../../../state/units.js';
import { layerName, neuronName, shortName } from '../../../state/names.js';

/** @import { ModelDescription, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Named } from '../../unit-link.js' */
/** @import { Step, Trace } from './tracing.js' */

const TOLD = 1; // neuron that is named of a layer; the others' shares stand at their circles

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
  const hidden = ends.map((step) => tell(step, model, t, numbers));
  const parts = hidden.map(({ text }) => text).join(t('trace.then'));
  const end = ended ? t(model?.problem === 'pen' ? 'trace.ended.pen' : 'trace.ended') : '';
  if (!hidden.length)
    return { text: end || (model?.features?.length ? '' : t('trace.pixels')), named: [] };
  const most = hidden[0].named[0].neuron;
  const best = { name: neuronName(most, t, model), neuron: most };
  const text = `${t('trace.from', { name: begin.name, best: best.name, parts })} ${end}`;
  return { text: text.trim(), named: [begin, best, ...hidden.flatMap(({ named }) => named)] };
}

/** @param {Step} step @param {ModelDescription | null} model @param {Translate} t @param {Numbers} numbers */
function tell({ source, carries, reached }, model, t, numbers) {
  const order = [...carries.keys()].sort((i, j) => (carries.get(j) ?? 0) - (carries.get(i) ?? 0));
  const share = (/** @type {number} */ index) => numbers.percent(carries.get(index) ?? 0);
  const named = order.slice(0, TOLD).map((index) => {
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
  const which = order.length > TOLD ? 'most' : 'all';
  const text = t(`trace.${of}.${which}`, { ...values, list: list.join(', ') });
  return { text, named };
}
