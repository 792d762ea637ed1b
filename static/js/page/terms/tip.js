// One small window that says what a term means. It opens where one points, taps or goes by the
// keyboard, stays while the pointer is on it, and closes with Escape.

import { make } from '../dom.js';
import { pictureOf } from './pictures.js';

/** @import { Dictionary } from './dictionary.js' */

const OPENS_AFTER = 150; // ms: a pointer that only passes opens nothing
const CLOSES_AFTER = 250; // ms in which the pointer may go from the word to the window
const GAP = 6; // px
const EDGE = 8; // px between the window and the screen's edge

/** The window goes below its word, or above it where there is no room. @param {HTMLElement} tip @param {HTMLElement} word */
function place(tip, word) {
  const at = word.getBoundingClientRect();
  const { width, height } = tip.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const below = at.bottom + GAP;
  const top = below + height + EDGE <= clientHeight ? below : Math.max(EDGE, at.top - GAP - height);
  tip.style.left = `${Math.max(EDGE, Math.min(at.left, clientWidth - width - EDGE))}px`;
  tip.style.top = `${top}px`;
}

/**
 * @param {Dictionary} dictionary
 * @param {(id: string) => string} live the number that the term has just now, in words, or nothing
 * @param {(host: Element) => HTMLElement[]} marksIn
 * @param {() => void} onLayer what was opened to stay has opened or closed
 */
export function createTip(dictionary, live, marksIn, onLayer) {
  const tip = make('div', {
    class: 'tip',
    role: 'tooltip',
    popover: 'manual',
    'data-testid': 'tip',
  });
  (document.querySelector('main') ?? document.body).append(tip);
  /** @type {HTMLElement[]} */
  let open = [];
  let stays = false; // it was tapped: the browser's Back closes it
  /** @type {HTMLElement[]} what was tapped last */
  let kept = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {HTMLElement} mark */
  function entry(mark) {
    const id = mark.dataset.term ?? '';
    const now = live(id);
    const picture = pictureOf(id);
    return make(
      'div',
      { class: picture ? 'tip-term pictured' : 'tip-term', 'data-about': id },
      ...(picture ? [picture] : []),
      make('p', {}, make('strong', {}, dictionary.name(id)), ' ', dictionary.about(id)),
      ...(now ? [make('p', { class: 'tip-live', 'data-testid': 'tip-live' }, now)] : []),
    );
  }

  /** @param {HTMLElement[]} marks */
  function show(marks) {
    clearTimeout(timer);
    if (!marks.length) return;
    for (const each of open) each.setAttribute('aria-expanded', 'false');
    open = marks;
    for (const each of open)
      if (each.hasAttribute('role')) each.setAttribute('aria-expanded', 'true');
    tip.replaceChildren(...marks.map(entry));
    if (tip.matches(':popover-open')) tip.hidePopover(); // above whatever came since
    tip.showPopover();
    place(tip, open[0]);
    onLayer();
  }

  /** @param {HTMLElement[]} marks that were tapped */
  function keep(marks) {
    stays = marks.length > 0;
    kept = marks;
    show(marks);
  }

  function close() {
    clearTimeout(timer);
    if (!open.length) return;
    for (const each of open)
      if (each.hasAttribute('role')) each.setAttribute('aria-expanded', 'false');
    open = [];
    stays = false;
    tip.hidePopover();
    onLayer();
  }

  /** @param {EventTarget | null} target @returns {HTMLElement | null} */
  const markAt = (target) => (target instanceof Element ? target.closest('.explained') : null);
  /** @param {() => void} act @param {number} delay */
  function soon(act, delay) {
    clearTimeout(timer);
    timer = setTimeout(act, delay);
  }

  /** @type {Element | null} what was pressed: its words explain nothing until the pointer has left it */
  let pressed = null;
  document.addEventListener('pointerover', ({ target, pointerType }) => {
    if (pointerType === 'touch') return;
    if (pressed?.contains(/** @type {Node} */ (target))) return;
    pressed = null;
    const mark = markAt(target);
    if (mark?.closest('.menu[open] > summary')) return; // its list is what one looks at
    if (mark) soon(() => mark.isConnected && show([mark]), OPENS_AFTER);
    else if (target instanceof Node && tip.contains(target)) clearTimeout(timer);
    else if (open.length) soon(close, CLOSES_AFTER);
    else clearTimeout(timer);
  });
  let isByKeys = false; // a control that is used by pointer, and made anew with its focus, opens nothing
  document.addEventListener('focusin', ({ target }) => {
    if (!isByKeys || !(target instanceof Element) || !target.matches(':focus-visible')) return;
    const mark = markAt(target);
    show(mark ? [mark] : marksIn(target));
  });
  document.addEventListener('focusout', close);
  document.addEventListener('pointerdown', ({ target }) => {
    isByKeys = false;
    const mark = markAt(target);
    const isOwn = mark?.hasAttribute('role');
    pressed = (!isOwn && mark?.closest('summary, a, button')) || null;
    if (!isOwn && !(target instanceof Node && tip.contains(target))) close(); // its host acts
  });
  document.addEventListener('click', (event) => {
    const mark = markAt(event.target);
    if (!mark) return;
    const isOwn = mark.hasAttribute('role');
    if (isOwn) event.preventDefault(); // within a label it would go to the label's field
    // a layer's name acts on nobody's press: it shows its values to who points at it
    if (isOwn || mark.closest('.layer-label')) keep([mark]);
  });
  document.addEventListener(
    'keydown',
    (event) => {
      isByKeys = true;
      const mark = document.activeElement?.matches('.explained[role]')
        ? /** @type {HTMLElement} */ (document.activeElement)
        : null;
      if (event.key === 'Escape' && open.length) close();
      else if ((event.key === 'Enter' || event.key === ' ') && mark)
        open.includes(mark) ? close() : show([mark]);
      else return;
      event.preventDefault();
      event.stopPropagation(); // nothing else closes with it
    },
    true,
  );
  /** It goes where its word goes. */
  const follow = () => open.length && (open[0].isConnected ? place(tip, open[0]) : close());
  for (const event of ['scroll', 'resize']) window.addEventListener(event, follow, true);

  return {
    /** What the browser's Back closes. @type {import('../layers.js').Layer} */
    layer: {
      name: 'term',
      isOpen: () => stays,
      close,
      open: () => keep(kept.filter((mark) => mark.isConnected)),
    },
    /** The mark of an open term was made anew. @param {string} id @param {HTMLElement} mark */
    move(id, mark) {
      if (open.some((each) => each.dataset.term === id))
        open = open.map((each) => (each.dataset.term === id ? mark : each));
    },
    /** What is open says the number of now. */
    refresh() {
      for (const each of open) {
        const line = tip.querySelector(`[data-about="${each.dataset.term}"] .tip-live`);
        if (line) line.textContent = live(each.dataset.term ?? '');
      }
    },
  };
}
