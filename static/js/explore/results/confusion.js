// What it takes for what: ten rows of labels, ten columns of answers, and the digits of any cell; how
// often it is right, and whether its certainty can be believed.

import { createSelect } from '../choice.js';
import { createGrid } from '../digits/grid.js';
import { select, toldOf } from '../digits/selection.js';
import { digitWords } from '../digits/told.js';
import { answered, createHead } from '../head.js';
import { toFragment, withOptions } from '../place.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf, testDigit } from '../subject.js';
import { createTable } from '../table.js';
import { createWaiting } from '../waiting.js';
import { besideOf, keys } from '../wants.js';
import { make, say } from '../../page/dom.js';
import { modelName } from '../../state/names.js';
import { createPlot } from '../../views/plot/plot.js';
import { calibrationFigure, signed, worstOf, binOf, binWords } from './figures.js';
import { calibrationRows } from '../figures/rows.js';
import { createMatrix } from './matrix.js';
import { besideName } from './shares.js';
import { createChanged } from '../../state/store.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Confusion, ExploreState, Place } from '../types.js' */
/** @import { Create } from '../rooms.js' */

/** The cell that an address names. @param {Place} place @returns {[number, number] | null} */
export function cellOf({ options }) {
  const found = /^(\d)-(\d)$/.exec(options.cell);
  return found ? [Number(found[1]), Number(found[2])] : null;
}

const ASKED = 0.9; // sure: what the title asks about

/** Every count, with each digit's recall and precision.
 * @param {Confusion} now @param {(label: number, read: number, count: number) => HTMLElement} button
 * @param {Translate} t @param {Numbers} numbers
 * @returns {Parameters<ReturnType<typeof createTable>['show']>[0]} */
const tableOf = (now, button, t, numbers) => ({
  caption: t('about.confusion'),
  head: [
    t('conf.label'),
    ...now.matrix.map((_, read) => t('conf.as', { read })),
    t('conf.recall'),
    t('conf.precision'),
  ],
  count: 10,
  rows: (from, to) =>
    now.matrix.slice(from, to).map((row, i) => {
      const label = from + i;
      const { recall, precision } = now.classes[label];
      const share = (/** @type {number | null} */ each) =>
        each === null ? '–' : numbers.percent(each);
      return [
        String(label),
        ...row.map((count, read) => button(label, read, count)),
        share(recall),
        share(precision),
      ];
    }),
});

/** A count that opens its digits. @param {number} label @param {number} read @param {number} count
 * @param {() => void} act @param {Translate} t @param {Numbers} numbers */
function createButton(label, read, count, act, t, numbers) {
  const words = t(label === read ? 'conf.right' : 'conf.cell', {
    label,
    read,
    count: numbers.whole(count),
  });
  const element = make(
    'button',
    {
      type: 'button',
      class: 'cell-button',
      'aria-label': words,
      'data-testid': `cell-${label}-${read}`,
    },
    numbers.whole(count),
  );
  element.addEventListener('click', act);
  return element;
}

/** The digits of a cell, below the matrix.
 * @param {Parameters<Create>[1]} page @param {Translate} t @param {Numbers} numbers */
function createCell(page, t, numbers) {
  let opened = ''; // the cell whose digits have come into view
  const title = make('h3', { role: 'status', 'data-testid': 'cell-title' });
  const grid = createGrid(
    { onDigit: page.onDigit, onPoint: page.onPoint },
    page.pictures,
    t('conf.digits'),
    t,
  );
  const element = make(
    'section',
    { class: 'cell-digits', 'data-testid': 'cell' },
    title,
    grid.element,
  );
  const listed = createChanged();
  /** @type {Uint32Array} */
  let list = new Uint32Array();

  /** The digits of the cell that is open. @param {ExploreState} state
   * @param {boolean} isTold what stands above them is there */
  function show(state, isTold) {
    const cell = cellOf(state.place);
    const subject = subjectOf(state);
    const labels = valueOf(state, keys.labels('test'));
    const said = subject && valueOf(state, keys.predictions(subject, 'test'));
    element.hidden = !cell || !labels || !said;
    if (!cell) opened = '';
    if (!cell || !labels || !said) return;
    const [label, read] = cell;
    if (listed({ labels, said, cell: state.place.options.cell })) {
      list = select(labels, said, {
        label: String(label),
        read: String(read),
        only: '',
        sort: 'sure',
      });
      say(
        title,
        t('conf.opened', {
          cell: t(label === read ? 'conf.right' : 'conf.cell', {
            label,
            read,
            count: numbers.whole(list.length),
          }),
        }),
      );
    }
    grid.show({
      list,
      split: 'test',
      words: (index) => digitWords(toldOf(labels, said, index), t, numbers),
      mark: (index) => (labels.disputed.has(index) ? 'disputed' : ''),
      href: (index) => onDraw(state, testDigit(index)),
      chosen: state.drawing.kind === 'pixels' ? state.drawing.index : null,
      theme: state.theme,
      pictures: state.pictures,
    });
    if (isTold && opened !== state.place.options.cell) {
      opened = state.place.options.cell;
      element.scrollIntoView({ block: 'nearest' });
    }
  }

  return {
    element,
    show,
    /** It comes into view again. */
    forget() {
      opened = '';
    },
    destroy: grid.destroy,
  };
}

/** What has changed, or how another network fares. @param {Pick<ExploreState, 'place' | 'models'>} state
 * @param {Pick<Confusion, 'accuracy' | 'correct'>} now @param {Pick<Confusion, 'accuracy' | 'correct'>} old
 * @param {Translate} t @param {Numbers} numbers */
export function comparedWords({ place, models }, now, old, t, numbers) {
  const other = models.find(({ id }) => id === place.options.beside);
  return t(other ? 'conf.compared.other' : 'conf.compared', {
    other: other ? modelName(other, t) : '',
    before: numbers.percent(old.accuracy),
    after: numbers.percent(now.accuracy),
    change: signed(now.correct - old.correct, numbers),
  });
}

/** @type {Create} */
export function create(container, page, t, numbers) {
  const onCell = (/** @type {number} */ label, /** @type {number} */ read) => {
    cell.forget(); // also where it is open already, and far away
    page.onOptions({ cell: `${label}-${read}` }, true);
  };
  const beside = createSelect('conf-beside', t('conf.beside'), (value) =>
    page.onOptions({ beside: value }),
  );
  const accuracy = make('p', { class: 'figure-number', 'data-testid': 'conf-accuracy' });
  const interval = make('p', { class: 'small soft', 'data-testid': 'conf-interval' });
  const worst = make('a', {
    class: 'room-answer',
    href: '#view=confusion',
    'data-testid': 'conf-worst',
  });
  worst.addEventListener('click', () => {
    cell.forget();
    if (state) cell.show(state, isTold()); // it may be the one that the address names already
  });
  const compared = make('p', { class: 'small', 'data-testid': 'conf-compared' });
  const belief = make('p', { class: 'small soft', 'data-testid': 'calibration-said' });
  const waiting = createWaiting(page, t, numbers);
  const matrix = createMatrix(onCell, t, numbers);
  const curve = createPlot('calibration', t('calibration.title'));
  const cell = createCell(page, t, numbers);
  const [table, bins] = [createTable(t), createTable(t)];
  const numbersBox = make(
    'div',
    { class: 'conf-numbers' },
    accuracy,
    interval,
    compared,
    make('h3', {}, t('calibration.title')),
    curve.element,
    belief,
    bins.element,
  );
  container.append(
    answered(createHead('confusion', t, beside.element), worst),
    waiting.element,
    make('div', { class: 'conf' }, matrix.element, numbersBox),
    table.element,
    cell.element,
  );
  const changed = createChanged();
  const isTold = () => accuracy.textContent !== ''; // what stands above the cell moves it no more
  /** @type {ExploreState | null} */
  let state = null;

  /** @param {ExploreState} state @param {Confusion} now @param {Confusion | null} old @param {boolean} isGone what it
   * is held against was deleted */
  function tell(state, now, old, isGone) {
    say(accuracy, numbers.percent(now.accuracy));
    const [low, high] = now.interval.map(numbers.percent);
    const [correct, total] = [now.correct, now.total].map(numbers.whole);
    const measured = t('conf.interval', { correct, total, low, high });
    say(interval, `${measured} ${besideName(state, t, numbers)}`.trim());
    const most = worstOf(now.matrix);
    worst.hidden = !most;
    if (most) {
      const { label, read, count } = most;
      say(worst, t('conf.worst', { label, read, count: numbers.whole(count) }));
      worst.href = toFragment(withOptions(state.place, { cell: `${label}-${read}` }));
    }
    const gone = isGone ? t('conf.beside.gone') : '';
    say(compared, old ? comparedWords(state, now, old, t, numbers) : gone);
    const whole = t('calibration.said', {
      mean: numbers.percent(now.mean_confidence),
      right: numbers.percent(now.accuracy),
      error: numbers.percent(now.expected_calibration_error),
    });
    const asked = binOf(now.calibration, ASKED);
    say(belief, asked ? `${binWords(asked, t, numbers)}. ${whole}` : whole);
    matrix.show(now, old, cellOf(state.place));
    curve.show(calibrationFigure(now, t, numbers));
    bins.show(calibrationRows(now, t, numbers));
    table.show(tableOf(now, button, t, numbers));
  }

  /** @param {number} label @param {number} read @param {number} count */
  const button = (label, read, count) =>
    createButton(label, read, count, () => onCell(label, read), t, numbers);

  return {
    update(next) {
      state = next;
      const subject = subjectOf(state);
      if (!subject) return;
      const { place, models, model, theme } = state;
      const asked = besideOf(place, subject);
      const isGone = asked !== null && state.loaded[keys.confusion(asked)]?.state === 'gone';
      const other = isGone && asked?.id !== subject.id ? null : asked;
      const learned = /** @type {[string, string][]} */ (
        subject.edits.length ? [['learned', t('conf.learned')]] : []
      );
      const others = models
        .filter(({ id }) => id !== model?.id)
        .map((each) => /** @type {[string, string]} */ ([each.id, modelName(each, t)]));
      const usual = subject.edits.length ? 'learned' : 'none';
      beside.show(
        [['none', t('conf.nothing')], ...learned, ...others],
        other ? place.options.beside || usual : 'none',
      );
      const needed = [keys.confusion(subject), ...(other ? [keys.confusion(other)] : [])];
      waiting.update(state.loaded, needed);
      /** @type {[Confusion | null, Confusion | null]} */
      const [now, old] = [valueOf(state, needed[0]), other ? valueOf(state, needed[1]) : null];
      for (const each of [matrix.plot, numbersBox, worst, table.element])
        each.classList.toggle('coming', !now);
      if (now && changed({ now, old, isGone, cell: place.options.cell, theme }))
        tell(state, now, old, isGone);
      cell.show(state, isTold());
    },
    leave: cell.forget,
    destroy() {
      for (const each of [matrix, curve, cell, waiting]) each.destroy();
      container.replaceChildren();
    },
  };
}
