// What a chapter may speak of in a network's layers: activations, weights, what is added up, what has
// changed. Null is "has no value just now".

import { SIDE } from '../../state/units.js';
import { meantAs, readingOf } from './memory.js';

/** @import { LayerActivations, Reading, State } from '../../state/types.js' */
/** @import { Quantity, Value } from '../evaluate.js' */
/** @import { Memory } from './memory.js' */

/** @param {Reading | null} reading @param {Value} name @returns {ArrayLike<number> | null} */
function activations(reading, name) {
  if (name === 'input') return reading ? reading.input.pixels.map((value) => value / 255) : null;
  return reading?.layers.find((layer) => layer.name === name)?.a ?? null;
}

/** @param {ArrayLike<number | null> | null} values @param {Value} index */
const at = (values, index) => values?.[/** @type {number} */ (index)] ?? null;

const SAME = 1e-6;

/**
 * @param {() => State} get
 * @param {Memory} memory
 * @returns {Record<string, Quantity>}
 */
export function createOfLayers(get, memory) {
  const reading = () => readingOf(get());
  /** @param {Value} name */
  const values = (name) => activations(reading(), name);
  /** @param {Value} name @returns {LayerActivations | null} */
  const layer = (name) => reading()?.layers.find((each) => each.name === name) ?? null;
  /** @param {Value} name @param {'W' | 'b'} part */
  const parameters = (name, part) => get().weights?.get(`${name}/${part}`) ?? null;
  /** A dense layer's weight. @param {Value} name @param {Value} index @param {Value} from */
  function weight(name, index, from) {
    const kernel = parameters(name, 'W');
    if (!kernel || kernel.shape.length !== 2) return null;
    return kernel.data[Number(from) * kernel.shape[1] + Number(index)] ?? null;
  }
  /** The mean |w| from an input to a layer. @param {Value} name @param {Value} from */
  function size(name, from) {
    const kernel = parameters(name, 'W');
    if (!kernel || kernel.shape.length !== 2) return null;
    const units = kernel.shape[1];
    const row = kernel.data.slice(Number(from) * units, (Number(from) + 1) * units);
    return row.length ? row.reduce((all, w) => all + Math.abs(w), 0) / units : null;
  }
  /** The layer that a layer reads. @param {Value} name */
  function before(name) {
    const layers = ['input', ...(get().model?.layers.map((each) => each.name) ?? [])];
    return layers[layers.indexOf(String(name)) - 1] ?? null;
  }
  /** @param {Value} name @param {Value} index */
  function total(name, index) {
    const z = at(layer(name)?.z ?? null, index);
    const bias = at(parameters(name, 'b')?.data ?? null, index);
    return z === null || bias === null ? null : z - bias;
  }
  /** @param {Value} name @param {Value} index @returns {number[] | null} */
  function contributions(name, index) {
    const source = before(name);
    const from = source ? values(source) : null;
    if (!from || weight(name, index, 0) === null) return null;
    return Array.from(from, (a, i) => a * (weight(name, index, i) ?? 0));
  }
  /** @param {Value} name @returns {number | null} */
  function most(name) {
    const found = values(name);
    if (!found?.length) return null;
    let best = 0;
    for (let i = 1; i < found.length; i += 1) if (found[i] > found[best]) best = i;
    return best;
  }
  /** @param {Value} name @param {(value: number) => number} of */
  function sum(name, of) {
    const found = values(name);
    return found ? Array.from(found).reduce((all, value) => all + of(value), 0) : null;
  }
  /** The largest change of an activation since the step began. @param {Value} name */
  function change(name) {
    const [now, then] = [values(name), activations(memory.first, name)];
    if (!now || !then || now.length !== then.length) return null;
    return Array.from(now).reduce((most, value, i) => Math.max(most, Math.abs(value - then[i])), 0);
  }

  return {
    a: (name, index) => at(values(name), index),
    z: (name, index) => at(layer(name)?.z ?? null, index),
    w: (name, index, from) => weight(name, index, from),
    b: (name, index) => at(parameters(name, 'b')?.data ?? null, index),
    total,
    contribution: (name, index, from) => {
      const [w, source] = [weight(name, index, from), before(name)];
      const a = source ? at(values(source), from) : null;
      return w === null || a === null ? null : w * a;
    },
    least: (name, index) =>
      contributions(name, index)?.reduce((one, other) => Math.min(one, other), Infinity) ?? null,
    greatest: (name, index) =>
      contributions(name, index)?.reduce((one, other) => Math.max(one, other), -Infinity) ?? null,
    p: (digit) => at(reading()?.probabilities ?? null, digit),
    pixel: (row, column) => at(values('input'), Number(row) * SIDE + Number(column)),
    count: (name, above) => sum(name, (value) => Number(value > Number(above))),
    most,
    largest: (name) => {
      const best = most(name);
      return best === null ? null : at(values(name), best);
    },
    added: (name) => sum(name, (value) => value),
    change,
    changed: (name) => {
      const most = change(name);
      return most === null ? null : most > SAME;
    },
    differs: (name, index, first, second) => {
      const one = at(activations(meantAs(memory, first), name), index);
      const other = at(activations(meantAs(memory, second), name), index);
      return one === null || other === null ? null : one - other;
    },
    weight_size: size,
    moves: (name, from) => {
      const [w, ink] = [size(name, from), at(memory.meanInk(), from)];
      return w === null || ink === null ? null : w * ink;
    },
  };
}
