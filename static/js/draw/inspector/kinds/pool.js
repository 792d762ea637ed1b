// A pooling's unit: its window as one picture, and which of its values it takes.

import { say } from '../../../page/dom.js';
import { pooled, sourceOf } from '../../../state/contributions.js';
import { layerName } from '../../../state/names.js';
import { layerOf } from '../../../state/units.js';
import { cellsOf } from '../summed.js';

/** @import { ModelDescription, Neuron, State, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */
/** @import { Parts } from '../inspector.js' */

/** @param {Parts} parts @param {Translate} t @param {Numbers} numbers */
export const createPool = ({ factors, equation, told }, t, numbers) => ({
  /** @param {State} now @param {Neuron} unit @param {number | null} pointed a source */
  show(now, unit, pointed) {
    const model = /** @type {ModelDescription} */ (now.model);
    const found = now.reading?.layers.find(({ name }) => name === unit.layer);
    const window = pooled(now, unit);
    if (!found || !window) return;
    const source = layerOf(model, sourceOf(now, unit.layer));
    const exposure = source?.exposure ?? 1;
    const from = layerName(source?.name ?? '', t);
    factors.sources.show(
      window.values,
      { ...cellsOf(model, unit, window.values.length), maps: 1 },
      (value, colors) => colors.activationWord(value, exposure),
      t('inspector.sources', { layer: from, high: numbers.two(exposure) }),
      pointed,
    );
    equation.showPooled(found, unit.index, window.values);
    say(told, '');
  },
});
