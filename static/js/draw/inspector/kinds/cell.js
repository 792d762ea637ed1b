// An LSTM's unit over all rows: its gates, and what they make of the cell at one of them.

import { say } from '../../../page/dom.js';

/** @import { Neuron, State, Translate } from '../../../state/types.js' */
/** @import { Parts } from '../inspector.js' */

/** @param {Parts} parts @param {Translate} t */
export const createCell = ({ gates, equation, told }, t) => ({
  /** @param {State} now @param {Neuron} unit */
  show(now, unit) {
    const layer = now.reading?.layers.find(({ name }) => name === unit.layer);
    if (layer?.gates) gates.show(layer, unit.index);
    if (layer) equation.showCell(layer, unit.index);
    say(told, t(now.problem === 'pen' ? 'inspector.cell.pen' : 'inspector.cell'));
  },
});
