// The data set: all 70,000 digits as pictures, filtered and sorted by label, answer and certainty.

import { createSelect } from '../choice.js';
import { createHead } from '../head.js';
import { valuesOf } from '../place.js';
import { valueOf } from '../shelf.js';
import { onDraw, subjectOf, testDigit } from '../subject.js';
import { createTable } from '../table.js';
import { createWaiting } from '../waiting.js';
import { keys, splitAt } from '../wants.js';
import { make, say } from '../../page/dom.js';
import { createGrid } from './grid.js';
import { drawingOf } from './drawing.js';
import { asksReading, select, toldOf } from './selection.js';
import { digitWords } from './told.js';
import { createChanged } from '../../state/store.js';

/** @import { ExploreState, Labels, Predictions } from '../types.js' */
/** @import { Create } from '../rooms.js' */

const DIGITS = Array.from({ length: 10 }, (_, i) => String(i));

/** @type {Create} */
export function create(container, page, t, numbers) {
  /** @type {ExploreState | null} */
  let state = null;
  const names = /** @type {const} */ (['split', 'label', 'read', 'sure', 'only', 'sort']);
  const selects = Object.fromEntries(
    names.map((name) => [
      name,
      createSelect(`data-${name}`, t(`data.${name}`), (value) => page.onOptions({ [name]: value })),
    ]),
  );
  const any = /** @type {[string, string][]} */ ([
    ['', t('data.any')],
    ...DIGITS.map((each) => [each, each]),
  ]);
  const choices = valuesOf('dataset');
  const counted = make('p', { class: 'counted', role: 'status', 'data-testid': 'data-count' });
  const waiting = createWaiting(page, t, numbers);
  const grid = createGrid(
    { onDigit, onPoint: page.onPoint },
    page.pictures,
    t('question.dataset'),
    t,
  );
  const table = createTable(t);
  container.append(
    createHead('dataset', t, ...names.map((name) => selects[name].element)),
    counted,
    waiting.element,
    grid.element,
    table.element,
  );
  const changed = createChanged();
  /** @type {Uint32Array} */
  let list = new Uint32Array();

  /** @param {number} index */
  function onDigit(index) {
    if (!state) return;
    if (splitAt(state.place) === 'test') return page.onDigit(index);
    const drawing = drawingOf(
      page.pictures.pixels('train', index),
      labels()?.labels[index] ?? null,
    );
    if (drawing) page.onDrawing(drawing);
  }

  /** @returns {Labels | null} */
  const labels = () => state && valueOf(state, keys.labels(splitAt(state.place)));
  /** @returns {Predictions | null} */
  function said() {
    const subject = state && subjectOf(state);
    return state && subject
      ? valueOf(state, keys.predictions(subject, splitAt(state.place)))
      : null;
  }
  /** @param {number} index */
  const words = (index) => digitWords(toldOf(labels(), said(), index), t, numbers);

  /** @param {number} index its address on Draw */
  function href(index) {
    if (!state) return '';
    if (splitAt(state.place) === 'test') return onDraw(state, testDigit(index));
    const drawing = drawingOf(page.pictures.pixels('train', index), null);
    return drawing ? onDraw(state, drawing) : '';
  }

  return {
    update(next) {
      state = next;
      const { options } = next.place;
      for (const name of names) {
        const of =
          name === 'label' || name === 'read'
            ? any
            : choices[name].map(
                (each) =>
                  /** @type {[string, string]} */ ([each, t(`data.${name}.${each || 'all'}`)]),
              );
        selects[name].show(of, options[name]);
      }
      const [found, told, subject] = [labels(), said(), subjectOf(next)];
      const split = splitAt(next.place);
      waiting.update(next.loaded, [
        keys.labels(split),
        ...(subject ? [keys.predictions(subject, split)] : []),
      ]);
      const { label, read, sure, only, sort } = options;
      if (changed({ found, told, label, read, sure, only, sort })) {
        const isTold = told || !asksReading({ read, sure, only });
        const isDoubted = split === 'test' || only !== 'disputed';
        list =
          found && isTold && isDoubted
            ? select(found, told, /** @type {any} */ (options))
            : new Uint32Array();
        say(
          counted,
          !isDoubted
            ? t('data.undoubted')
            : found && isTold
              ? t('data.count', {
                  count: numbers.whole(list.length),
                  total: numbers.whole(found.total),
                })
              : '',
        );
        table.show({
          caption: t('question.dataset'),
          head: [t('table.digit'), t('table.label'), t('table.read'), t('table.sure')],
          count: list.length,
          rows: (from, to) =>
            [...list.slice(from, to)].map((index) => {
              const { label, read, confidence } = toldOf(found, told, index);
              const link = make(
                'a',
                { href: href(index) || '#' },
                t('digit.number', { index: numbers.whole(index) }),
              );
              return [
                href(index) ? link : t('digit.number', { index: numbers.whole(index) }),
                String(label ?? ''),
                String(read ?? ''),
                confidence === null ? '' : numbers.probability(confidence),
              ];
            }),
        });
      }
      const { drawing } = next;
      grid.show({
        list,
        split,
        words,
        mark: (index) =>
          found?.disputed.has(index)
            ? 'disputed'
            : found && told && told.predictions[index] !== found.labels[index]
              ? 'wrong'
              : '',
        href,
        chosen: drawing.kind === 'pixels' && split === 'test' ? drawing.index : null,
        theme: next.theme,
        pictures: next.pictures,
      });
    },
    destroy() {
      grid.destroy();
      waiting.destroy();
      container.replaceChildren();
    },
  };
}
