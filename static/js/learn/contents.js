// The list of chapters and of what stands around them, each with its picture and what of it is done.

import { make } from '../page/dom.js';
import { rooted } from '../server/root.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Progress } from './progress.js' */
/** @import { Extra, Listed, Summary } from './types.js' */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * @param {HTMLElement} container
 * @param {{onOpen: (chapter: string | null, step: string | null) => void, onClear: () => void,
 *   addressOf: (chapter: string, step: string | null) => string}} events
 * @param {Progress} progress
 * @param {Translate} t
 */
export function createContents(container, { onOpen, onClear, addressOf }, progress, t) {
  /** @template {HTMLElement} T @param {T} link @param {string} id to where one was in it */
  function leadsTo(link, id) {
    const step = progress.get().last[id] ?? null;
    link.setAttribute('href', addressOf(id, step));
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      onOpen(id, step);
    });
    return link;
  }

  /** @param {string} id of a symbol in static/chapters.svg; who writes a chapter needs none */
  function picture(id) {
    const [svg, use] = ['svg', 'use'].map((name) => document.createElementNS(SVG, name));
    svg.setAttribute('class', 'chapter-picture');
    svg.setAttribute('aria-hidden', 'true');
    use.setAttribute('href', `${container.dataset.pictures}#${id}`);
    svg.append(use);
    return svg;
  }

  /** @param {string} id @param {string} about @param {string} done @param {string} title @param {string} mark */
  function link(id, title, about, done, mark) {
    const element = make(
      'a',
      { 'data-testid': `chapter-${id}` },
      make(
        'span',
        { class: 'chapter-title' },
        ...(mark ? [make('span', { class: 'chapter-number number' }, mark)] : []),
        title,
      ),
      make('span', { class: 'small soft' }, about),
      make('span', { class: 'small chapter-done' }, done),
    );
    element.prepend(picture(id));
    return leadsTo(element, id);
  }

  /** Where to begin, or where one was; at the end what is still open, then the questions after the chapters.
   * @param {Listed} listed */
  function on({ chapters, extras }) {
    const { recent, last, visited, quizzes } = progress.get();
    const isThrough = (/** @type {Summary} */ { id, steps }) =>
      Object.keys(visited).filter((key) => key.startsWith(`${id}/`)).length >= steps;
    const at = chapters.findIndex(({ id }) => id === recent.chapter && last[id]);
    const isOpen = (/** @type {Summary} */ { id, tasks }) => progress.tasksOf(id) < tasks;
    const chapter =
      chapters.slice(Math.max(0, at)).find((each) => !isThrough(each)) ??
      chapters.find((each) => !isThrough(each) || isOpen(each));
    const after = extras.find(({ id, kind }) => kind === 'after' && !quizzes[id]);
    const next = chapter ?? after ?? chapters[0];
    if (!next) return [];
    const said = chapter
      ? t(at >= 0 ? 'learn.go-on' : 'learn.begin', {
          number: chapter.number,
          title: chapter.title,
        })
      : t('learn.after', { title: next.title });
    return [
      make('p', {}, leadsTo(make('a', { class: 'go', 'data-testid': 'learn-on' }, said), next.id)),
    ];
  }

  /** @param {Summary} chapter */
  function card({ id, number, title, minutes, steps, tasks }) {
    const done = Math.min(tasks, progress.tasksOf(id));
    const begun = progress.get().last[id] ? t('learn.begun') : '';
    const element = link(
      id,
      title,
      t('learn.about', { minutes, steps, tasks }),
      done ? t('learn.done', { done, tasks }) : begun,
      String(number),
    );
    element.style.setProperty('--done', `${tasks ? (done / tasks) * 100 : 0}%`);
    return make('li', { class: done && done === tasks ? 'all-done' : '' }, element);
  }

  /** @param {Extra} extra */
  function around({ id, kind, title, minutes, steps, questions }) {
    const { quizzes, scores } = progress.get();
    const solved = Object.keys(scores).filter((key) => key.startsWith(`${id}/`)).length;
    const about =
      kind === 'challenges'
        ? t('learn.challenges.about', { count: steps })
        : t('quiz.about', { minutes, questions });
    const tried = solved ? t('learn.challenges.done', { done: solved, count: steps }) : '';
    const done = kind === 'challenges' ? tried : quizzes[id] ? t('quiz.done') : '';
    return link(id, title, about, done, '');
  }

  return {
    /** @param {Listed} listed @param {HTMLElement | null} [first] what stands before the chapters */
    show({ chapters, extras }, first = null) {
      const clear = make(
        'button',
        { type: 'button', class: 'link', 'data-testid': 'learn-clear' },
        t('learn.clear'),
      );
      clear.addEventListener('click', () => {
        if (clear.dataset.sure) return onClear();
        clear.dataset.sure = 'asked'; // it cannot be undone
        clear.textContent = t('learn.clear.sure');
      });
      const total = chapters.reduce((all, { minutes }) => all + minutes, 0);
      const { visited, quizzes } = progress.get();
      const isBegun = Object.keys(visited).length + Object.keys(quizzes).length > 0;
      container.replaceChildren(
        make('h2', { id: 'contents-title' }, t('learn.title')),
        make(
          'p',
          { class: 'lead' },
          t('learn.lead', { chapters: chapters.length, minutes: total }),
        ),
        ...(first ? [first] : on({ chapters, extras })),
        make(
          'div',
          { class: 'chapters' },
          ...extras.filter(({ kind }) => kind === 'before').map(around),
          make('ol', {}, ...chapters.map(card)),
          ...extras.filter(({ kind }) => kind !== 'before').map(around),
        ),
        ...(extras.length
          ? [
              make(
                'p',
                { class: 'small' },
                make(
                  'a',
                  { href: rooted('/present'), 'data-testid': 'present' },
                  t('learn.present'),
                ),
                ' · ',
                make('a', { href: rooted('/class') }, t('learn.class')),
                ' · ',
                make('a', { href: rooted('/sheets'), 'data-testid': 'sheets' }, t('learn.sheets')),
              ),
            ]
          : []),
        make('p', { class: 'small soft' }, t('learn.private'), ' ', ...(isBegun ? [clear] : [])),
      );
    },
  };
}
