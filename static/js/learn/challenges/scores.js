// The live quantities that challenges are scored by; nnviz/chapters/vocabulary.py says what each is.

import { attack, denseLayers } from './attack.js';
import { SIDE } from '../../state/units.js';
import { filtersOf, mapOf } from '../widgets/kinds/filter.js';
import { picturesOf } from './pictures.js';

/** @import { Drawing, State, Weights } from '../../state/types.js' */
/** @import { Quantity, Value } from '../evaluate.js' */
/** @import { Memory } from '../numbers/memory.js' */

/** How far all dials of a network were turned; counted once for each. @type {WeakMap<Weights, number>} */
const turns = new WeakMap();

/** Σ|Δ| over all weights and biases. @param {Weights} weights @param {Weights} learned */
function turnedBy(weights, learned) {
  const known = turns.get(weights);
  if (known !== undefined) return known;
  let sum = 0;
  for (const [name, { data }] of weights) {
    const before = learned.get(name)?.data;
    if (!before || before === data) continue;
    for (let i = 0; i < data.length; i += 1) sum += Math.abs(data[i] - before[i]);
  }
  turns.set(weights, sum);
  return sum;
}

/** The attacks that were found. @type {WeakMap<Drawing, Map<string, ReturnType<typeof attack>>>} */
const attacks = new WeakMap();

/** The pixels by which the network would be brought to answer a digit, as it learned.
 * @param {State} state @param {Drawing | null} start @param {number} digit */
export function attackOn({ model, learned }, start, digit) {
  if (!model || !learned || start?.kind !== 'pixels') return null;
  const found = attacks.get(start) ?? new Map();
  attacks.set(start, found);
  const key = `${model.id} ${digit}`;
  if (!found.has(key)) {
    const layers = denseLayers(learned, model.layers);
    found.set(key, layers && attack(layers, start.pixels, digit));
  }
  return found.get(key) ?? null;
}

/** The means of maps that were worked out. @type {WeakMap<Weights, Map<string, number>>} */
const maps = new WeakMap();

/** The mean of the map that a place lies in, for one of our pictures.
 * @param {Weights | null} weights @param {string} name @param {number} place @param {string} picture */
function meanOfMap(weights, name, place, picture) {
  const filters = filtersOf(weights, name);
  const pixels = picturesOf(picture)[0];
  if (!weights || !filters || !pixels) return null;
  const known = maps.get(weights) ?? new Map();
  maps.set(weights, known);
  const k = place % filters.length;
  const key = `${name} ${k} ${picture}`;
  if (!known.has(key)) {
    const input = new Float64Array(SIDE * SIDE);
    for (const pixel of pixels) input[pixel] = 1;
    const sum = mapOf(filters[k], input).reduce((all, value) => all + value, 0);
    known.set(key, sum / input.length);
  }
  return known.get(key) ?? null;
}

/**
 * @param {() => State} get
 * @param {Memory} memory
 * @returns {Record<string, Quantity>}
 */
export function createScores(get, memory) {
  /** What a unit of the first layer makes of pictures, with these weights.
   * @param {Weights | null} weights @param {Value} name @param {Value} index @param {Value} picture
   * @returns {number[] | null} */
  function tries(weights, name, index, picture) {
    const first = get().model?.layers[0];
    const kernel = weights?.get(`${name}/W`);
    const bias = weights?.get(`${name}/b`)?.data[Number(index)];
    const lit = picturesOf(String(picture));
    if (
      !kernel ||
      bias === undefined ||
      !lit.length ||
      first?.name !== name ||
      kernel.shape.length !== 2
    )
      return null;
    if (first.activation !== 'sigmoid' && first.activation !== 'relu') return null;
    return lit.map((pixels) => {
      const z = pixels.reduce(
        (all, pixel) => all + kernel.data[pixel * kernel.shape[1] + Number(index)],
        bias,
      );
      return first.activation === 'relu' ? Math.max(0, z) : 1 / (1 + Math.exp(-z));
    });
  }

  /** @param {Weights | null} weights @param {Value} name @param {Value} index @param {Value} picture */
  function separation(weights, name, index, picture) {
    const own = tries(weights, name, index, picture);
    const others = ['bar', 'post', 'block']
      .filter((each) => each !== picture)
      .flatMap((each) => tries(weights, name, index, each) ?? []);
    return own && others.length ? Math.min(...own) - Math.max(...others) : null;
  }

  return {
    tried: (name, index, picture) => tries(get().weights, name, index, picture)?.[0] ?? null,
    weakest: (name, index, picture) => {
      const found = tries(get().weights, name, index, picture);
      return found && Math.min(...found);
    },
    strongest: (name, index, picture) => {
      const found = tries(get().weights, name, index, picture);
      return found && Math.max(...found);
    },
    mapped: (name, place, picture) =>
      meanOfMap(get().weights, String(name), Number(place), String(picture)),
    separation: (name, index, picture) => separation(get().weights, name, index, picture),
    best_separation: (name, picture) => {
      const { model, learned } = get();
      const units = model?.layers.find((layer) => layer.name === name)?.shape[0] ?? 0;
      const found = Array.from({ length: units }, (_, index) =>
        separation(learned, name, index, picture),
      );
      return found.reduce(
        (best, each) => (best === null || (each !== null && each > best) ? each : best),
        null,
      );
    },
    pixels_changed: () => {
      const { drawing } = get();
      const { start } = memory;
      if (start?.kind !== 'pixels' || drawing.kind !== 'pixels') return null;
      return drawing.pixels.filter((value, i) => value !== start.pixels[i]).length;
    },
    fewest: (digit) => attackOn(get(), memory.start, Number(digit))?.length ?? null,
    turned: () => {
      const { weights, learned } = get();
      return weights && learned ? turnedBy(weights, learned) : null;
    },
    halving: (name, index) => memory.ask('halving', String(name), Number(index)),
    best_run: (most) => memory.ask('best_run', Number(most)),
    different: (models) => memory.ask('different', String(models)),
  };
}
