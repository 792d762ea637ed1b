// Beside each opening question a small picture of its answer, which moves with the pen where the answer does.

import { pageColors } from '../../page/colors.js';
import { fitCanvas, make, say } from '../../page/dom.js';
import { fullOf, paintKernel } from '../../views/kernels.js';
import { epsilonWords } from '../figures/amounts.js';
import { createPixels } from '../figures/pixels.js';
import { followedBy } from '../follow.js';
import { amongWords } from '../map/among.js';
import { extentOf, fitOf, middles, WHOLE } from '../map/frame.js';
import { paintDots, paintMoving, paintNames } from '../map/paint.js';
import { valueOf } from '../shelf.js';
import { layerAt, openingUnit } from '../layers.js';
import { companionKeys, keys } from '../wants.js';
import { layerName } from '../../state/names.js';
import { sentence } from '../neurons/sentence.js';
import { isBlank } from '../../state/history.js';
import { createChanged } from '../../state/store.js';

/** @import { Attack, Attribution, ExploreState, MapOf, Placed, Subject, UnitPage } from '../types.js' */
/** @import { Pictures } from '../digits/pictures.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @typedef {ReturnType<typeof import('./choice.js').surest>} Surest */

const DIGIT = 44; // px
const GAP = 8;
const PAD = 14; // px around the map
const DOT = 1.4; // px across

/** @param {Pictures} pictures @param {Translate} t @param {Numbers} numbers */
export function createPreviews(pictures, t, numbers) {
  const wrong = make('canvas', { class: 'preview-digits two', 'aria-hidden': 'true' });
  const wrongSaid = make('span', { class: 'small soft', 'data-testid': 'preview-wrong' });
  const weights = make('canvas', { class: 'pixels', 'aria-hidden': 'true' });
  const best = make('canvas', { class: 'preview-digits', 'aria-hidden': 'true' });
  const neuronSaid = make('span', { class: 'small soft', 'data-testid': 'preview-neuron' });
  const map = make('canvas', { class: 'preview-map', 'aria-hidden': 'true' });
  const over = make('canvas', { class: 'preview-map', 'aria-hidden': 'true' });
  const mapSaid = make('span', { class: 'small soft' });
  const amongSaid = make('span', {
    class: 'preview-among small soft',
    'data-no-terms': true,
    'data-testid': 'preview-among',
  });
  const whySeen = createPixels('preview-input', t('seen.title'));
  const why = createPixels('preview-why', t('blame.picture'));
  const fooled = createPixels('preview-fool', t('fool.after'));
  const change = createPixels('preview-change', t('fool.change'));
  const whySaid = make('span', { class: 'small soft', 'data-testid': 'preview-blamed' });
  const foolSaid = make('span', { class: 'small soft', 'data-testid': 'preview-fooled' });
  /** @param {...(Node | string)} parts */
  const frame = (...parts) => make('span', { class: 'preview' }, ...parts);
  const plain = (/** @type {ReturnType<typeof createPixels>} */ { canvas }) => (
    canvas.setAttribute('aria-hidden', 'true'), canvas.removeAttribute('role'), canvas
  );
  const pairs = {
    why: make('span', { class: 'preview-pair' }, plain(whySeen), plain(why)),
    fool: make('span', { class: 'preview-pair' }, plain(change), plain(fooled)),
  };
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
    where: frame(make('span', { class: 'preview-field' }, mapSaid, map, over), amongSaid),
    why: frame(pairs.why, whySaid),
    fool: frame(pairs.fool, foolSaid),
  };
  const changed = createChanged();
  const moved = createChanged();

  /** A few digits, in as many rows as there is room for. @param {HTMLCanvasElement} canvas @param {number[]} list */
  function digits(canvas, list) {
    const step = DIGIT + GAP;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const [columns, rows] = [width, height].map((room) =>
      Math.max(1, Math.floor((room + GAP) / step)),
    );
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
      doubted: numbers.whole(disputed),
    });
  }

  /** @param {MapOf} told */
  function paintMap({ points, labels, indices }) {
    const [width, height] = [map.clientWidth, map.clientHeight];
    if (!width) return;
    const fit = fitOf(extentOf(points), width, height, WHOLE, PAD);
    const context = fitCanvas(map, width, height);
    paintDots(context, { points, labels, indices, wrong: null }, fit, map.width / width, DOT);
    paintNames(context, middles(points, labels), fit);
  }

  /** @param {ExploreState} state @param {MapOf | null} told */
  function paintOwn(state, told) {
    /** @type {Placed | null} */
    const placed =
      followedBy(state, 'placed', companionKeys(state.place, state.model).placed)?.value ?? null;
    const layer = layerName(layerAt(state.place, state.model), t);
    const isEmpty = isBlank(state.drawing);
    if (isEmpty) say(amongSaid, t('blame.blank'));
    else if (placed) say(amongSaid, amongWords(placed.neighbours, layer, t));
    amongSaid.classList.toggle('coming', !placed && !isEmpty);
    const [width, height] = [over.clientWidth, over.clientHeight];
    if (!width || !told) return;
    const context = fitCanvas(over, width, height);
    context.clearRect(0, 0, width, height);
    paintMoving(
      context,
      { own: placed?.point ?? null, trail: [], near: [], pointed: null },
      fitOf(extentOf(told.points), width, height, WHOLE, PAD),
    );
  }

  return {
    elements,
    /** @param {ExploreState} state @param {Subject} subject
     * @param {Surest | null} mistakes */
    update(state, subject, mistakes) {
      const { layer, unit } = openingUnit(state.model);
      const asked = {
        said: keys.predictions(subject, 'test'),
        unit: keys.unit(subject, layer, unit),
        map: keys.map(subject, layerAt(state.place, state.model), 'pca'),
      };
      /** @type {[UnitPage | null, MapOf | null]} */
      const [page, begun] = [valueOf(state, asked.unit), valueOf(state, asked.map)];
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
        map.clientWidth,
        map.clientHeight,
      ];
      if (changed(now)) {
        digits(wrong, mistakes?.first.map(({ index }) => index) ?? []);
        say(wrongSaid, mistakes ? wrongWords(mistakes) : waitingWords(state, asked.said));
        const kernel = state.weights?.get(`${layer}/W`);
        weights.hidden = !(
          kernel && paintKernel(weights, kernel, unit, fullOf(kernel.data), pageColors())
        );
        digits(best, page?.top.map(({ index }) => index) ?? []);
        say(neuronSaid, page ? sentence(page, t, numbers) : waitingWords(state, asked.unit));
        say(mapSaid, told ? '' : waitingWords(state, asked.map));
        map.hidden = over.hidden = !told;
        if (told) paintMap(told);
      }
      const keysNow = companionKeys(state.place, state.model);
      /** @type {[Attribution | null, Attack | null]} */
      const [blamed, attacked] = [
        followedBy(state, 'blamed', keysNow.blamed)?.value ?? null,
        followedBy(state, 'attacked', keysNow.attacked)?.value ?? null,
      ];
      paintOwn(state, told);
      const isEmpty = isBlank(state.drawing);
      if (!moved({ blamed, attacked, isEmpty, theme: state.theme })) return;
      pairs.why.classList.toggle('coming', !blamed);
      pairs.fool.classList.toggle('coming', !attacked);
      whySaid.classList.toggle('coming', !blamed && !isEmpty);
      foolSaid.classList.toggle('coming', !attacked && !isEmpty);
      if (isEmpty) for (const each of [whySaid, foolSaid]) say(each, t('blame.blank'));
      if (blamed) {
        whySeen.ink(blamed.input.pixels, 255);
        why.signed(blamed.values);
        const { output, random_similarity: alike } = blamed;
        say(
          whySaid,
          alike === null
            ? t('blame.alike.none')
            : t('opening.why.said', { digit: output, alike: numbers.two(alike) }),
        );
      }
      if (attacked) {
        const least = attacked.smallest_epsilon;
        change.signed(attacked.change);
        fooled.ink(attacked.pixels, 1);
        say(
          foolSaid,
          least === null
            ? t('fool.least.none')
            : t('opening.fool.said', {
                digit: attacked.label,
                epsilon: epsilonWords(least, numbers),
              }),
        );
      }
    },
  };
}
