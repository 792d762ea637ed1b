// What can be worked within a step, by its name in the chapter: each comes when a step first has it,
// with what it looks like.

import { loadSheet } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { joined } from '../../page/words.js';
import { persist } from '../../server/persist.js';

/** @import { Quantity } from '../evaluate.js' */
/** @import { Drawing, Neuron, Reading, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Widget } from '../types.js' */

/**
 * @typedef {object} Page
 * @property {() => void} onChange what it has to tell has changed
 * @property {() => State | null} state of the screen beside the chapter
 * @property {() => Drawing | null} start what the step put on the pad
 * @property {() => Record<string, Quantity>} quantities
 * @property {(layer: string) => {units: (number | null)[], layer: number | null} | null} loops how well
 *   units tell loops; null while it comes
 * @property {(digit: number) => Reading | null} meantAs the newest drawing that was meant as a digit
 * @property {() => number[] | null} pixels of what is read, 0 to 1
 * @property {(name: string | null) => void} onPart light a part of the screen besides the step's own
 * @property {(unit: Neuron) => void} onSelect keep a unit of the screen
 * @property {() => number[] | null} meanInk of each pixel, over the test digits
 * @property {(pixel: number | null) => void} onPoint at a pixel of the input, or at nothing any more
 * @property {(drawing: Drawing) => void} onDraw
 * @property {(label: number, times: number) => void} onTeach
 */

/** @param {string} name @param {Page} page @param {Translate} t @param {Numbers} numbers
 * @returns {Promise<Widget>} */
export async function makeWidget(name, page, t, numbers) {
  const load = () => loadWords('widgets');
  const [words] = await Promise.all([
    persist(load, { onStatus: () => {}, isFinal: () => false }),
    loadSheet('widgets'),
  ]);
  return make(name, page, joined(t, words ?? {}), numbers);
}

/** @param {string} name @param {Page} page @param {Translate} t @param {Numbers} numbers
 * @returns {Promise<Widget>} */
async function make(name, page, t, numbers) {
  const label = () => Number(page.quantities().meant?.() ?? -1);
  if (name === 'tiny') return (await import('./tiny.js')).createTiny(page, t, numbers);
  if (name === 'deep') {
    const { createDeep } = await import('./deep.js');
    return createDeep({ ...page, label: () => Math.max(0, label()) }, t, numbers);
  }
  if (name === 'pixels') return (await import('./pixels.js')).createPixels(page, t);
  if (name === 'averages') {
    const { createAverages } = await import('./averages.js');
    const size = (/** @type {number} */ index) =>
      /** @type {number | null} */ (page.quantities().weight_size?.('hidden1', index) ?? null);
    return createAverages(page, size, t, numbers);
  }
  if (name === 'tries') {
    const { createTries } = await import('./tries.js');
    const value = (/** @type {string} */ picture) => {
      const unit = page.state()?.selected;
      const tried = unit && page.quantities().tried?.(unit.layer, unit.index, picture);
      return typeof tried === 'number' ? tried : Number.NaN;
    };
    return createTries(value, t, numbers);
  }
  if (name === 'recalled') {
    const { createRecalled } = await import('./recalled.js');
    const pointed = () => page.state()?.hovered ?? page.state()?.selected ?? null;
    return createRecalled({ recall: page.meantAs, pointed }, t, numbers);
  }
  if (name === 'matrix') return (await import('./matrix/matrix.js')).createMatrix(page, t, numbers);
  if (name === 'lines') return (await import('./matrix/lines.js')).createLines(page, numbers);
  if (name === 'powers') return (await import('./matrix/powers.js')).createPowers(page, t, numbers);
  if (name === 'batch') return (await import('./matrix/batch.js')).createBatch(page, t);
  if (name === 'surprise') return (await import('./curves.js')).createSurprise(page, t, numbers);
  if (name === 'slope') return (await import('./curves.js')).createSlope(page, t);
  if (name === 'squash' || name === 'shift') {
    const { createSquash } = await import('./squash.js');
    return createSquash(page, t, numbers, name === 'shift');
  }
  if (name === 'wall') return (await import('./neurons/wall.js')).createWall(page, t);
  if (name === 'loops') return (await import('./neurons/loops.js')).createLoops(page, t, numbers);
  if (name === 'layers') return (await import('./neurons/loops.js')).createLayers(page, t, numbers);
  if (name === 'digits')
    return (await import('./neurons/digits.js')).createDigits(page, t, numbers);
  if (name === 'strokes')
    return (await import('./neurons/strokes.js')).createStrokes(page, t, numbers);
  const { createTeach } = await import('./teach.js');
  const taken = () => Number(page.quantities().steps_learned?.() ?? 0);
  return createTeach({ onTeach: page.onTeach, label, taken }, t);
}
