// What it gets wrong, and whether it is the network or the label: your guess first, then what the network
// says, then the label, then how many people doubt that.

import { createSelect, createSwitch } from '../choice.js';
import { createGrid } from '../digits/grid.js';
import { select, toldOf } from '../digits/selection.js';
import { digitWords } from '../digits/told.js';
import { answered, createHead, createSaid } from '../head.js';
import { numberOf, VALUES } from '../place.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf, testDigit } from '../subject.js';
import { createTable } from '../table.js';
import { createWaiting } from '../waiting.js';
import { keys } from '../wants.js';
import { createGuess } from './guess.js';
import { divide, divisionWords, GROUPS } from './whose.js';
import { make, say } from '../../page/dom.js';
import { createChanged } from '../../state/store.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { ExploreState, Labels, Misreadings, Predictions } from '../types.js' */
/** @import { Division, Group } from './whose.js' */
/** @import { Create } from '../rooms.js' */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/** All of them as rows, each a link to Draw.
 * @param {Uint32Array} list @param {(index: number) => ReturnType<typeof toldOf>} told
 * @param {(index: number) => string} href @param {Translate} t @param {Numbers} numbers
 * @returns {Parameters<ReturnType<typeof createTable>['show']>[0]} */
const tableOf = (list, told, href, t, numbers) => ({
  caption: t('question.mistakes'),
  head: [t('table.digit'), t('table.label'), t('table.read'), t('table.sure')],
  count: list.length,
  rows: (from, to) =>
    [...list.slice(from, to)].map((index) => {
      const { label, read, confidence } = told(index);
      const words = t('digit.number', { index: numbers.whole(index) });
      const link = make('a', { href: href(index) }, words);
      return [link, String(label), String(read), numbers.probability(confidence ?? 0)];
    }),
});

/** Which of the mistakes are shown: by who else makes them, each with its count.
 * @param {(value: string) => void} onChange @param {Translate} t @param {Numbers} numbers */
function createWho(onChange, t, numbers) {
  const groups = ['', ...GROUPS];
  const options = groups.map((group) => /** @type {[string, string]} */ ([group, ''])); // named when they are shown
  const who = createSwitch('miss-by', t('miss.by'), options, onChange);
  who.element.classList.add('wraps');
  return {
    element: who.element,
    /** @param {Division | null} division @param {string} value */
    show(division, value) {
      who.show(value);
      const { others = null, counts, wrong } = division ?? {};
      const every = others === null ? '' : others + 1;
      who.name(
        Object.fromEntries(
          groups.map((group) => {
            const isKnown = group === '' ? wrong !== undefined : others !== null;
            const count = group === '' ? wrong : counts?.[/** @type {Group} */ (group)];
            const name = group === 'all' && others === null ? 'all.coming' : group || 'every';
            const words = t(`miss.by.${name}`, { every });
            return [group, `${words}: ${isKnown ? numbers.whole(count ?? 0) : '…'}`];
          }),
        ),
      );
    },
  };
}

/** The mistakes that are asked for, in their order.
 * @param {Labels} labels @param {Predictions} said @param {Division} division
 * @param {Record<string, string>} options */
function listed(labels, said, division, { by, label, read, sort }) {
  const list = select(labels, said, { label, read, only: 'wrong', sort });
  return by === '' ? list : list.filter((index) => division.groupOf(index) === by);
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
  const who = createWho((by) => page.onOptions({ by, at: '0' }), t, numbers);
  const answer = createSaid('miss-answer');
  const waiting = createWaiting(page, t, numbers);
  const counted = make('p', { class: 'counted', role: 'status', 'data-testid': 'miss-count' });

  /** @type {ExploreState | null} */
  let state = null;
  const changed = createChanged();
  /** @type {Uint32Array} */
  let list = new Uint32Array();
  /** @type {Division | null} */
  let division = null;
  const at = () => Math.min(list.length - 1, numberOf(state?.place.options.at ?? '') ?? 0);

  const guess = createGuess(
    {
      told,
      division: () => division,
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
    t('miss.point'),
  );
  const table = createTable(t);
  container.append(
    answered(createHead('mistakes', t, ...names.map((name) => selects[name].element)), answer),
    who.element,
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

  /** @param {Division} division @param {number} count of those that are shown */
  const countedWords = ({ wrong }, count) =>
    wrong ? t('miss.count', { count: numbers.whole(count), wrong: numbers.whole(wrong) }) : '';

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
      waiting.update(state.loaded, [labelsKey, saidKey, keys.misreadings]);
      const [labels, said] = [valueOf(state, labelsKey), valueOf(state, saidKey)];
      /** @type {Misreadings | null} */
      const shipped = valueOf(state, keys.misreadings);
      if (changed({ labels, said, shipped, ...options, at: '' })) {
        list = new Uint32Array();
        division = labels && said ? divide(labels, said, shipped, subject.id) : null;
        if (division) list = listed(labels, said, division, options);
        say(answer, division ? divisionWords(division, t, numbers) : '');
        say(counted, division ? countedWords(division, list.length) : '');
        table.show(
          tableOf(
            list,
            told,
            (index) => (state ? onDraw(state, testDigit(index)) : '#'),
            t,
            numbers,
          ),
        );
      }
      who.show(division, options.by);
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
