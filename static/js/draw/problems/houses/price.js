// The answer: a house's price, what it was sold for, what the other network says; and which of its
// features make it dearer or cheaper than the average house.

import { make, say } from '../../../page/dom.js';
import { answer, denseLayers, partsOf } from './dense.js';
import { inputOf } from '../../../state/ends.js';
import { modelName } from '../../../state/names.js';
import { createChanged } from '../../../state/store.js';

/** @import { FeaturesGiven, ModelDescription, State, Weights } from '../../../state/types.js' */
/** @import { ProblemPage } from '../switch.js' */
/** @import { Measures } from './measures.js' */

const SMALL = 0.02; // of the price: a part below is no reason
const TOLD = 2; // reasons in the sentence

/**
 * What a network makes of a row, worked out here: its price, that of the average row, each input's part.
 * @param {ModelDescription | null} model @param {Weights | null} weights @param {ArrayLike<number>} x
 */
function pricedBy(model, weights, x) {
  const layers = denseLayers(model, weights);
  const output = model?.outputs[0];
  if (!layers || output?.kind !== 'number') return null;
  const { mean = 0, sd = 1 } = output;
  const average = Float64Array.from(x, () => 0);
  return {
    price: mean + sd * answer(layers, x),
    average: mean + sd * answer(layers, average),
    parts: partsOf(layers, x).map((part) => sd * part),
  };
}

/**
 * Why it costs what it costs: the largest parts on the side that wins, then the largest against it.
 * @param {{price: number, average: number, parts: ArrayLike<number>}} priced
 * @returns {{isDear: boolean, reasons: number[], against: number | null}} places of features
 */
function reasonsOf({ price, average, parts }) {
  const isDear = price >= average;
  const places = Array.from(parts, (_, i) => i).sort(
    (i, j) => Math.abs(parts[j]) - Math.abs(parts[i]),
  );
  const large = places.filter((i) => Math.abs(parts[i]) >= SMALL * Math.abs(price));
  const reasons = large.filter((i) => parts[i] > 0 === isDear).slice(0, TOLD);
  return { isDear, reasons, against: large.find((i) => parts[i] > 0 !== isDear) ?? null };
}

/** The other networks of a problem, each asked for once.
 * @param {ProblemPage['api']} api @param {() => void} onArrive */
function createOthers(api, onArrive) {
  /** @type {Map<string, {model: ModelDescription, weights: Weights} | null>} */
  const others = new Map();
  let arrived = 0;

  /** Another network of the problem, as it was learned. @param {State} state */
  function of({ models, model }) {
    const id = models.find(
      ({ problem, id: each, saved }) => problem === model?.problem && each !== model.id && !saved,
    )?.id;
    if (id === undefined) return null;
    const known = others.get(id);
    if (known !== undefined) return known;
    others.set(id, null);
    api
      .model(id)
      .then(async (description) =>
        others.set(id, { model: description, weights: await api.weights(description.weights.url) }),
      )
      .then(
        () => {
          arrived += 1;
          onArrive();
        },
        () => others.delete(id), // asked for again with the next reading
      );
    return null;
  }

  return { of, arrived: () => arrived };
}

/**
 * @param {ProblemPage} page
 * @param {Measures} measures
 */
export function createPrice({ answer: container, api, store, units, t }, measures) {
  const price = make('p', { class: 'price', 'data-testid': 'price' });
  const truth = make('p', { class: 'price-true', 'data-testid': 'price-true' });
  const other = make('p', { class: 'price-other small', 'data-testid': 'price-other' });
  const why = make('p', { class: 'price-why', 'data-testid': 'price-why' });
  const list = make('ol', { class: 'price-parts', 'data-testid': 'price-parts' });
  const sum = make('p', { class: 'price-sum small', 'data-testid': 'price-sum' });
  const how = make(
    'details',
    { class: 'small soft price-how' },
    make('summary', {}, t('price.how')),
    make('p', {}, t('price.how.about')),
  );
  container.append(price, truth, other, why, list, sum, how);
  /** @type {Record<string, HTMLElement>} */
  const rows = {};
  const others = createOthers(api, () => store.set({}));
  const changed = createChanged();

  /** @param {string} name @param {number} index */
  function rowOf(name, index) {
    const bar = make('span', { class: 'part-fill' });
    const amount = make('span', { class: 'part-amount' });
    const go = make('button', { type: 'button', class: 'part-name' }, t(`feature.${name}`));
    const neuron = { layer: 'input', index };
    const row = make(
      'li',
      { class: 'part-row', 'data-testid': `price-part-${name}` },
      go,
      make('span', { class: 'part-track' }, bar),
      amount,
    );
    for (const event of ['pointerenter', 'focusin'])
      row.addEventListener(event, () => units.onHover(neuron));
    for (const event of ['pointerleave', 'focusout'])
      row.addEventListener(event, () => units.onHover(null));
    row.addEventListener('click', () => units.onGo(neuron));
    return row;
  }

  /** @param {State} state @param {NonNullable<ReturnType<typeof pricedBy>>} priced @param {Record<string, number>} features */
  function showParts({ model }, priced, features) {
    const { parts } = priced;
    const names = (model?.features ?? []).map(({ name }) => name);
    const order = names.map((_, i) => i).sort((i, j) => Math.abs(parts[j]) - Math.abs(parts[i]));
    const most = Math.max(...Array.from(parts, Math.abs), 1);
    const elements = order.map((i) => {
      const row = (rows[names[i]] ??= rowOf(names[i], i));
      const [, track, amount] = /** @type {HTMLElement[]} */ ([...row.children]);
      const fill = /** @type {HTMLElement} */ (track.firstElementChild);
      const share = Math.abs(parts[i]) / most;
      row.className = `part-row ${parts[i] < 0 ? 'lowers' : 'raises'}`;
      fill.style.width = `${50 * share}%`;
      row.dataset.value = String(parts[i]);
      say(amount, measures.change(parts[i]));
      return row;
    });
    if (elements.some((element, at) => list.children[at] !== element))
      list.replaceChildren(...elements);
    const { isDear, reasons, against } = reasonsOf(priced);
    /** @param {number} i */
    const reason = (i) =>
      t('price.reason', {
        name: t(`feature.${names[i]}`),
        value: measures.short(names[i], features[names[i]]),
        change: measures.change(parts[i]),
      });
    const told = reasons.map(reason).join(t('price.and'));
    const main = !reasons.length
      ? t('price.why.none')
      : t(isDear ? 'price.why.dear' : 'price.why.cheap', { reasons: told });
    say(
      why,
      against === null
        ? main
        : `${main} ${t(isDear ? 'price.against.lowers' : 'price.against.raises', { reason: reason(against) })}`,
    );
    say(
      sum,
      t('price.sum', {
        average: measures.price(priced.average),
        parts: measures.change(priced.price - priced.average),
        price: measures.price(priced.price),
      }),
    );
  }

  /** @param {State} state @param {FeaturesGiven | null} given @param {number} told */
  function showTruth(state, given, told) {
    const sold = given?.target ?? null;
    const by = sold === null ? 0 : told - sold;
    say(
      truth,
      sold === null
        ? t('price.own')
        : t(by < 0 ? 'price.true.below' : 'price.true.above', {
            price: measures.price(sold),
            by: measures.price(Math.abs(by)),
          }),
    );
    truth.dataset.value = sold === null ? '' : String(sold);
    const rival = others.of(state);
    const priced =
      rival && state.reading && pricedBy(rival.model, rival.weights, inputOf(state.reading));
    other.dataset.value = priced ? String(priced.price) : '';
    say(
      other,
      !rival || !priced
        ? ''
        : t('price.other', {
            name: modelName(rival.model, t),
            price: measures.price(priced.price),
          }),
    );
  }

  return {
    /** @param {State} state */
    update(state) {
      const { reading, weights, model, readOf, held, stale } = state;
      container.classList.toggle('stale', stale);
      const { models } = state;
      if (
        !changed({
          reading,
          weights,
          readOf,
          isHeld: held !== null,
          models,
          arrived: others.arrived(),
        })
      )
        return;
      const told = held ? null : (reading?.prediction ?? null);
      const given = readOf?.kind === 'features' ? readOf : null;
      say(price, told === null ? '–' : measures.price(told));
      price.dataset.value = told === null ? '' : String(told);
      const priced = reading && told !== null ? pricedBy(model, weights, inputOf(reading)) : null;
      for (const element of [truth, other, why, list, sum, how])
        element.classList.toggle('unknown', !priced);
      if (told === null) say(truth, t(held ? 'answer.held' : 'price.reading'));
      if (!priced || !given || told === null) return;
      showTruth(state, given, told);
      showParts(state, priced, given.features);
    },
    destroy: () => container.replaceChildren(),
  };
}
