// One network of a comparison: its answer, the ten bars, every layer as a small picture.

import { createAnswer } from '../../views/answer.js';
import { make, say } from '../../page/dom.js';
import { modelName } from '../../state/names.js';
import { readsText } from '../../views/picker/picker.js';
import { createStrip } from '../../views/strip.js';
import { createChanged } from '../../state/store.js';

/** @import { ModelDescription, Neuron, Reading, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Rival } from './rivals.js' */

/** An answer that is a number, and how far it is from the true one. @param {HTMLElement} container
 * @param {Translate} t @param {Numbers} numbers */
function createAmount(container, t, numbers) {
  const amount = make('p', { class: 'price', 'data-testid': 'compare-price' });
  const off = make('p', { class: 'small soft' });
  container.append(amount, off);
  return {
    /** @param {State} state with this network's reading */
    update({ reading, readOf }) {
      const told = reading?.prediction ?? null;
      const sold = readOf?.kind === 'features' ? readOf.target : null;
      say(amount, told === null ? '–' : numbers.dollars(told));
      amount.dataset.value = told === null ? '' : String(told);
      const by = told === null || sold === null ? 0 : told - sold;
      say(
        off,
        sold === null || told === null
          ? ''
          : t(by < 0 ? 'price.true.below' : 'price.true.above', {
              price: numbers.dollars(sold),
              by: numbers.dollars(Math.abs(by)),
            }),
      );
    },
  };
}

/** The same digit of this network, whose first output may have a name of its own.
 * @param {Pick<ModelDescription, 'layers' | 'outputs'>} model @param {Neuron | null} neuron */
export const ofOwn = ({ layers, outputs }, neuron) =>
  neuron?.layer === 'output'
    ? { ...neuron, layer: layers.at(-outputs.length)?.name ?? neuron.layer }
    : neuron;

/**
 * @param {Rival} rival
 * @param {ModelDescription} model
 * @param {{onPick: (rival: Rival) => void, onHover: (neuron: Neuron | null) => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createCard({ key, id, edits }, model, { onPick, onHover }, t, numbers) {
  const name = modelName(model, t);
  const title = make('h3', {}, edits.length ? t('compare.edited', { name }) : name);
  const open = make(
    'button',
    { type: 'button', class: 'small', 'data-testid': 'compare-open' },
    t('compare.open'),
  );
  open.addEventListener('click', () => onPick({ key, id, edits }));
  const isNumber = model.outputs[0].kind === 'number';
  const about = make(
    'p',
    { class: 'compare-about small soft' },
    make('span', {}, t('compare.parameters', { count: numbers.whole(model.parameters) })),
    make(
      'span',
      {},
      edits.length ? t('compare.changes', { count: edits.length }) : readsText(model, t, numbers),
    ),
  );
  const answer = make('div', { class: 'answer' });
  const bars = make('ul', { class: 'probabilities' });
  const said = isNumber
    ? createAmount(answer, t, numbers)
    : createAnswer(answer, bars, null, t, numbers);
  bars.addEventListener('pointerover', (event) => {
    const index = [...bars.children].findIndex((row) =>
      row.contains(/** @type {Node} */ (event.target)),
    );
    if (index >= 0) onHover({ layer: 'output', index }); // the same digit of every network
  });
  bars.addEventListener('pointerleave', () => onHover(null));
  const strip = createStrip(model, t, numbers);
  const element = make(
    'article',
    {
      class: 'compare-card',
      'data-testid': 'compare-card',
      'data-rival': key,
      'aria-label': title.textContent ?? '',
    },
    make('header', {}, title, open),
    about,
    answer,
    make('div', { class: 'compare-bars' }, bars), // those of further outputs come below them
    strip.element,
  );
  const changed = createChanged();

  return {
    element,
    /** @param {State} state @param {Reading | null} reading */
    update(state, reading) {
      const hovered = ofOwn(model, state.hovered);
      said.update({ ...state, model, reading, hovered, stale: false, row: null });
      if (changed({ ...state, reading }, 'reading', 'theme', 'readOf')) strip.show(reading);
    },
  };
}
