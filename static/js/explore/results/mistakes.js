// What it gets wrong, and whether it is the network or the label: your guess first, then what the network
// says, then the label, then how many people doubt that.

import { createSelect } from '../choice.js';
import { createGrid } from '../digits/grid.js';
import { doubted, select, toldOf } from '../digits/selection.js';
import { digitWords, disputedWords } from '../digits/told.js';
import { createGo } from '../go.js';
import { answered, createHead, createSaid } from '../head.js';
import { numberOf } from '../place.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf, testDigit } from '../subject.js';
import { createTable } from '../table.js';
import { createWaiting } from '../waiting.js';
import { keys } from '../wants.js';
import { fitCanvas, make, say } from '../../page/dom.js';
import { rove } from '../../page/keys.js';
import { createChanged } from '../../state/store.js';

/** @import { ExploreState } from '../types.js' */
/** @import { Create } from '../rooms.js' */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/**
 * Whether it is the network or the label, as far as one guess and five people can tell.
 * @param {string} guess '' for none @param {Pick<ReturnType<typeof toldOf>, 'label' | 'read' | 'disputed'>} found
 */
export function verdictOf(guess, { label, read, disputed }) {
  if (disputed) return 'guess.so.doubt';
  if (guess === '') return 'guess.so.network';
  if (Number(guess) === label) return 'guess.so.right';
  return Number(guess) === read ? 'guess.so.look' : 'guess.so.unclear';
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

  const canvas = make('canvas', {
    class: 'guess-picture',
    role: 'img',
    'aria-label': t('guess.picture'),
    'data-testid': 'guess-picture',
  });
  const ask = make('h3', {}, t('guess.ask'));
  const buttons = make(
    'div',
    { class: 'guess-digits', role: 'group', 'aria-label': t('guess.ask') },
    ...DIGITS.map((each) =>
      make('button', { type: 'button', 'data-guess': each, 'data-testid': `guess-${each}` }, each),
    ),
  );
  const reveal = make('dl', {
    class: 'guess-told',
    'aria-live': 'polite',
    'data-testid': 'guess-told',
  });
  const next = make('button', { type: 'button', 'data-testid': 'guess-next' }, t('guess.next'));
  const show = make('button', { type: 'button', 'data-testid': 'guess-skip' }, t('guess.skip'));
  const pad = make('button', { type: 'button', 'data-testid': 'guess-pad' }, t('digit.pad'));
  const go = createGo(t, 'go-draw');
  go.element.append(make('span', {}, t('explore.draw')));
  const steps = make('div', { class: 'guess-steps' }, show, pad, go.element, next);
  const guess = make(
    'section',
    { class: 'guess' },
    canvas,
    make('div', {}, ask, buttons, reveal, steps),
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
    guess,
    counted,
    grid.element,
    table.element,
  );
  rove(buttons);

  /** @type {ExploreState | null} */
  let state = null;
  const changed = createChanged();
  /** @type {Uint32Array} */
  let list = new Uint32Array();
  /** @type {{index: number, guess: string | null} | null} what was guessed, and of which digit */
  let guessed = null;

  const at = () => Math.min(list.length - 1, numberOf(state?.place.options.at ?? '') ?? 0);
  const shown = () => list[at()] ?? null;
  /** @param {number} index */
  function choose(index) {
    guessed = { index, guess: null };
    page.onOptions({ at: String([...list].indexOf(index)) });
    page.onDigit(index);
  }
  for (const button of buttons.querySelectorAll('button')) {
    button.addEventListener('click', () => tell(button.dataset.guess ?? null));
  }
  show.addEventListener('click', () => tell(null));
  next.addEventListener('click', () => page.onOptions({ at: String((at() + 1) % list.length) }));
  pad.addEventListener('click', () => page.onDigit(shown()));

  /** @param {string | null} value */
  function tell(value) {
    guessed = { index: shown(), guess: value };
    if (state) showGuess(state);
  }

  function told(/** @type {number} */ index) {
    const subject = state && subjectOf(state);
    return toldOf(
      state && valueOf(state, keys.labels('test')),
      state && subject ? valueOf(state, keys.predictions(subject, 'test')) : null,
      index,
    );
  }

  /** Whether it is the network or the label, of all that it misreads.
   * @param {ReturnType<typeof doubted>} of */
  function whose({ wrong, total, disputed }) {
    if (!wrong) return t('opening.wrong.none');
    return t('miss.answer', {
      count: numbers.whole(wrong),
      total: numbers.whole(total),
      share: numbers.percent(wrong / total),
      doubted: numbers.whole(disputed),
      rest: numbers.whole(wrong - disputed),
    });
  }

  /** @param {ExploreState} now */
  function showGuess(now) {
    const index = shown();
    guess.hidden = index === null;
    if (index === null) return;
    paint(index);
    const found = told(index);
    const isTold = guessed?.index === index;
    guess.dataset.index = String(index);
    guess.classList.toggle('told', isTold);
    for (const button of buttons.querySelectorAll('button')) {
      button.setAttribute(
        'aria-pressed',
        String(isTold && guessed?.guess === button.dataset.guess),
      );
    }
    show.hidden = isTold;
    next.disabled = list.length < 2;
    pad.hidden = go.element.hidden = !isTold;
    go.lead(onDraw(now, testDigit(index)));
    const rows = !isTold
      ? []
      : [
          ...(guessed?.guess ? [[t('guess.you'), guessed.guess]] : []),
          [
            t('guess.network'),
            t('guess.sure', {
              digit: String(found.read),
              sure: numbers.probability(found.confidence ?? 0),
            }),
          ],
          [t('guess.label'), String(found.label)],
          [
            t('guess.people'),
            found.disputed ? disputedWords(found.disputed, t) : t('guess.undisputed'),
          ],
          [t('guess.so'), t(verdictOf(guessed?.guess ?? '', found))],
        ];
    const text = JSON.stringify(rows);
    if (reveal.dataset.told === text) return;
    reveal.dataset.told = text;
    reveal.replaceChildren(
      ...rows.map(([name, value]) =>
        make('div', {}, make('dt', { class: 'small soft' }, name), make('dd', {}, value)),
      ),
    );
  }

  /** @param {number} index */
  function paint(index) {
    const side = canvas.clientWidth;
    if (!side) return;
    const context = fitCanvas(canvas, side, side);
    context.clearRect(0, 0, side, side);
    context.imageSmoothingEnabled = false;
    page.pictures.paint(context, 'test', index, 0, 0, side);
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
            ? ['sure', 'unsure', 'place'].map((each) => [each, t(`data.sort.${each}`)])
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
        say(answer, labels && said ? whose(doubted(labels, said)) : '');
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
      showGuess(state);
      const current = state;
      grid.show({
        list,
        split: 'test',
        words: (index) => digitWords(told(index), t, numbers),
        mark: (index) => (labels?.disputed.has(index) ? 'disputed' : ''),
        href: (index) => onDraw(current, testDigit(index)),
        chosen: shown(),
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
