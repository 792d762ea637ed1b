// One network of a comparison: its answer, the ten bars, every layer as a small picture.

import { createAnswer } from '../answer.js';
import { make } from '../dom.js';
import { createPicture, squareOf } from '../inspector/pictures.js';
import { layerName, modelName, shortLayerName } from '../names.js';
import { isMaps, isPictured, isSteps } from '../units.js';

/** @import { LayerDescription, ModelDescription, Reading, State, Translate } from '../types.js' */
/** @import { Numbers } from '../words.js' */
/** @import { Rival } from './rivals.js' */

/** How a layer's values lie. @param {LayerDescription} layer */
function cellsOf({ shape }) {
  if (isMaps({ shape })) return { rows: shape[0], columns: shape[1], maps: shape[2] };
  if (isSteps({ shape })) return { rows: shape[0], columns: shape[1], maps: 1 };
  return squareOf(shape[0]);
}

/**
 * @param {Rival} rival
 * @param {ModelDescription} model
 * @param {{onPick: (rival: Rival) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createCard({ key, id, edits }, model, { onPick }, t, numbers) {
  const name = modelName(model, t);
  const title = make('h3', {}, edits.length ? t('compare.edited', { name }) : name);
  const open = make('button', { type: 'button', class: 'small', 'data-testid': 'compare-open' }, t('compare.open'));
  open.addEventListener('click', () => onPick({ key, id, edits }));
  const about = make('p', { class: 'small soft' }, edits.length ? t('compare.changes', { count: edits.length }) : t('picker.reads.saved', { test: numbers.percent(model.accuracy.mnist_test) }));
  const answer = make('div', { class: 'answer' });
  const bars = make('ul', { class: 'probabilities' });
  const said = createAnswer(answer, bars, { onHover: () => {}, onKeep: () => {} }, t, numbers);
  const layers = model.layers.slice(0, -1).filter(isPictured).map((layer) => {
    const picture = createPicture('compare-layer', () => {});
    picture.element.dataset.layer = layer.name;
    return { layer, picture };
  });
  const strip = make('div', { class: 'compare-layers' }, ...layers.map(({ picture }) => picture.element));
  const element = make(
    'article',
    { class: 'compare-card', 'data-testid': 'compare-card', 'data-rival': key, 'aria-label': title.textContent ?? '' },
    make('header', {}, title, open),
    about,
    answer,
    bars,
    strip,
  );
  /** @type {unknown[]} */
  let shown = [];

  return {
    element,
    /** @param {State} state @param {Reading | null} reading */
    update(state, reading) {
      const now = [reading, state.theme, state.readOf];
      if (shown.length && now.every((value, i) => value === shown[i])) return;
      shown = now;
      said.update({ ...state, reading, stale: false, hovered: null, row: null });
      for (const { layer, picture } of layers) {
        const a = reading?.layers.find((each) => each.name === layer.name)?.a;
        const cells = cellsOf(layer);
        const values = a ?? new Float32Array(layer.shape.reduce((product, length) => product * length, 1));
        const { exposure } = layer;
        picture.show(
          values,
          cells,
          (value, colors) => (isSteps(layer) ? colors.stateWord(value, exposure) : colors.activationWord(value, exposure)),
          shortLayerName(layer.name, t),
          null,
        );
        picture.canvas.setAttribute('aria-label', layerName(layer.name, t));
      }
    },
  };
}
