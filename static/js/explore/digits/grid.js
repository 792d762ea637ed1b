// Digits side by side, as many as there are: one canvas as large as what is in sight, painted anew when
// the sheet is scrolled.

import { make, onRatio, say } from '../../page/dom.js';
import { createGo } from '../go.js';
import { paintCells } from './cells.js';
import { at, flowOf, stepped } from './flow.js';

/** @import { Split } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Pictures } from './pictures.js' */

const WISH = 42; // px of a digit
let made = 0;

/**
 * @typedef {object} Sheet what is shown
 * @property {Uint32Array | number[]} list places of digits
 * @property {Split} split
 * @property {(index: number) => string} words of a digit
 * @property {(index: number) => 'wrong' | 'disputed' | ''} mark
 * @property {(index: number) => string} href its address on Draw; '' where it has none
 * @property {number | null} chosen the one on the pad
 * @property {string} theme
 * @property {number} pictures how many have come
 */

/** Whether it is the same list once more. @param {ArrayLike<number>} next @param {ArrayLike<number>} before */
const isSameOrder = (next, before) => next.length === before.length && next[0] === before[0];

/** All digits as one list box, whose option is the one that is pointed at.
 * @param {string} label @param {string} words while none is */
function createSheet(label, words) {
  const id = `digit-${++made}`;
  const attributes = { role: 'option', id, class: 'unseen', 'aria-selected': 'false' };
  const option = make('span', attributes, words);
  const sheet = make(
    'div',
    {
      class: 'grid-sheet',
      role: 'listbox',
      tabindex: 0,
      'aria-label': label,
      'aria-activedescendant': id,
      'data-testid': 'digits',
    },
    option,
  );
  return { sheet, option };
}

/**
 * @param {{onDigit: (index: number) => void, onPoint: (index: number | null) => void}} events
 * @param {Pick<Pictures, 'paint'>} pictures
 * @param {string} label
 * @param {Translate} t
 * @param {string} [hint] what is said while no digit is pointed at
 */
export function createGrid(events, pictures, label, t, hint = t('digit.point')) {
  const canvas = make('canvas', { 'aria-hidden': 'true' });
  const { sheet, option } = createSheet(label, hint);
  const go = createGo(t);
  const over = make('div', { class: 'grid-over' }, canvas);
  const scroller = make('div', { class: 'grid-scroll' }, over, sheet, go.element);
  const said = make('p', { class: 'grid-said small', 'data-testid': 'digit-said' });
  const element = make('div', { class: 'grid' }, scroller, said);
  go.hide();
  /** @type {Sheet | null} */
  let shown = null;
  /** @type {number | null} its place in the list */
  let pointed = null;
  let byKeys = false;
  let asked = false;

  const count = () => shown?.list.length ?? 0;
  const flow = () =>
    flowOf(
      { width: scroller.clientWidth, height: scroller.clientHeight, top: scroller.scrollTop },
      count(),
      WISH,
    );

  function paint() {
    asked = false;
    const { clientWidth: width, clientHeight: height, scrollTop: top } = scroller;
    if (!shown || !width || !height) return;
    const now = flow();
    sheet.style.height = `${now.high}px`;
    scroller.classList.toggle('goes-on', top + height < Math.floor(now.high));
    paintCells(canvas, pictures, shown, now, { width, height, top }, pointed);
    placeGo();
  }

  function repaint() {
    if (asked) return;
    asked = true;
    requestAnimationFrame(paint);
  }

  function placeGo() {
    const href = shown && pointed !== null ? shown.href(shown.list[pointed]) : '';
    if (!shown || pointed === null || !href) return go.hide();
    const { across, cell } = flow();
    go.lead(href, shown.words(shown.list[pointed]));
    go.put((pointed % across) * cell + cell - 20, Math.floor(pointed / across) * cell);
  }

  /** @param {number | null} to */
  function point(to) {
    if (to === pointed) return;
    pointed = to;
    const index = shown && to !== null ? shown.list[to] : null;
    const words = shown && index !== null ? shown.words(index) : '';
    say(said, words || hint);
    say(option, words || hint);
    option.setAttribute('aria-setsize', String(count()));
    option.setAttribute('aria-posinset', String((to ?? 0) + 1));
    events.onPoint(index);
    repaint();
  }

  /** @param {MouseEvent} event */
  function under(event) {
    const box = sheet.getBoundingClientRect();
    return at(flow(), event.clientX - box.left, event.clientY - box.top, count());
  }
  sheet.addEventListener('pointermove', (event) => {
    if (event.pointerType !== 'mouse') return;
    byKeys = false;
    point(under(event));
  });
  scroller.addEventListener('pointerleave', (event) => {
    if (event.pointerType === 'mouse' && !byKeys) point(null); // a finger only taps, and what it tapped stays
  });
  sheet.addEventListener('click', (event) => {
    const found = under(event);
    point(found);
    if (shown && found !== null) events.onDigit(shown.list[found]);
  });
  sheet.addEventListener('keydown', (event) => {
    if (!shown) return;
    if ((event.key === 'Enter' || event.key === ' ') && pointed !== null) {
      event.preventDefault();
      return events.onDigit(shown.list[pointed]);
    }
    const to = stepped(event.key, pointed ?? -1, flow(), count());
    if (to === null) return;
    event.preventDefault();
    byKeys = true;
    point(Math.max(0, to));
    keepInSight();
  });
  sheet.addEventListener(
    'focus',
    () => pointed === null && count() && sheet.matches(':focus-visible') && point(0),
  );
  scroller.addEventListener('scroll', repaint, { passive: true });
  const watcher = new ResizeObserver(repaint);
  watcher.observe(scroller);
  const stop = onRatio(repaint);

  function keepInSight() {
    const { across, cell } = flow();
    const top = Math.floor((pointed ?? 0) / across) * cell;
    if (top < scroller.scrollTop) scroller.scrollTop = top;
    else if (top + cell > scroller.scrollTop + scroller.clientHeight)
      scroller.scrollTop = top + cell - scroller.clientHeight;
  }

  return {
    element,
    /** @param {Sheet} next */
    show(next) {
      if (next.list !== shown?.list) {
        pointed = null;
        go.hide();
        if (shown && !isSameOrder(next.list, shown.list)) scroller.scrollTop = 0;
        say(said, hint);
      }
      const isSame =
        shown !== null &&
        /** @type {const} */ (['list', 'split', 'chosen', 'theme', 'pictures']).every(
          (key) => next[key] === shown?.[key],
        );
      shown = next;
      scroller.dataset.count = String(next.list.length);
      if (!isSame) repaint();
    },
    destroy() {
      watcher.disconnect();
      stop();
    },
  };
}
