// What can be worked within a step, by its name in the chapter: each comes when a step first has it,
// with what it looks like.

import { loadSheet } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { joined } from '../../page/words.js';
import { persist } from '../../server/persist.js';

/** @import { Quantity } from '../evaluate.js' */
/** @import { Drawing, Edit, Neuron, Reading, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Widget } from '../types.js' */

/**
 * @typedef {object} Page
 * @property {() => void} onChange what it has to tell has changed
 * @property {() => State | null} state of the screen beside the chapter
 * @property {() => Drawing | null} start what the step put on the pad
 * @property {() => Record<string, Quantity>} quantities
 * @property {(layer: string, model?: string) => import('../numbers/memory.js').Told | null} loops how well units
 *   tell loops, and how often they are on, of the network that is shown or another; null while it comes
 * @property {(digit: number) => Reading | null} meantAs the newest drawing that was meant as a digit
 * @property {() => number[] | null} pixels of what is read, 0 to 1
 * @property {(name: string | null) => void} onPart light a part of the screen besides the step's own
 * @property {(unit: Neuron) => void} onSelect keep a unit of the screen
 * @property {() => number[] | null} meanInk of each pixel, over the test digits
 * @property {(pixel: number | null) => void} onPoint at a pixel of the input, or at nothing any more
 * @property {(drawing: Drawing) => void} onDraw
 * @property {(edits: Edit[]) => Promise<void>} onEdits the network is changed so, and no further
 * @property {(label: number, times: number) => void} onTeach
 */

/** @typedef {(page: Page, t: Translate, numbers: Numbers) => Promise<Widget>} Make */

/** @param {Page} page */
const meant = (page) => Number(page.quantities().meant?.() ?? -1);

/** A neuron that is kept, tried on a picture; NaN while it is on its way. @param {Page} page
 * @returns {(picture: string) => number} */
const tried = (page) => (picture) => {
  const unit = page.state()?.selected;
  const value = unit && page.quantities().tried?.(unit.layer, unit.index, picture);
  return typeof value === 'number' ? value : Number.NaN;
};

const SIGNS = { layer: 'hidden1', index: 15 }; // the neuron whose terms chapter 4 shows
const THRESHOLD = -10; // the bias that chapter 7 speaks of

/** The sheet that a widget needs besides the common one, and how it is made. @type {Record<string, [string | null, Make]>} */
const WIDGETS = {
  tiny: [null, async (...of) => (await import('./tiny.js')).createTiny(...of)],
  deep: [
    null,
    async (page, ...of) =>
      (await import('./deep.js')).createDeep(
        { ...page, label: () => Math.max(0, meant(page)) },
        ...of,
      ),
  ],
  teach: [
    null,
    async (page, t) =>
      (await import('./teach.js')).createTeach(
        {
          onTeach: page.onTeach,
          label: () => meant(page),
          taken: () => Number(page.quantities().steps_learned?.() ?? 0),
        },
        t,
      ),
  ],
  surprise: [null, async (...of) => (await import('./curves.js')).createSurprise(...of)],
  slope: [null, async (page, t) => (await import('./curves.js')).createSlope(page, t)],
  squash: [null, async (...of) => (await import('./squash.js')).createSquash(...of, false)],
  shift: [null, async (...of) => (await import('./squash.js')).createSquash(...of, true)],
  threshold: [
    null,
    async (...of) => (await import('./squash.js')).createSquash(...of, true, THRESHOLD),
  ],
  pixels: ['pictures', async (page, t) => (await import('./pixels.js')).createPixels(page, t)],
  changes: [
    'pictures',
    async (page, t) => (await import('./neurons/changes.js')).createChanges(page, t),
  ],
  averages: [
    'pictures',
    async (page, ...of) =>
      (await import('./products/averages.js')).createAverages(
        page,
        (index) =>
          /** @type {number | null} */ (page.quantities().weight_size?.('hidden1', index) ?? null),
        ...of,
      ),
  ],
  signs: [
    'pictures',
    async (page, t) => (await import('./products/signs.js')).createSigns(page, SIGNS, t),
  ],
  tries: [
    'pictures',
    async (page, ...of) => (await import('./tries.js')).createTries(tried(page), ...of),
  ],
  shuffled: [
    'pictures',
    async (page, t) => (await import('./matrix/shuffled.js')).createShuffled(page, t),
  ],
  recalled: [
    'pictures',
    async (page, ...of) => {
      const pointed = () => page.state()?.hovered ?? page.state()?.selected ?? null;
      const { createRecalled } = await import('./recalled.js');
      return createRecalled({ recall: page.meantAs, pointed }, ...of);
    },
  ],
  matrix: ['matrix', async (...of) => (await import('./matrix/matrix.js')).createMatrix(...of)],
  match: ['match', async (page, t) => (await import('./matrix/match.js')).createMatch(page, t)],
  lines: ['matrix', async (...of) => (await import('./matrix/lines.js')).createLines(...of)],
  powers: ['matrix', async (...of) => (await import('./matrix/powers.js')).createPowers(...of)],
  batch: ['matrix', async (page, t) => (await import('./matrix/batch.js')).createBatch(page, t)],
  race: ['matrix', async (...of) => (await import('./matrix/race.js')).createRace(...of)],
  loops: ['neurons', async (...of) => (await import('./neurons/loops.js')).createLoops(...of)],
  layers: ['neurons', async (...of) => (await import('./neurons/loops.js')).createLayers(...of)],
  asked: ['neurons', async (...of) => (await import('./neurons/asked.js')).createAsked(...of)],
  digits: ['neurons', async (...of) => (await import('./neurons/digits.js')).createDigits(...of)],
  alive: ['neurons', async (...of) => (await import('./neurons/alive.js')).createAlive(...of)],
  lit: ['neurons', async (...of) => (await import('./neurons/alive.js')).createLit(...of)],
  maps: ['kinds', async (page, t) => (await import('./kinds/maps.js')).createMaps(page, t)],
  parts: ['kinds', async (_, t) => (await import('./kinds/parts.js')).createParts(t)],
  rivals: ['neurons', async (...of) => (await import('./neurons/rivals.js')).createRivals(...of)],
  rectify: [null, async (...of) => (await import('./rectify.js')).createRectify(...of)],
  slide: ['kinds', async (...of) => (await import('./kinds/slide.js')).createSlide(...of)],
  sort: ['kinds', async (page, t) => (await import('./kinds/sort.js')).createSort(page, t)],
  loop: ['dials', async (...of) => (await import('./dials/loop.js')).createLoop(...of)],
  sizes: ['dials', async (...of) => (await import('./dials/sizes.js')).createSizes(...of)],
  empties: ['dials', async (...of) => (await import('./dials/empties.js')).createEmpties(...of)],
  counts: ['dials', async (...of) => (await import('./dials/counts.js')).createCounts(...of)],
  luck: ['dials', async (...of) => (await import('./dials/luck.js')).createLuck(...of)],
  strokes: [
    'neurons',
    async (...of) => (await import('./neurons/strokes.js')).createStrokes(...of),
  ],
};

/** @param {string} name @param {Page} page @param {Translate} t @param {Numbers} numbers
 * @returns {Promise<Widget>} */
export async function makeWidget(name, page, t, numbers) {
  const [sheet, make] = WIDGETS[name];
  const [words] = await Promise.all([
    persist(() => loadWords('widgets'), { onStatus: () => {}, isFinal: () => false }),
    loadSheet('widgets'),
    ...(sheet ? [loadSheet(`widgets-${sheet}`)] : []),
  ]);
  return make(page, joined(t, words ?? {}), numbers);
}
