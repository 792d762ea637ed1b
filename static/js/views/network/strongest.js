// The strongest edges between two layers, found anew for every frame.
//
// Sorting 100,000 contributions a frame would take too long. Their sizes are counted in bins read
// off the bits of the float, an eighth of an octave wide: positive floats are ordered as their bits
// are. Only the bin in which the last edges lie is sorted. Sources at rest are left out, and all
// buffers are kept from frame to frame.

const SHIFT = 20; // the exponent and three bits of the fraction remain
const BINS = 2048;

/** @typedef {{shape: number[], data: Float32Array}} Kernel inputs × units, row by row */

/** The strongest contributions `w·a`, in the order of their sources; read up to `count`. */
export class Edges {
  /** @param {number} room how many edges at most */
  constructor(room) {
    /** Place in the source layer. */
    this.from = new Int32Array(room);
    /** Place in the layer. */
    this.to = new Int32Array(room);
    /** The contribution. */
    this.value = new Float32Array(room);
    this.count = 0;
    /** How many edges there are. */
    this.total = 0;
    /** The share of Σ|w·a| that the chosen ones carry, 0..1. */
    this.share = 0;
    /** Σ|w·a| of the chosen ones, and of all. */
    this.carried = 0;
    this.sum = 0;
  }
}

/**
 * Makes a selector; every call overwrites the edges of the call before.
 * @param {number} room how many edges may be asked for
 */
export function createSelector(room) {
  const edges = new Edges(room);
  const counts = new Uint32Array(BINS);
  let sizes = new Float32Array(0);
  let bits = new Uint32Array(0);
  let border = new Float32Array(0);

  /**
   * Fill `sizes` with |w·a|, count them in bins, and return their sum.
   * @param {Kernel} kernel @param {ArrayLike<number>} a
   * @param {Range} range
   */
  function measure({ data, shape: [, units] }, a, { source, first, last }) {
    counts.fill(0);
    let sum = 0;
    let k = 0;
    for (let i = source.first; i < source.last; i++) {
      const activation = a[i];
      if (activation === 0) continue;
      const row = i * units;
      for (let j = row + first; j < row + last; j++) {
        sizes[k] = Math.abs(data[j] * activation);
        sum += sizes[k];
        counts[bits[k] >>> SHIFT]++;
        k++;
      }
    }
    return { sum, measured: k };
  }

  /**
   * Which sizes are chosen: all above `low`, given as bits, and of those equal to it so many.
   * @param {number} most @param {number} measured
   */
  function threshold(most, measured) {
    let bin = BINS - 1;
    let above = 0;
    while (bin > 0 && above + counts[bin] <= most) above += counts[bin--];
    if (bin === 0) return { low: 0, equal: 0 };
    const least = bin << SHIFT;
    if (border.length < counts[bin]) border = new Float32Array(counts[bin]);
    let size = 0;
    for (let k = 0; k < measured; k++) if (bits[k] >>> SHIFT === bin) border[size++] = sizes[k];
    const sorted = border.subarray(0, size).sort();
    const wanted = most - above;
    if (wanted === 0) return { low: least + (1 << SHIFT) - 1, equal: 0 };
    const last = sorted[size - wanted];
    let equal = 0;
    for (let k = size - wanted; k < size && sorted[k] === last; k++) equal++;
    return { low: bitsOf(last), equal };
  }

  /**
   * @param {Kernel} kernel
   * @param {ArrayLike<number>} a
   * @param {Range} range
   * @param {{low: number, equal: number}} chosen
   */
  function collect({ data, shape: [, units] }, a, { source, first, last }, { low, equal }) {
    let [k, count, sum] = [0, 0, 0];
    for (let i = source.first; i < source.last; i++) {
      const activation = a[i];
      if (activation === 0) continue;
      for (let j = first; j < last; j++, k++) {
        if (bits[k] < low || (bits[k] === low && equal-- <= 0)) continue;
        edges.from[count] = i;
        edges.to[count] = j;
        edges.value[count] = data[i * units + j] * activation;
        sum += sizes[k];
        count++;
      }
    }
    edges.count = count;
    return sum;
  }

  /**
   * @param {Kernel} kernel
   * @param {ArrayLike<number>} a activations of the layer before
   * @param {number} most how many edges at most
   * @param {{from?: number, to?: number}} [only] the one source or the one neuron that is wanted
   */
  return function strongest(kernel, a, most, only = {}) {
    const range = rangeOf(kernel, only);
    edges.total = (range.source.last - range.source.first) * (range.last - range.first);
    if (sizes.length < edges.total) {
      sizes = new Float32Array(edges.total);
      bits = new Uint32Array(sizes.buffer);
    }
    most = Math.min(most, room);
    const { sum, measured } = measure(kernel, a, range);
    const carried = collect(kernel, a, range, threshold(most, measured));
    edges.share = sum > 0 ? carried / sum : 0;
    return Object.assign(edges, { carried, sum });
  };
}

/**
 * Makes a selector that gives each of some neurons equally many edges, the strongest of its own; what
 * is left over goes to the first. So no neuron's reasons are crowded out by those of others.
 * @param {number} room how many edges may be asked for
 */
export function createEvenSelector(room) {
  const select = createSelector(room);
  const edges = new Edges(room);
  /**
   * @param {Kernel} kernel @param {ArrayLike<number>} a
   * @param {number} most how many edges in all
   * @param {number[]} neurons that get some
   */
  return function evenly(kernel, a, most, neurons) {
    const each = Math.floor(Math.min(most, room) / neurons.length);
    const left = Math.min(most, room) - each * neurons.length;
    Object.assign(edges, { count: 0, total: 0, carried: 0, sum: 0 });
    neurons.forEach((to, at) => {
      const own = select(kernel, a, each + (at === 0 ? left : 0), { to });
      edges.from.set(own.from.subarray(0, own.count), edges.count);
      edges.to.set(own.to.subarray(0, own.count), edges.count);
      edges.value.set(own.value.subarray(0, own.count), edges.count);
      for (const key of /** @type {const} */ (['count', 'total', 'carried', 'sum']))
        edges[key] += own[key];
    });
    edges.share = edges.sum > 0 ? edges.carried / edges.sum : 0;
    return edges;
  };
}

/** @typedef {{source: {first: number, last: number}, first: number, last: number}} Range */

/** A float's bits. @param {number} value */
const bitsOf = (value) => new Uint32Array(Float32Array.of(value).buffer)[0];

/** @param {Kernel} kernel @param {{from?: number, to?: number}} only @returns {Range} */
function rangeOf({ shape: [inputs, units] }, { from, to }) {
  return {
    source: { first: from ?? 0, last: from === undefined ? inputs : from + 1 },
    first: to ?? 0,
    last: to === undefined ? units : to + 1,
  };
}
