// The same drawing through two to five networks, side by side; edited ones are networks, too.

import { make, say } from '../../page/dom.js';
import { modelName } from '../../state/names.js';
import { createCard } from './card.js';
import { FEWEST, MOST, chosen, createReadings, rivalsOf } from './rivals.js';

/** @import { Drawing, Edit, ModelDescription, Neuron, Reading, State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Rival } from './rivals.js' */
/** @import { Status } from '../../server/follower.js' */

/**
 * @typedef {object} Page
 * @property {(id: string) => Promise<ModelDescription>} model
 * @property {(id: string, drawing: Drawing, center: boolean, edits: Edit[], signal: AbortSignal) => Promise<Reading>} read
 * @property {(status: Status, detail?: string) => void} tell
 * @property {(error: Error) => boolean} isRefusal
 * @property {(compared: string[]) => void} onCompared
 * @property {(id: string) => void} onPick
 * @property {(neuron: Neuron | null) => void} onHover a digit's bar is pointed at
 * @property {() => void} onClose
 * @property {() => void} onReading something is to be shown anew
 */

/** How many say what: "3 read 7, 2 read 1". @param {(number | null)[]} answers */
export function votes(answers) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const answer of answers)
    if (answer !== null) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return [...counts].sort(([a, m], [b, n]) => n - m || a - b);
}

/** Why a network cannot be ticked, or not be left out. @param {boolean} checked @param {Translate} t */
const whyNot = (checked, t) =>
  checked ? t('compare.least', { fewest: FEWEST }) : t('compare.most', { most: MOST });

/**
 * @param {HTMLElement} container
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createCompare(container, page, t, numbers) {
  const back = make(
    'button',
    { type: 'button', id: 'compare-close', 'data-testid': 'compare-close' },
    t('inspector.back'),
  );
  const agreed = make('p', {
    class: 'compare-agreed',
    role: 'status',
    'data-testid': 'compare-agreed',
  });
  const choice = make(
    'fieldset',
    { class: 'compare-choice' },
    make('legend', { class: 'small soft' }, t('compare.choose', { fewest: FEWEST, most: MOST })),
  );
  const boxes = make('div', { class: 'compare-boxes' });
  choice.append(boxes);
  const cards = make('div', { class: 'compare-cards' });
  container.append(make('div', { class: 'inspector-head' }, back, agreed), choice, cards);
  back.addEventListener('click', page.onClose);
  const readings = createReadings(page.read, page.onReading, page.tell, page.isRefusal);
  /** @type {Map<string, ModelDescription>} */
  const models = new Map();
  /** @type {Map<string, {edits: Edit[], card: ReturnType<typeof createCard>}>} */
  const made = new Map();
  let offered = '';

  /** Networks to tick; what would leave too few or too many cannot be. @param {State} state
   * @param {Rival[]} now */
  function offer(state, now) {
    const all = rivalsOf(state);
    const key = JSON.stringify([all.map((rival) => rival.key), now.map((rival) => rival.key)]);
    if (key === offered) return;
    offered = key;
    const focused = /** @type {HTMLInputElement | null} */ (boxes.querySelector(':focus'))?.value;
    boxes.replaceChildren(
      ...all.map(({ key: value, id, edits }) => {
        const checked = now.some((rival) => rival.key === value);
        const disabled = checked ? now.length <= FEWEST : now.length >= MOST;
        const box = make('input', {
          type: 'checkbox',
          value,
          checked,
          disabled,
          'data-testid': `compare-${value}`,
        });
        box.addEventListener('change', () => {
          const keys = now.map((rival) => rival.key).filter((each) => each !== value);
          page.onCompared(box.checked ? [...keys, value] : keys);
        });
        const summary = [...state.models, state.model].find((model) => model?.id === id);
        const name = summary ? modelName(summary, t) : id;
        return make(
          'label',
          { class: 'check', ...(disabled ? { title: whyNot(checked, t) } : {}) },
          box,
          make('span', {}, edits.length ? t('compare.edited', { name }) : name),
        );
      }),
    );
    if (focused)
      /** @type {HTMLElement | null} */ (
        boxes.querySelector(`[value="${CSS.escape(focused)}"]`)
      )?.focus();
  }

  /** A network's card, once its description is here. @param {Rival} rival */
  function cardOf(rival) {
    const found = made.get(rival.key);
    if (found?.edits === rival.edits) return found.card;
    const model = models.get(rival.id);
    if (!model) {
      page.model(rival.id).then((description) => {
        models.set(rival.id, description);
        page.onReading();
      }, page.onReading);
      return null;
    }
    const card = createCard(
      rival,
      model,
      { onPick: ({ id }) => page.onPick(id), onHover: page.onHover },
      t,
      numbers,
    );
    made.set(rival.key, { edits: rival.edits, card });
    return card;
  }

  /** @param {(Reading | null)[]} all */
  function sayAgreement(all) {
    const amounts = all.flatMap((reading) =>
      reading && !reading.probabilities && reading.prediction !== null ? [reading.prediction] : [],
    );
    if (amounts.length)
      return say(
        agreed,
        t('compare.range', {
          least: numbers.dollars(Math.min(...amounts)),
          most: numbers.dollars(Math.max(...amounts)),
        }),
      );
    const counts = votes(all.map((reading) => reading?.prediction ?? null));
    if (!counts.length) return say(agreed, '');
    const [[digit, count]] = counts;
    if (counts.length === 1 && count === all.length) {
      return say(agreed, t(count === 2 ? 'compare.both' : 'compare.all', { count, digit }));
    }
    const said = counts.map(([each, n]) =>
      t(n === 1 ? 'compare.one' : 'compare.some', { count: n, digit: each }),
    );
    say(agreed, said.join(', '));
  }

  let open = false;

  return {
    /** @param {State} state */
    update(state) {
      if (!state.comparing) {
        if (open) readings.forget();
        open = false;
        return;
      }
      open = true;
      const now = chosen(state);
      offer(state, now);
      const all = now.map((rival) => readings.of(rival, state));
      const elements = now.map((rival, i) => {
        const card = cardOf(rival);
        card?.update(state, all[i]);
        return card?.element;
      });
      const present = elements.filter((element) => element !== undefined);
      if (
        present.length !== cards.children.length ||
        present.some((element, i) => cards.children[i] !== element)
      ) {
        cards.replaceChildren(...present);
      }
      cards.style.setProperty('--count', String(now.length));
      sayAgreement(all);
    },
    destroy() {
      readings.forget();
      container.replaceChildren();
    },
  };
}
