// Digits of one's own on a unit's page: which of them excite it most, which least, beside the test digits.

import { make, say } from '../../../page/dom.js';
import { drawingOf } from '../../digits/drawing.js';
import { createGrid } from '../../digits/grid.js';
import { paintSheet, placeOnSheet } from '../../digits/pictures.js';
import { valueOf } from '../../shelf.js';
import { onDraw, subjectOf } from '../../subject.js';
import { createWaiting } from '../../waiting.js';
import { keys } from '../../wants.js';
import { createAdding } from './adding.js';
import { createOwnSet, MOST } from './set.js';

/** @import { ExploreState, OwnDigit, UnitOfDigits, UnitPage } from '../../types.js' */
/** @import { Page } from '../../rooms.js' */
/** @import { Neuron, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */

/** @typedef {UnitOfDigits['digits'][number]} Told of a digit */

/** Their places, the most active first. @param {UnitOfDigits} told */
export const byActivation = ({ digits }) =>
  digits.map((_, i) => i).sort((a, b) => digits[b].activation - digits[a].activation || a - b);

/** Pictures of the set, all on one sheet. @param {() => OwnDigit[]} all */
function createOwnPictures(all) {
  /** @type {{of: OwnDigit[], theme: string, canvas: HTMLCanvasElement} | null} */
  let sheet = null;
  /** @type {import('../../digits/pictures.js').Pictures['paint']} */
  function paint(context, _, index, x, y, size) {
    const of = all();
    const theme = document.documentElement.dataset.theme ?? '';
    if (!of[index]) return false;
    if (sheet?.of !== of || sheet.theme !== theme) {
      const bytes = Uint8Array.from(of.flatMap(({ pixels }) => pixels));
      sheet = { of, theme, canvas: paintSheet(bytes) };
    }
    context.drawImage(sheet.canvas, ...placeOnSheet(index), x, y, size, size);
    return true;
  }
  return { paint };
}

/** Whether it is read as another than it is. @param {Told} told @param {number | null} label */
const isWrong = ({ prediction }, label) => label !== null && label !== prediction;

/** A digit of the set in words. @param {Told} told @param {number | null} label @param {number} index
 * @param {Translate} t @param {Numbers} numbers */
function wordsOf(told, label, index, t, numbers) {
  const { activation, prediction: read, confidence } = told;
  return [
    t('own.number', { index: numbers.whole(index + 1) }),
    ...(label === null ? [] : [t('digit.label', { label })]),
    t(isWrong(told, label) ? 'digit.wrong' : 'digit.read', {
      read,
      sure: numbers.probability(confidence),
    }),
    t('unit.activation', { value: numbers.three(activation) }),
  ].join(' · ');
}

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {(state: ExploreState) => Neuron | null} neuronOf
 */
export function createOwn(page, t, numbers, neuronOf) {
  const set = createOwnSet(() => localStorage);
  page.onOwn(set.all());
  const adding = createAdding(set, page, t);
  const said = make('p', { class: 'small', role: 'status', 'data-testid': 'own-said' });
  const waiting = createWaiting(page, t, numbers);
  const grid = createGrid(
    {
      onDigit(index) {
        const { pixels, label } = set.all()[index];
        const drawing = drawingOf(pixels, label);
        if (drawing) page.onDrawing(drawing);
      },
      onPoint: () => {},
    },
    createOwnPictures(set.all),
    t('own.title'),
    t,
  );
  grid.element.classList.add('own-grid');
  const element = make(
    'details',
    { class: 'unit-part own', 'data-testid': 'own' },
    make('summary', {}, make('h3', {}, t('own.title'))),
    make('p', { class: 'small soft' }, t('own.about', { most: MOST })),
    adding.element,
    make('p', { class: 'small soft' }, t('own.files')),
    said,
    waiting.element,
    grid.element,
  );
  element.open = set.all().length > 0;
  const labelOf = (/** @type {number} */ index) => set.all()[index]?.label ?? null;
  /** @type {UnitOfDigits | null} */
  let known = null;
  /** @type {number[]} */
  let list = [];

  return {
    element,
    /** @param {ExploreState} next @param {string} layer @param {number} unit @param {UnitPage} told */
    show(next, layer, unit, told) {
      adding.update(next);
      const subject = subjectOf(next);
      const count = next.own.length;
      grid.element.hidden = !count;
      if (!subject || !count) {
        waiting.update({}, []);
        said.classList.remove('coming');
        return say(said, adding.news());
      }
      const key = keys.own(subject, layer, unit, next.own);
      waiting.update(next.loaded, [key]);
      /** @type {UnitOfDigits | null} */
      const found = valueOf(next, key);
      if (found && found !== known) {
        known = found;
        list = byActivation(found);
      }
      for (const each of [said, grid.element]) each.classList.toggle('coming', !found);
      if (!known || known.digits.length !== count) return say(said, adding.news());
      const { digits, mean } = known;
      const range = {
        count: numbers.whole(count),
        mean: numbers.three(mean),
        most: numbers.three(digits[list[0]].activation),
        least: numbers.three(digits[list[list.length - 1]].activation),
        testMost: numbers.three(told.top[0].activation),
        testLeast: numbers.three(told.bottom[0].activation),
      };
      say(said, `${adding.news()} ${t('own.said', range)}`.trim());
      grid.show({
        list,
        split: 'test',
        words: (index) => wordsOf(digits[index], labelOf(index), index, t, numbers),
        mark: (index) => (isWrong(digits[index], labelOf(index)) ? 'wrong' : ''),
        href(index) {
          const { pixels, label } = set.all()[index];
          const drawing = drawingOf(pixels, label);
          return drawing ? onDraw(next, drawing, neuronOf(next)) : '';
        },
        chosen: null,
        theme: next.theme,
        pictures: next.own.length,
      });
    },
    destroy() {
      grid.destroy();
      waiting.destroy();
    },
  };
}
