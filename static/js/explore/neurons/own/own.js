// Digits of one's own on a unit's page: which of them excite it most, which least, beside the test digits.

import { make, say } from '../../../page/dom.js';
import { drawingOf } from '../../digits/drawing.js';
import { createGrid } from '../../digits/grid.js';
import { paintSheet, placeOnSheet } from '../../digits/pictures.js';
import { valueOf } from '../../shelf.js';
import { onDraw, subjectOf } from '../../subject.js';
import { createWaiting } from '../../waiting.js';
import { keys } from '../../wants.js';
import { takenFrom } from './files.js';
import { createOwnSet, MOST } from './set.js';

/** @import { ExploreState, OwnDigit, UnitOfDigits, UnitPage } from '../../types.js' */
/** @import { Page } from '../../rooms.js' */
/** @import { Neuron, Translate } from '../../../state/types.js' */
/** @import { Numbers } from '../../../page/words.js' */

const FILES = 'image/png,image/jpeg,image/webp,.csv,.txt,.json,.jsonl';

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

/**
 * @param {Page} page
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {(state: ExploreState) => Neuron | null} neuronOf
 */
export function createOwn(page, t, numbers, neuronOf) {
  const set = createOwnSet(() => localStorage);
  page.onOwn(set.all());
  const button = (/** @type {string} */ name) =>
    make(
      'button',
      { type: 'button', class: 'small', 'data-testid': `own-${name}` },
      t(`own.${name}`),
    );
  const [add, open, clear] = ['add', 'open', 'clear'].map(button);
  add.disabled = true; // until something is read
  clear.hidden = true;
  const input = make('input', {
    type: 'file',
    hidden: true,
    multiple: true,
    accept: FILES,
    'aria-label': t('own.open'),
    'data-testid': 'own-files',
  });
  const said = make('p', { class: 'small', role: 'status', 'data-testid': 'own-said' });
  const waiting = createWaiting(page, t, numbers);
  /** @type {ExploreState | null} */
  let state = null;
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
    make('div', { class: 'own-acts' }, add, open, input, clear),
    make('p', { class: 'small soft' }, t('own.files')),
    said,
    waiting.element,
    grid.element,
  );
  element.open = set.all().length > 0;
  let news = ''; // what came of the last files

  /** @param {OwnDigit[]} more @param {string[]} [problems] */
  function take(more, problems = []) {
    const { added, left } = set.add(more);
    const told = [t('own.added', { count: added })];
    if (left) told.push(t('own.full', { count: left, most: MOST }));
    news = [...told, ...problems].join(' ');
    page.onOwn(set.all());
  }

  /** @param {File} file @returns {Promise<OwnDigit[]>} throws what the visitor is told */
  async function digitsIn(file) {
    if (file.type.startsWith('image/')) {
      return [{ pixels: await page.onImage(file), label: null }];
    }
    const { digits, problem, line } = takenFrom(await file.text());
    if (problem) throw new Error(t(`own.problem.${problem}`, { line }));
    const some = digits.slice(0, MOST);
    const drawn = some.flatMap((each) => ('strokes' in each ? [each.strokes] : []));
    const inked = drawn.length ? await page.onInk(drawn) : [];
    return some.map((each) => ({
      pixels: 'strokes' in each ? /** @type {number[]} */ (inked.shift()) : each.pixels,
      label: each.label,
    }));
  }

  add.addEventListener('click', () => {
    const pixels = state?.reading?.input.pixels;
    if (!pixels) return;
    const drawing = state?.drawing;
    take([{ pixels: [...pixels], label: drawing?.kind === 'pixels' ? drawing.label : null }]);
  });
  open.addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    const files = [...(input.files ?? [])];
    input.value = '';
    open.disabled = true;
    /** @type {OwnDigit[]} */
    const found = [];
    const problems = [];
    for (const file of files) {
      try {
        found.push(...(await digitsIn(file)));
      } catch (error) {
        const problem = /** @type {Error} */ (error).message;
        problems.push(t('own.refused', { name: file.name, problem }));
      }
    }
    open.disabled = false;
    take(found, problems);
  });
  clear.addEventListener('click', () => {
    set.clear();
    news = t('own.cleared');
    page.onOwn(set.all());
    add.focus();
  });

  /** @type {UnitOfDigits | null} */
  let known = null;
  /** @type {number[]} */
  let list = [];

  return {
    element,
    /** @param {ExploreState} next @param {string} layer @param {number} unit @param {UnitPage} told */
    show(next, layer, unit, told) {
      state = next;
      const subject = subjectOf(next);
      const count = next.own.length;
      add.disabled = !next.reading?.input.pixels?.some(Boolean);
      clear.hidden = grid.element.hidden = !count;
      if (!subject || !count) {
        waiting.update({}, []);
        said.classList.remove('coming');
        return say(said, news);
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
      if (!known || known.digits.length !== count) return say(said, news);
      const { digits, mean } = known;
      const range = {
        count: numbers.whole(count),
        mean: numbers.three(mean),
        most: numbers.three(digits[list[0]].activation),
        least: numbers.three(digits[list[list.length - 1]].activation),
        testMost: numbers.three(told.top[0].activation),
        testLeast: numbers.three(told.bottom[0].activation),
      };
      say(said, `${news} ${t('own.said', range)}`.trim());
      grid.show({
        list,
        split: 'test',
        words(index) {
          const { activation, prediction, confidence } = digits[index];
          const { label } = set.all()[index] ?? { label: null };
          const parts = [t('own.number', { index: numbers.whole(index + 1) })];
          if (label !== null) parts.push(t('digit.label', { label }));
          parts.push(
            t(label !== null && label !== prediction ? 'digit.wrong' : 'digit.read', {
              read: prediction,
              sure: numbers.probability(confidence),
            }),
            t('unit.activation', { value: numbers.three(activation) }),
          );
          return parts.join(' · ');
        },
        mark: (index) => {
          const label = set.all()[index]?.label ?? null;
          return label !== null && label !== digits[index].prediction ? 'wrong' : '';
        },
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
