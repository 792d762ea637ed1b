// What it gets wrong, and whether it is the network or the label: your guess first, then what the network
// says, then the label, then how many people doubt that.

import { createSelect } from '../choice.js';
import { createGrid } from '../digits/grid.js';
import { doubted, select, toldOf } from '../digits/selection.js';
import { digitWords } from '../digits/told.js';
import { answered, createHead, createSaid } from '../head.js';
import { numberOf, VALUES } from '../place.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf, testDigit } from '../subject.js';
import { createTable } from '../table.js';
import { createWaiting } from '../waiting.js';
import { keys } from '../wants.js';
import { createGuess } from './guess.js';
import { make, say } from '../../page/dom.js';
import { createChanged } from '../../state/store.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { ExploreState } from '../types.js' */
/** @import { Create } from '../rooms.js' */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/** Whether it is the network or the label, of all that it misreads.
 * @param {ReturnType<typeof doubted>} of
 * @param {Translate} t @param {Numbers} numbers */
export function whose({ wrong, total, disputed }, t, numbers) {
  if (!wrong) return t('opening.wrong.none');
  return t('miss.answer', {
    count: numbers.whole(wrong),
    total: numbers.whole(total),
    share: numbers.exact(wrong, total),
    right: numbers.exact(total - wrong, total),
    doubted: numbers.whole(disputed),
    rest: numbers.whole(wrong - disputed),
  });
}

/** @type {Create} */
export function create(container, page, t, numbers) {
  const names = /** @type {const} */ (['label', 'read', 'sort']);
  const selects = Object.fromEntries(
    names.map((name) => [
      name,
      createSelect(`miss-${name}`, t(`data.${name}`), (value) =>
        page.onOptions({ [name]: value, at: '0' }),
      ),
    ]),
  );
  const any = /** @type {[string, string][]} */ ([
    ['', t('data.any')],
    ...DIGITS.map((each) => [each, each]),
  ]);
  const answer = createSaid('miss-answer');
  const waiting = createWaiting(page, t, numbers);
  const counted = make('p', { class: 'counted', role: 'status', 'data-testid': 'miss-count' });

  /** @type {ExploreState | null} */
  let state = null;
  const changed = createChanged();
  /** @type {Uint32Array} */
  let list = new Uint32Array();
  const at = () => Math.min(list.length - 1, numberOf(state?.place.options.at ?? '') ?? 0);

  const guess = createGuess(
    {
      told,
      list: () => list,
      at,
      onAt: (next) => page.onOptions({ at: String(next) }),
      onDigit: page.onDigit,
      pictures: page.pictures,
    },
    t,
    numbers,
  );
  const grid = createGrid(
    { onDigit: choose, onPoint: page.onPoint },
    page.pictures,
    t('question.mistakes'),
    t,
  );
  const table = createTable(t);
  container.append(
    answered(createHead('mistakes', t, ...names.map((name) => selects[name].element)), answer),
    waiting.element,
    guess.element,
    counted,
    grid.element,
    table.element,
  );

  /** @param {number} index */
  function choose(index) {
    guess.ask(); // neither the label nor, on the pad, what the network reads: first the guess
    page.onOptions({ at: String([...list].indexOf(index)) });
    guess.element.scrollIntoView({ block: 'nearest' });
  }
  function told(/** @type {number} */ index) {
    const subject = state && subjectOf(state);
    return toldOf(
      state && valueOf(state, keys.labels('test')),
      state && subject ? valueOf(state, keys.predictions(subject, 'test')) : null,
      index,
    );
  }

  return {
    update(next_) {
      state = next_;
      const subject = subjectOf(state);
      if (!subject) return;
      const { options } = state.place;
      for (const name of names)
        selects[name].show(
          name === 'sort'
            ? VALUES.mistakes.sort.map((each) => [each, t(`data.sort.${each}`)])
            : any,
          options[name],
        );
      const [labelsKey, saidKey] = [keys.labels('test'), keys.predictions(subject, 'test')];
      waiting.update(state.loaded, [labelsKey, saidKey]);
      const [labels, said] = [valueOf(state, labelsKey), valueOf(state, saidKey)];
      const { label, read, sort } = options;
      if (changed({ labels, said, label, read, sort })) {
        list =
          labels && said
            ? select(labels, said, {
                label: options.label,
                read: options.read,
                only: 'wrong',
                sort: options.sort,
              })
            : new Uint32Array();
        say(answer, labels && said ? whose(doubted(labels, said), t, numbers) : '');
        say(
          counted,
          labels && said
            ? t('miss.count', {
                count: numbers.whole(list.length),
                total: numbers.whole(labels.total),
              })
            : '',
        );
        table.show({
          caption: t('question.mistakes'),
          head: [t('table.digit'), t('table.label'), t('table.read'), t('table.sure')],
          count: list.length,
          rows: (from, to) =>
            [...list.slice(from, to)].map((index) => {
              const { label, read, confidence } = told(index);
              const link = make(
                'a',
                { href: state ? onDraw(state, testDigit(index)) : '#' },
                t('digit.number', { index: numbers.whole(index) }),
              );
              return [link, String(label), String(read), numbers.probability(confidence ?? 0)];
            }),
        });
      }
      guess.show(state);
      const current = state;
      grid.show({
        list,
        split: 'test',
        words: (index) =>
          guess.isTold(index)
            ? digitWords(told(index), t, numbers)
            : t('digit.number', { index: numbers.whole(index) }),
        mark: (index) => (labels?.disputed.has(index) ? 'disputed' : ''),
        href: (index) => onDraw(current, testDigit(index)),
        chosen: list[at()] ?? null,
        theme: state.theme,
        pictures: state.pictures,
      });
    },
    destroy() {
      grid.destroy();
      waiting.destroy();
      container.replaceChildren();
    },
  };
}
