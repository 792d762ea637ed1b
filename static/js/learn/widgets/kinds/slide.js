// A filter slides over the drawing and makes its map, place by place; before that one marks where the map will
// be strongest.

import { pageColors } from '../../../page/colors.js';
import { make, say } from '../../../page/dom.js';
import { pointAt } from '../../../page/touch/finger.js';
import { SIDE } from '../../../state/units.js';
import { most, paint } from '../matrix/product.js';
import { bestOf, filtersOf, mapOf, nearness } from './filter.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const [SQUARE, A_FRAME, END] = [6, 3, SIDE * SIDE]; // px of a pixel, places in a frame, all places
const MOVES = /** @type {Record<string, number>} */ ({
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -SIDE,
  ArrowDown: SIDE,
});

/** The pixel of a picture that an enlarged one's pixel belongs to. @param {number} row @param {number} column */
const cell = (row, column) => Math.floor(row / SQUARE) * SIDE + Math.floor(column / SQUARE);

/** The filters to choose from. @param {(filter: number) => void} onChoose @param {Translate} t */
function createChoice(onChoose, t) {
  const element = make('div', {
    class: 'slide-filters',
    role: 'radiogroup',
    'aria-label': t('slide.filter'),
  });
  return {
    element,
    /** @param {NonNullable<ReturnType<typeof filtersOf>>} filters @param {number} chosen */
    offer(filters, chosen) {
      const colors = pageColors();
      element.replaceChildren(
        ...filters.map(({ side, weights }, k) => {
          const canvas = make('canvas', { width: side, height: side, 'aria-hidden': 'true' });
          const full = most(weights);
          paint(canvas, (row, column) => colors.signedWord(weights[row * side + column], full));
          const input = make('input', {
            type: 'radio',
            name: 'slide',
            value: k,
            'aria-label': t('slide.one', { number: k + 1 }),
            'data-testid': `slide-${k}`,
          });
          input.checked = k === chosen;
          input.addEventListener('change', () => onChoose(k));
          return make('label', {}, input, canvas);
        }),
      );
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} at @param {number} side in pixels @param {string} color
 * @param {number[]} [dashes] */
function frameAt(context, at, side, color, dashes = []) {
  const half = (side - 1) / 2;
  const [x, y] = [(at % SIDE) - half, Math.floor(at / SIDE) - half];
  context.strokeStyle = color;
  context.lineWidth = 2;
  context.setLineDash(dashes);
  context.strokeRect(x * SQUARE, y * SQUARE, side * SQUARE, side * SQUARE);
}

/** @param {Pick<Page, 'state' | 'pixels' | 'onChange'>} page @param {Translate} t @param {Numbers} numbers */
export function createSlide({ state, pixels, onChange }, t, numbers) {
  const size = SIDE * SQUARE;
  const board = make('canvas', {
    width: size,
    height: size,
    tabindex: 0,
    role: 'application',
    'aria-label': t('slide.board'),
    'data-testid': 'slide-board',
  });
  const map = make('canvas', { width: size, height: size, 'aria-hidden': 'true' });
  const [own, made] = [board, map].map(
    (canvas) => /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')),
  );
  const choice = createChoice((filter) => {
    chosen = filter;
    again();
  }, t);
  const go = make('button', { type: 'button', 'data-testid': 'slide-go' }, t('slide.go'));
  const told = make('p', { class: 'small', role: 'status', 'data-testid': 'slide-told' });
  /** @param {HTMLCanvasElement} canvas @param {string} name */
  const figure = (canvas, name) =>
    make('figure', {}, canvas, make('figcaption', { class: 'small soft' }, t(name)));
  const element = make(
    'div',
    { class: 'slide', 'data-testid': 'slide' },
    choice.element,
    make(
      'div',
      { class: 'slide-pictures' },
      figure(board, 'slide.picture'),
      make('span', { 'aria-hidden': 'true' }, '→'),
      figure(map, 'slide.map'),
    ),
    make('div', { class: 'slide-go' }, go, told),
  );
  let chosen = 0;
  /** @type {number | null} where one expects the most */
  let guess = null;
  let done = 0; // places that the filter has been at
  let frame = 0;
  /** @type {unknown[]} */
  let seen = [];
  /** @type {ReturnType<typeof filtersOf>} */
  let filters = null;
  /** @type {number[] | null} */
  let picture = null;
  let values = new Float64Array(END);

  const near = () => (done === END && guess !== null ? nearness(values, guess) : null);

  function words() {
    const off = near();
    if (off !== null)
      return t(off ? 'slide.off' : 'slide.there', { off, best: numbers.two(most(values)) });
    if (done > 0) return t('slide.now', { row: Math.floor(done / SIDE) + 1 });
    return t(guess === null ? 'slide.mark' : 'slide.ready');
  }

  function show() {
    const colors = pageColors();
    const shown = picture ?? values;
    paint(board, (row, column) => colors.activationWord(shown[cell(row, column)], 1));
    const full = Math.max(most(values), 1e-9);
    paint(map, (row, column) => {
      const at = cell(row, column);
      return colors.activationWord(at < done ? values[at] : 0, full);
    });
    const isSliding = done > 0 && done < END;
    if (isSliding) frameAt(own, done, filters?.[chosen]?.side ?? 1, colors.named.focus);
    if (guess !== null) for (const each of [own, made]) frameAt(each, guess, 3, colors.named.focus);
    const best = near() ? bestOf(values, guess ?? 0) : null; // where it was, after a try that was off
    board.dataset.best = String(best ?? '');
    if (best !== null)
      for (const each of [own, made]) {
        frameAt(each, best, 5, colors.named.ground); // under the dashes: seen on ink and on paper
        frameAt(each, best, 5, colors.named.text, [4, 4]);
      }
    say(told, words());
    go.disabled = !filters || !picture || guess === null || isSliding;
  }

  function again() {
    cancelAnimationFrame(frame);
    done = 0;
    const filter = filters?.[chosen];
    values = filter && picture ? mapOf(filter, picture) : new Float64Array(END);
    show();
    onChange();
  }

  function run() {
    done = Math.min(END, done + A_FRAME);
    show();
    if (done < END) frame = requestAnimationFrame(run);
    else onChange();
  }
  go.addEventListener('click', () => {
    done = matchMedia('(prefers-reduced-motion: reduce)').matches ? END - 1 : 0;
    run();
  });

  /** @param {PointerEvent} event */
  function markAt(event) {
    const box = board.getBoundingClientRect();
    const [x, y] = [event.clientX - box.left, event.clientY - box.top].map((each) =>
      Math.max(0, Math.min(SIDE - 1, Math.floor((each / box.width) * SIDE))),
    );
    guess = y * SIDE + x;
    again();
  }
  pointAt(board, (event) => event?.pointerType === 'touch' && markAt(event));
  board.addEventListener('pointerdown', (event) => event.pointerType !== 'touch' && markAt(event));
  board.addEventListener('keydown', (event) => {
    const by = MOVES[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation(); // arrows turn no pages here
    const next = (guess ?? END / 2 + SIDE / 2) + by;
    if (next < 0 || next >= END) return;
    guess = next;
    again();
  });

  return {
    element,
    quantities: { slide_near: near },
    update() {
      const now = [state()?.weights, pixels(), pageColors()];
      const [isOther, isDrawn, isPainted] = now.map((each, i) => each !== seen[i]);
      seen = now;
      if (isOther) filters = filtersOf(state()?.weights, 'conv1');
      if (isOther || isPainted) choice.offer(filters ?? [], chosen);
      picture = pixels();
      if (isOther || isDrawn) again();
      else if (isPainted) show();
    },
    /** @param {{best?: boolean}} wanted mark where the map is strongest, and slide at once */
    apply({ best }) {
      if (!best) return;
      guess = values.indexOf(most(values));
      done = END - 1;
      run();
    },
    destroy: () => cancelAnimationFrame(frame),
  };
}
