// What a network's further outputs say, below the first's: a line and a bar for each class.

import { loadSheet, make } from '../page/dom.js';
import { answerOf, answering } from '../state/ends.js';
import { className, layerName } from '../state/names.js';
import { createBars } from './answer.js';
import { createQuestion } from './question.js';

/** @import { State, Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { BarEvents } from './answer.js' */

/**
 * What an output says in words: "two loops, 97.6% sure"; empty without an answer.
 * @param {Pick<State, 'reading' | 'held'>} state @param {number} head which output, from 0
 * @param {Translate} t @param {Numbers} numbers
 */
export function furtherWords({ reading, held }, head, t, numbers) {
  const answer = held ? null : answerOf(reading, head);
  if (!answer || answer.prediction === null) return '';
  const sure = numbers.probability(answer.probabilities[answer.prediction]);
  return t(`answer.${answer.layer}.${answer.prediction}`, { sure });
}

/**
 * @param {HTMLElement} before the first output's bars
 * @param {BarEvents & {onAsk: (against: number | null, head?: number) => void} | null} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createFurther(before, events, t, numbers) {
  const box = make('div', { class: 'further', 'data-testid': 'further' });
  before.after(box);
  let made = '';
  /** @type {{bars: ReturnType<typeof createBars>, question: ReturnType<typeof createQuestion> | null}[]} */
  let outputs = [];

  /** @param {NonNullable<State['model']>} model */
  function build(model) {
    made = model.id;
    loadSheet('heads');
    box.replaceChildren();
    outputs = model.layers.slice(1 - model.outputs.length).map(({ name, shape }, i) => {
      const title = make('h3', { class: 'small' }, layerName(name, t));
      const list = make('ul', { class: 'probabilities few', 'aria-label': layerName(name, t) });
      const bars = createBars(list, { count: shape[0], testid: name }, events, t, numbers);
      const classes = Array.from({ length: shape[0] }, (_, index) =>
        className(i + 1, { layer: name, index }, t),
      );
      const question =
        events && createQuestion((against) => events.onAsk(against, i + 1), t, i + 1, classes);
      box.append(title, ...(question ? [question.element] : []), list);
      return { bars, question };
    });
  }

  return {
    /** @param {State} state @returns {string} what they say, in words */
    update(state) {
      const { model, reading, held } = state;
      box.hidden = !model || !(model.outputs?.length > 1);
      if (!model || box.hidden) return '';
      if (made !== model.id) build(model);
      const isOwn = reading?.model === model.id;
      outputs.forEach(({ bars, question }, i) => {
        const unit = held || !isOwn ? null : answering(reading, i + 1);
        bars.show(unit && answerOf(reading, i + 1), unit?.index ?? -1);
        bars.point(state.hovered);
        question?.update(state);
      });
      if (!isOwn) return '';
      return outputs
        .map((_, i) => furtherWords(state, i + 1, t, numbers))
        .filter(Boolean)
        .join(', ');
    },
  };
}
