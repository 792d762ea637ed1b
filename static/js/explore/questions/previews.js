// Beside each opening question a small picture of its answer, which moves with the pen where the answer does.

import { pageColors } from '../../page/colors.js';
import { fitCanvas, make, say } from '../../page/dom.js';
import { fullOf, paintKernel } from '../../views/kernels.js';
import { valueOf } from '../shelf.js';
import { layerAt, openingUnit } from '../layers.js';
import { keys, silenced } from '../wants.js';
import { mostLost } from '../neurons/lost.js';
import { cardWords } from '../neurons/lead.js';
import { createChanged } from '../../state/store.js';
import { createReasons } from './reasons.js';
import { createWhere } from './where.js';

/** @import { Confusion, ExploreState, MapOf, Subject, UnitPage } from '../types.js' */
/** @import { Pictures } from '../digits/pictures.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @typedef {ReturnType<typeof import('./choice.js').surest>} Surest */

const DIGIT = 44; // px
const GAP = 8;

/** Columns and rows of digits. @param {number} width @param {number} height px */
const roomFor = (width, height) =>
  [width, height].map((room) => Math.max(1, Math.floor((room + GAP) / (DIGIT + GAP))));

/** Which of the digits lies at a place; null for none. @param {number} x @param {number} y
 * @param {number} width @param {number} height px @param {number} count of digits */
export function digitAt(x, y, width, height, count) {
  const [columns, rows] = roomFor(width, height);
  const [column, row] = [x, y].map((each) => Math.floor(each / (DIGIT + GAP)));
  if (x < 0 || y < 0 || column >= columns || row >= rows) return null;
  const at = row * columns + column;
  return at < count ? at : null;
}

/** @param {Pictures} pictures @param {Translate} t @param {Numbers} numbers */
export function createPreviews(pictures, t, numbers) {
  const wrong = make('canvas', { class: 'preview-digits two', 'aria-hidden': 'true' });
  const wrongSaid = make('span', { class: 'small soft', 'data-testid': 'preview-wrong' });
  const weights = make('canvas', { class: 'pixels', 'aria-hidden': 'true' });
  const best = make('canvas', { class: 'preview-digits', 'aria-hidden': 'true' });
  const neuronSaid = make('span', { class: 'small soft', 'data-testid': 'preview-neuron' });
  const where = createWhere(t);
  const reasons = createReasons(t, numbers);
  /** @param {...(Node | string)} parts */
  const frame = (...parts) => make('span', { class: 'preview' }, ...parts);
  /** @type {Record<string, HTMLElement>} */
  const elements = {
    wrong: frame(wrong, wrongSaid),
    neuron: frame(
      make(
        'span',
        { class: 'preview-row' },
        weights,
        make('span', { class: 'preview-beside' }, best, neuronSaid),
      ),
    ),
    where: where.element,
    ...reasons.elements,
  };
  const changed = createChanged();

  /** A few digits, in as many rows as there is room for. @param {HTMLCanvasElement} canvas @param {number[]} list */
  function digits(canvas, list) {
    const step = DIGIT + GAP;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const [columns, rows] = roomFor(width, height);
    const context = fitCanvas(canvas, width, height);
    context.clearRect(0, 0, width, height);
    list.slice(0, columns * rows).forEach((index, i) => {
      const [x, y] = [step * (i % columns), step * Math.floor(i / columns)];
      pictures.paint(context, 'test', index, x, y, DIGIT);
    });
  }

  /** What stands where an answer is still to come. @param {ExploreState} state @param {string} key */
  function waitingWords({ loaded }, key) {
    const { state, problem } = loaded[key] ?? { state: 'loading', problem: '' };
    if (state === 'lost' || state === 'gone') return t(`waiting.${state}`);
    if (state !== 'failed') return t('waiting.loading');
    return t('waiting.failed', { problem: problem || t('waiting.silent') });
  }

  /** @param {Surest} mistakes */
  function wrongWords({ count, disputed }) {
    if (!count) return t('opening.wrong.none');
    return t('opening.wrong.said', {
      count: numbers.whole(count),
      own: numbers.whole(count - disputed),
      doubted: numbers.whole(disputed),
    });
  }

  let mistakesShown = 0;

  return {
    elements,
    /** The place of the mistake that is clicked; null for none. @param {MouseEvent} event */
    mistakeAt({ clientX, clientY }) {
      const { left, top, width, height } = wrong.getBoundingClientRect();
      return digitAt(clientX - left, clientY - top, width, height, mistakesShown);
    },
    /** @param {ExploreState} state @param {Subject} subject
     * @param {Surest | null} mistakes */
    update(state, subject, mistakes) {
      const { layer, unit } = openingUnit(state.model);
      const asked = {
        said: keys.predictions(subject, 'test'),
        unit: keys.unit(subject, layer, unit),
        map: keys.map(subject, layerAt(state.place, state.model), 'pca'),
        with: keys.confusion(subject),
        without: keys.confusion(silenced(subject, layer, unit)),
      };
      /** @type {[UnitPage | null, MapOf | null]} */
      const [page, begun] = [valueOf(state, asked.unit), valueOf(state, asked.map)];
      /** @type {[Confusion | null, Confusion | null]} */
      const [on, off] = [valueOf(state, asked.with), valueOf(state, asked.without)];
      const told = begun?.points.length ? begun : null; // none while the layer is read
      const now = [
        mistakes?.first.map(({ index }) => index).join(' '),
        ...Object.values(asked).map((key) => state.loaded[key]?.state),
        page,
        told,
        state.theme,
        state.pictures,
        state.weights,
        wrong.clientWidth,
        ...where.size(),
      ];
      mistakesShown = mistakes?.first.length ?? 0;
      if (changed(now)) {
        digits(wrong, mistakes?.first.map(({ index }) => index) ?? []);
        say(wrongSaid, mistakes ? wrongWords(mistakes) : waitingWords(state, asked.said));
        const kernel = state.weights?.get(`${layer}/W`);
        weights.hidden = !(
          kernel && paintKernel(weights, kernel, unit, fullOf(kernel.data), pageColors())
        );
        digits(best, page?.top.map(({ index }) => index) ?? []);
        const lost = on && off ? mostLost(on, off) : undefined;
        say(
          neuronSaid,
          page ? cardWords(page, { kernel, unit }, lost, t) : waitingWords(state, asked.unit),
        );
        where.show(told, waitingWords(state, asked.map));
      }
      where.follow(state, told);
      reasons.update(state);
    },
  };
}
