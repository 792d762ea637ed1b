// Marks every term at the first place where it stands on the screen, and again when the text there
// changes. Within a button or a link a mark is no stop of its own: its host's focus explains it.

import { changeBy, make } from '../dom.js';
import { changeAround } from './change.js';

/** @import { Dictionary } from './dictionary.js' */

/**
 * @typedef {{id: string, text: Text, start: number, end: number} | {id: string, element: HTMLElement}} Place
 * where a term stands: a part of a text, or an element that says so by data-term
 */

const NEVER =
  '.lesson-card, .views, [data-no-terms], script, style, select, option, textarea, input, pre, code, svg, math, canvas, noscript, [hidden], [aria-hidden="true"], [role="img"], .unseen, .skip, .tip, dialog:not([open])';
const CHOICE = 'label:has(input:is([type="radio"], [type="checkbox"]))';
const HOSTS = `button, a, summary, ${CHOICE}, [role="button"]:not(.explained)`;
/** Where nothing but a finger points, a press on a control does what the control is for: words are told
 * elsewhere. A layer's name acts on nobody's press. */
const PRESSED = `button:not(.layer-label), a, summary, ${CHOICE}`;
const RESTS = 150; // ms without a change, after which is looked for terms: that costs a layout
const BOXES = /flex|grid/;

/** The parts of a page in the order in which they are read: what is said before how one gets elsewhere. */
const roots = () => [
  ...document.querySelectorAll('main'),
  ...document.querySelectorAll('header.bar, dialog'),
];

/** What has the focus when a mark's host is used, and says what the mark explains. @param {Element} mark
 * @returns {Element | null} */
function hostOf(mark) {
  const host = mark.closest(HOSTS);
  return host instanceof HTMLLabelElement ? host.control : host;
}

/** @param {Element} element */
const isShown = (element) =>
  element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0;

/** @param {Node} node @param {Node} other */
const isBefore = (node, other) =>
  (other.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_PRECEDING) > 0;

/** Whether something is other than it was: what is set as it is already is told, too.
 * @param {MutationRecord} record */
const isChange = ({ target, attributeName, oldValue }) =>
  !attributeName || /** @type {Element} */ (target).getAttribute(attributeName) !== oldValue;

/** A text's part in an element of its own. @param {Text} text @param {number} start @param {number} end */
function wrap(text, start, end) {
  const parent = /** @type {HTMLElement} */ (text.parentElement);
  if (BOXES.test(getComputedStyle(parent).display)) {
    const whole = make('bdi', {}); // the text stays one item of its box
    text.replaceWith(whole);
    whole.append(text);
  }
  const word = text.splitText(start);
  word.splitText(end - start);
  const mark = make('dfn', { 'data-made': 'yes' }); // what screens say of spans does not hold for it
  word.replaceWith(mark);
  mark.append(word);
  return mark;
}

/** An element that was marked is as it was before. @param {HTMLElement} mark @param {string} id */
function undress(mark, id) {
  const host = hostOf(mark);
  const others = (host?.getAttribute('aria-describedby') ?? '')
    .split(' ')
    .filter((each) => each !== `term-${id}`);
  if (others.length) host?.setAttribute('aria-describedby', others.join(' '));
  else host?.removeAttribute('aria-describedby');
  if (!mark.dataset.made) {
    mark.classList.remove('explained');
    for (const name of ['role', 'tabindex', 'aria-expanded', 'aria-describedby', 'aria-label'])
      mark.removeAttribute(name);
    return;
  }
  const parent = mark.parentElement;
  mark.replaceWith(...mark.childNodes);
  parent?.normalize();
}

/** Where a term may be marked. @param {Element} element */
function mayBe(element) {
  const never = matchMedia('(hover: none)').matches ? `${NEVER}, ${PRESSED}` : NEVER;
  return !element.closest(never) && isShown(element);
}

/** The first place of every term. A page has far more texts than terms: what a text is in is looked
 * at once it has one. @param {Dictionary} dictionary @returns {Map<string, Place>} */
function placesOf(dictionary) {
  /** @type {Map<string, Place>} */
  const first = new Map();
  for (const root of roots()) {
    /** @type {Map<string, Place>} */
    const here = new Map();
    for (const element of /** @type {NodeListOf<HTMLElement>} */ (
      root.querySelectorAll('[data-term]')
    )) {
      const id = element.dataset.term;
      if (id && !first.has(id) && !here.has(id) && mayBe(element)) here.set(id, { id, element });
    }
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = /** @type {Text} */ (node);
      for (const { id, start, end } of dictionary.find(text.data)) {
        const place = here.get(id);
        const isLater = place && !('element' in place && isBefore(text, place.element));
        const parent = text.parentElement;
        if (first.has(id) || isLater || !parent || parent.closest('[data-term]')) continue;
        if (!mayBe(parent)) continue;
        here.delete(id); // in the order of the texts, by which they are marked
        here.set(id, { id, text, start, end });
      }
    }
    for (const [id, place] of here) first.set(id, place);
  }
  return first;
}

/**
 * @param {Dictionary} dictionary
 * @param {{onMoved: (id: string, mark: HTMLElement) => void}} events a mark was made anew
 */
export function createMarker(dictionary, { onMoved }) {
  /** @type {Map<string, HTMLElement>} */
  const marks = new Map();
  const sentences = make('div', { hidden: true });
  document.body.append(sentences);
  changeBy(changeAround);

  /** The sentence for those who listen. @param {string} id */
  function described(id) {
    const name = `term-${id}`;
    if (!document.getElementById(name))
      sentences.append(make('p', { id: name }, dictionary.about(id)));
    return name;
  }

  /** @param {HTMLElement} mark @param {string} id */
  function dress(mark, id) {
    mark.classList.add('explained');
    mark.dataset.term = id;
    const host = hostOf(mark);
    if (host) {
      const others = (host.getAttribute('aria-describedby') ?? '').split(' ').filter(Boolean);
      host.setAttribute('aria-describedby', [...new Set([...others, described(id)])].join(' '));
      return mark;
    }
    const name = mark.dataset.made ? {} : { 'aria-label': dictionary.name(id) }; // a formula says nothing aloud
    for (const [key, value] of Object.entries({
      ...name,
      role: 'button',
      tabindex: '0',
      'aria-expanded': 'false',
      'aria-describedby': described(id),
    }))
      mark.setAttribute(key, value);
    return mark;
  }

  /** @param {string} id */
  function unmark(id) {
    const mark = marks.get(id);
    marks.delete(id);
    if (mark) undress(mark, id);
  }

  /** Mark what is not marked, at its first place; what no longer is there is let go. */
  function mark() {
    let first = placesOf(dictionary);
    const focused = document.activeElement === document.body ? lost : null;
    lost = null;
    const stale = [...marks].filter(([id, old]) => {
      const place = first.get(id);
      return !place || !('element' in place) || place.element !== old;
    });
    const isJoined = stale.some(([, old]) => old.isConnected); // with what stands around its mark
    for (const [id] of stale) unmark(id);
    if (isJoined) first = placesOf(dictionary);
    // from the last to the first: a text that is split keeps its beginning
    for (const [id, place] of [...first].reverse()) {
      if (marks.has(id)) continue;
      const element = 'element' in place ? place.element : wrap(place.text, place.start, place.end);
      marks.set(id, dress(element, id));
      onMoved(id, element);
      if (focused === id) element.focus();
    }
  }

  /** The term whose mark was focused when it went. @type {string | null} */
  let lost = null;

  /** Whether what was put there has a term before its mark, or one that has none. Text by text: two
   * that stand side by side are no one word. @param {Node} node */
  function hasNews(node) {
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = node instanceof Text ? node : walker.nextNode(); text; text = walker.nextNode())
      for (const { id } of dictionary.find(text.textContent ?? '')) {
        const known = marks.get(id);
        if (!known || isBefore(text, known)) return true;
      }
    return false;
  }

  /** What shows or hides may show or hide a term, and such changes with every stroke; a text has to
   * have news. @param {MutationRecord[]} records */
  function onChange(records) {
    const gone = [...marks].filter(([, each]) => !each.isConnected);
    lost = gone.find(([id]) => id === focus)?.[0] ?? null;
    if (lost) look();
    else if (gone.length || records.filter(isChange).some(isNews)) soon();
  }

  /** @param {MutationRecord} record */
  const isNews = ({ type, target, addedNodes }) =>
    type === 'attributes' ||
    (type === 'characterData' ? hasNews(target) : [...addedNodes].some(hasNews));

  function look() {
    clearTimeout(timer);
    mark();
    watch.takeRecords(); // what was done here is no news
  }

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  function soon() {
    clearTimeout(timer);
    timer = setTimeout(look, RESTS);
  }

  let focus = '';
  document.addEventListener('focusin', ({ target }) => {
    focus = /** @type {HTMLElement} */ (target).dataset?.term ?? '';
  });
  const watch = new MutationObserver(onChange);
  mark();
  watch.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributeFilter: ['hidden', 'open', 'class'],
    attributeOldValue: true,
  });
  window.addEventListener('resize', mark);

  return {
    /** @param {Element} host what has the focus @returns {HTMLElement[]} the marks in it */
    within: (host) =>
      [...marks.values()].filter((each) => host.contains(each) || hostOf(each) === host),
  };
}
