// Beside each opening question a small picture of its answer, which moves with the pen where the answer does.

import { pageColors } from '../../page/colors.js';
import { fitCanvas, make, say } from '../../page/dom.js';
import { fullOf, paintKernel } from '../../views/kernels.js';
import { createPixels } from '../figures/pixels.js';
import { followedBy } from '../follow.js';
import { extentOf, fitOf, middles, WHOLE } from '../map/frame.js';
import { paintDots, paintMoving, paintNames } from '../map/paint.js';
import { valueOf } from '../shelf.js';
import { companionKeys, keys, layerAt, layersOf } from '../wants.js';
import { sentence } from '../neurons/sentence.js';
import { UNIT } from './choice.js';

/** @import { Attack, Attribution, ExploreState, MapOf, Placed, Subject } from '../types.js' */
/** @import { Pictures } from '../digits/pictures.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

const DIGIT = 44; // px
const GAP = 8;
const PAD = 14; // px around the map
const DOT = 1.4; // px across

/** @param {Pictures} pictures @param {Translate} t @param {Numbers} numbers */
export function createPreviews(pictures, t, numbers) {
  const wrong = make('canvas', { class: 'preview-digits', 'aria-hidden': 'true' });
  const wrongSaid = make('span', { class: 'small soft', 'data-testid': 'preview-wrong' });
  const weights = make('canvas', { class: 'pixels', 'aria-hidden': 'true' });
  const best = make('canvas', { class: 'preview-digits', 'aria-hidden': 'true' });
  const neuronSaid = make('span', { class: 'small soft', 'data-testid': 'preview-neuron' });
  const map = make('canvas', { class: 'preview-map', 'aria-hidden': 'true' });
  const over = make('canvas', { class: 'preview-map', 'aria-hidden': 'true' });
  const whySeen = createPixels('preview-input', t('seen.title'));
  const why = createPixels('preview-why', t('blame.picture'));
  const fooled = createPixels('preview-fool', t('fool.after'));
  const change = createPixels('preview-change', t('fool.change'));
  const foolSaid = make('span', { class: 'small soft', 'data-testid': 'preview-fooled' });
  /** @param {...(Node | string)} parts */
  const frame = (...parts) => make('span', { class: 'preview' }, ...parts);
  const plain = (/** @type {ReturnType<typeof createPixels>} */ { canvas }) => (
    canvas.setAttribute('aria-hidden', 'true'),
    canvas.removeAttribute('role'),
    canvas.classList.add('pixels-live'),
    canvas
  );
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
    where: frame(make('span', { class: 'preview-field' }, map, over)),
    why: frame(make('span', { class: 'preview-row' }, plain(whySeen), plain(why))),
    fool: frame(make('span', { class: 'preview-row' }, plain(change), plain(fooled)), foolSaid),
  };
  /** @type {unknown[]} */
  let known = [];
  /** @type {unknown[]} */
  let followed = [];

  /** A few digits in a row. @param {HTMLCanvasElement} canvas @param {number[]} list */
  function row(canvas, list) {
    const fits = Math.max(1, Math.floor((canvas.clientWidth + GAP) / (DIGIT + GAP)));
    const context = fitCanvas(canvas, canvas.clientWidth, DIGIT);
    context.clearRect(0, 0, canvas.clientWidth, DIGIT);
    list
      .slice(0, fits)
      .forEach((index, i) => pictures.paint(context, 'test', index, i * (DIGIT + GAP), 0, DIGIT));
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
     * @param {{count: number, first: {index: number, label: number, read: number}[]} | null} mistakes */
    update(state, subject, mistakes) {
      const layer = layersOf(state.model)[0] ?? '';
      const unit = valueOf(state, keys.unit(subject, layer, UNIT));
      /** @type {MapOf | null} */
      const told = valueOf(state, keys.map(subject, layerAt(state.place, state.model), 'pca'));
      const now = [
        mistakes?.first.map(({ index }) => index).join(' '),
        unit,
        told,
        state.theme,
        state.pictures,
        state.weights,
        wrong.clientWidth,
      ];
      if (now.some((each, i) => each !== known[i])) {
        known = now;
        if (mistakes) {
          row(
            wrong,
            mistakes.first.map(({ index }) => index),
          );
          say(
            wrongSaid,
            t('opening.wrong.said', {
              count: numbers.whole(mistakes.count),
              label: mistakes.first[0]?.label ?? '',
              read: mistakes.first[0]?.read ?? '',
            }),
          );
        }
        const kernel = state.weights?.get(`${layer}/W`);
        weights.hidden = !(
          kernel && paintKernel(weights, kernel, UNIT, fullOf(kernel.data), pageColors())
        );
        if (unit) {
          row(
            best,
            unit.top.map((/** @type {{index: number}} */ { index }) => index),
          );
          say(neuronSaid, sentence(unit, t, numbers));
        }
        if (told) paintMap(told);
      }
      const keysNow = companionKeys(state.place, state.model);
      /** @type {[Attribution | null, Attack | null]} */
      const [blamed, attacked] = [
        followedBy(state, 'blamed', keysNow.blamed)?.value ?? null,
        followedBy(state, 'attacked', keysNow.attacked)?.value ?? null,
      ];
      paintOwn(state, told);
      const moved = [blamed, attacked, state.theme];
      if (moved.every((each, i) => each === followed[i])) return;
      followed = moved;
      elements.why.classList.toggle('coming', !blamed);
      elements.fool.classList.toggle('coming', !attacked);
      if (blamed) {
        whySeen.ink(blamed.input.pixels, 255);
        why.signed(blamed.values);
      }
      if (attacked) {
        change.signed(attacked.change, '', Math.max(attacked.largest, 1e-6));
        fooled.ink(attacked.pixels, 1);
        const least = attacked.smallest_epsilon;
        say(
          foolSaid,
          least === null
            ? t('fool.least.none')
            : t('opening.fool.said', { digit: attacked.label, epsilon: numbers.three(least) }),
        );
      }
    },
  };
}
