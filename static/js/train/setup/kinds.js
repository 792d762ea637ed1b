// The kinds of layers in a recipe: what each reads, how it is called and begins, what of it is set, and where
// it may be added.

/** @import { LayerConfig } from '../types.js' */

/**
 * @typedef {{problem: string, hasMaps: boolean, isRead: boolean}} Place what a layer would join: what is read, and
 * whether there are layers of maps or of steps
 *
 * @typedef {object} Kind
 * @property {'maps' | 'steps' | 'values'} reads
 * @property {string} word that its name begins with
 * @property {'units' | 'filters' | 'rate' | ''} size what it has most of
 * @property {boolean} [hasKernel] of a height and a width
 * @property {boolean} [startsFromZero] if one wants
 * @property {() => Omit<LayerConfig, 'kind' | 'name'>} [begun] as it begins; a kind without is not offered
 * @property {(place: Place) => boolean} [fits]
 */

/** In the order in which they are offered. @type {Record<string, Kind>} */
const KINDS = {
  dense: {
    reads: 'values',
    word: 'hidden',
    size: 'units',
    startsFromZero: true,
    begun: () => ({ units: 16, activation: 'relu' }),
    fits: () => true,
  },
  conv2d: {
    reads: 'maps',
    word: 'conv',
    size: 'filters',
    hasKernel: true,
    startsFromZero: true,
    begun: () => ({ filters: 8, kernel_size: [3, 3], activation: 'relu' }),
    fits: ({ problem, isRead }) => problem === 'digits' && !isRead,
  },
  max_pooling2d: {
    reads: 'maps',
    word: 'pool',
    size: '',
    begun: () => ({ pool_size: [2, 2] }),
    fits: ({ problem, hasMaps, isRead }) => problem === 'digits' && hasMaps && !isRead,
  },
  average_pooling2d: { reads: 'maps', word: 'pool', size: '' },
  dropout: {
    reads: 'values',
    word: 'dropout',
    size: 'rate',
    begun: () => ({ rate: 0.25 }),
    fits: () => true,
  },
  lstm: {
    reads: 'steps',
    word: 'lstm',
    size: 'units',
    begun: () => ({ units: 32 }),
    fits: ({ problem, hasMaps, isRead }) =>
      !isRead && (problem === 'pen' || (problem === 'digits' && !hasMaps)),
  },
  simple_rnn: { reads: 'steps', word: 'simple_rnn', size: 'units' },
};

/** A kind that the page does not offer reads values. @param {string} kind @returns {Kind} */
export const kindOf = (kind) => KINDS[kind] ?? { reads: 'values', word: kind, size: 'units' };

/** The kinds that fit there. @param {Place} place */
export const fitting = (place) => Object.keys(KINDS).filter((kind) => KINDS[kind].fits?.(place));

/** A layer of that kind as it begins. @param {string} kind @returns {LayerConfig} */
export const newLayer = (kind) => ({ kind, name: '', ...kindOf(kind).begun?.() });
