// How digits of one's own come into the set and leave it: what is being drawn, files, and none any more.

import { make } from '../../../page/dom.js';
import { takenFrom } from './files.js';
import { MOST } from './set.js';

/** @import { ExploreState, OwnDigit } from '../../types.js' */
/** @import { Page } from '../../rooms.js' */
/** @import { Translate } from '../../../state/types.js' */

const FILES = 'image/png,image/jpeg,image/webp,.csv,.txt,.json,.jsonl';

/**
 * @param {ReturnType<typeof import('./set.js').createOwnSet>} set
 * @param {Pick<Page, 'onOwn' | 'onImage' | 'onInk'>} page
 * @param {Translate} t
 */
export function createAdding(set, page, t) {
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
  /** @type {ExploreState | null} */
  let state = null;
  let news = '';

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

  return {
    element: make('div', { class: 'own-acts' }, add, open, input, clear),
    /** What came of the last files. */
    news: () => news,
    /** @param {ExploreState} next */
    update(next) {
      state = next;
      add.disabled = !next.reading?.input.pixels?.some(Boolean);
      clear.hidden = !next.own.length;
    },
  };
}
