// The page opens with questions. Each has a picture of its answer, made of this network and the drawing on
// the pad, and leads to the view that answers it, set up on something worth seeing.

import { make, say } from '../../page/dom.js';
import { layerName } from '../../state/names.js';
import { openingUnit, unitName } from '../layers.js';
import { toFragment } from '../place.js';
import { surest } from './choice.js';
import { createPreviews } from './previews.js';
import { subjectOf } from '../subject.js';
import { valueOf } from '../shelf.js';
import { keys } from '../wants.js';

/** @import { ExploreState, ViewName } from '../types.js' */
/** @import { Create } from '../rooms.js' */

/** Those about the drawing come first, where they are seen beside the pad.
 * @type {{name: string, view: ViewName, isTold?: boolean}[]} `isTold`: its picture is introduced */
const QUESTIONS = [
  { name: 'why', view: 'why' },
  { name: 'where', view: 'map' },
  { name: 'fool', view: 'fool' },
  { name: 'wrong', view: 'mistakes', isTold: true },
  { name: 'neuron', view: 'neurons', isTold: true },
];

/** @type {Create} */
export function create(container, page, t, numbers) {
  const previews = createPreviews(page.pictures, t, numbers);
  const cards = QUESTIONS.map(({ name, view, isTold }) => {
    const title = make('strong', { class: 'question-title', 'data-no-terms': true });
    const about = isTold
      ? [make('span', { class: 'question-about soft small' }, t(`opening.about.${name}`))]
      : [];
    const link = make(
      'a',
      { class: 'question', href: `#view=${view}`, 'data-testid': `question-${name}` },
      make('span', { class: 'question-words' }, title, ...about),
      previews.elements[name],
    );
    if (view === 'mistakes')
      link.addEventListener('click', (event) => {
        const at = previews.mistakeAt(event); // that very digit is opened, of the same order
        if (at !== null) link.hash = `${link.hash}&at=${at}`;
      });
    return { name, view, title, link };
  });
  container.append(
    make(
      'header',
      { class: 'room-head opening' },
      make('h2', { class: 'room-question' }, t('question.questions')),
      make('p', { class: 'room-about soft' }, t('about.questions')),
    ),
    make('ol', { class: 'questions' }, ...cards.map(({ link }) => make('li', {}, link))),
  );

  /** What each view is set up on. @param {ExploreState} state @param {ViewName} view @returns {Record<string, string>} */
  function setUp(state, view) {
    const { layer, unit } = openingUnit(state.model);
    if (view === 'neurons') return { layer, unit: String(unit) };
    return {};
  }

  return {
    update(state) {
      const { model, place, reading } = state;
      const digit = reading?.prediction ?? null;
      const { layer, unit } = openingUnit(model);
      const named = model ? unitName(model, layer, unit, t) : '';
      for (const { name, view, title, link } of cards) {
        link.href = toFragment({
          view,
          model: model?.id ?? null,
          digit: place.digit,
          options: setUp(state, view),
        });
        say(
          title,
          name === 'why' && digit === null
            ? t('opening.why.blank')
            : t(`opening.${name}`, { digit: digit ?? '', unit: named, layer: layerName(layer, t) }),
        );
      }
      const subject = subjectOf(state);
      if (!subject) return;
      const [labels, said] = [
        valueOf(state, keys.labels('test')),
        valueOf(state, keys.predictions(subject, 'test')),
      ];
      previews.update(state, subject, labels && said ? surest(labels, said) : null);
    },
    destroy: () => container.replaceChildren(),
  };
}
