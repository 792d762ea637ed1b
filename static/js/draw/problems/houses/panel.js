// Houses: eight sliders in place of the pad, real houses of the test set, a price for an answer.

import { make, say } from '../../../page/dom.js';
import { createMeasures } from './measures.js';
import { createPrice } from './price.js';
import { createSliders } from './sliders.js';
import { createChanged } from '../../../state/store.js';

/** @import { FeaturesGiven, State } from '../../../state/types.js' */
/** @import { ProblemPage, ProblemPanel } from '../switch.js' */

const FIRST = 240; // the house that greets: a dear one, of which a straight line says too little

/** @param {ProblemPage} page @returns {ProblemPanel} */
export function createPanel(page) {
  const { input, store, api, onGive, put, history, units, t, numbers, language } = page;
  const measures = createMeasures(t, numbers, language);
  const price = createPrice(page, measures);
  let total = FIRST + 1;
  let before = FIRST;

  /** A house of the test set. @param {number} place @returns {Promise<FeaturesGiven>} */
  async function houseAt(place) {
    const found = await api.testHouse(place);
    total = found.total;
    before = place;
    const [{ index, features, sale_price_usd: target }] = found.houses;
    return { kind: 'features', features, index, target };
  }

  /** Another than the last one. */
  async function another() {
    if (total <= FIRST + 1) await houseAt(FIRST);
    const place = Math.floor(Math.random() * (total - 1));
    return houseAt(place < before ? place : place + 1);
  }

  /** All features at their means, rounded: no house, but what every other is held against.
   * @returns {FeaturesGiven} */
  function average() {
    const features = store.get().model?.features ?? [];
    return {
      kind: 'features',
      features: Object.fromEntries(features.map(({ name, mean }) => [name, Math.round(mean)])),
      index: null,
      target: null,
    };
  }

  /** @param {string} id @param {() => void} act */
  const button = (id, act) => {
    const element = make(
      'button',
      { type: 'button', 'data-testid': `house-${id}`, title: t(`house.${id}.hint`) },
      t(`house.${id}`),
    );
    element.addEventListener('click', act);
    return element;
  };
  const [undo, redo] = [button('undo', history.onUndo), button('redo', history.onRedo)];
  const tools = make(
    'div',
    { class: 'tools house-tools', role: 'group', 'aria-label': t('house.tools') },
    button('real', () => void put(another)),
    button('average', () => onGive(average(), true)),
    undo,
    redo,
  );
  const note = make('p', { class: 'small soft house-note', 'data-testid': 'house-note' });
  input.append(make('h2', { id: 'given-title' }, t('house.title')), tools, note);
  /** @type {ReturnType<typeof createSliders> | null} */
  let sliders = null;

  /** @param {string} name @param {number} value @param {boolean} isSettled */
  function change(name, value, isSettled) {
    const { drawing } = store.get();
    if (drawing.kind !== 'features') return;
    onGive(
      {
        kind: 'features',
        features: { ...drawing.features, [name]: value },
        index: null,
        target: null,
      },
      isSettled,
    );
  }

  /** A link names a house by its place: what it was sold for, and whether it is that one, is looked up.
   * @param {FeaturesGiven} given @param {number} place */
  async function recognise(given, place) {
    const real = await houseAt(place).catch(() => null);
    const now = store.get().drawing;
    if (now !== given) return;
    const isReal =
      real !== null &&
      Object.entries(real.features).every(([name, value]) => given.features[name] === value);
    onGive(isReal ? real : { ...given, index: null }, false);
  }
  /** @type {FeaturesGiven | null} */
  let looked = null;

  const changed = createChanged();

  return {
    first: () => houseAt(FIRST),
    /** @param {State} state */
    update(state) {
      price.update(state);
      const { drawing, model, hovered, canUndo, canRedo } = state;
      if (drawing.kind !== 'features' || !model) return;
      const pointed = hovered?.layer === 'input' ? hovered.index : null;
      if (!changed({ drawing, pointed, canUndo, canRedo })) return;
      if (!sliders) {
        const onPoint = (/** @type {number | null} */ index) =>
          units.onHover(index === null ? null : { layer: 'input', index });
        sliders = createSliders(model.features, { onChange: change, onPoint }, measures, t);
        input.append(sliders.element);
      }
      sliders.show(drawing.features, pointed);
      undo.disabled = !canUndo;
      redo.disabled = !canRedo;
      const { index, target } = drawing;
      say(
        note,
        index !== null && target !== null
          ? t('house.test', { index: numbers.whole(index), total: numbers.whole(total) })
          : t('house.own'),
      );
      if (index !== null && target === null && looked !== drawing) {
        looked = drawing;
        recognise(drawing, index);
      }
    },
    destroy() {
      input.replaceChildren();
      price.destroy();
    },
  };
}
