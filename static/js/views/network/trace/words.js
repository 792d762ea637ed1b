// A trace in words: how few neurons carry how much, and where it ends.

import { neuronName, shortLayerName } from '../../../state/names.js';

/** @import { ModelDescription, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Trace } from './tracing.js' */

/**
 * @param {Trace} trace
 * @param {ModelDescription | null} model
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function traceWords({ neuron, steps, ended }, model, t, numbers) {
  if (neuron.layer === 'input') return t('trace.pixel');
  const { whole, percent } = numbers;
  const parts = steps.map(({ source, chosen, reached, share, edges, total }) => {
    const isInput = source === 'input';
    return t(isInput ? 'trace.edges' : 'trace.neurons', {
      layer: shortLayerName(source, t),
      part: whole(isInput ? edges.length : chosen.length),
      whole: whole(isInput ? total : reached),
      share: percent(share),
    });
  });
  const name = neuronName(neuron, t, model);
  const end = t(ended ? 'trace.ended' : 'trace.pixels');
  return parts.length ? `${t('trace.from', { name, parts: parts.join('; ') })} ${end}` : end;
}
