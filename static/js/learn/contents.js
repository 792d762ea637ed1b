// The list of chapters and of what stands around them, with what of each is done.

import { make } from '../page/dom.js';
import { rooted } from '../server/root.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Progress } from './progress.js' */
/** @import { Extra, Listed, Summary } from './types.js' */

/**
 * @param {HTMLElement} container
 * @param {{onOpen: (chapter: string | null, step: string | null) => void, onClear: () => void,
 *   addressOf: (chapter: string, step: string | null) => string}} events
 * @param {Progress} progress
 * @param {Translate} t
 */
export function createContents(container, { onOpen, onClear, addressOf }, progress, t) {
  /** @param {string} id @param {string} about @param {string} done @param {string} title @param {string} mark */
  function link(id, title, about, done, mark) {
    const { last } = progress.get();
    const element = make(
      'a',
      { href: addressOf(id, last[id] ?? null), 'data-testid': `chapter-${id}` },
      make('span', { class: 'chapter-number number', 'aria-hidden': mark ? null : 'true' }, mark),
      make('span', { class: 'chapter-title' }, title),
      make('span', { class: 'small soft' }, about),
      make('span', { class: 'small chapter-done' }, done),
    );
    element.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      onOpen(id, last[id] ?? null);
    });
    return element;
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
      clear.addEventListener('click', onClear);
      const total = chapters.reduce((all, { minutes }) => all + minutes, 0);
      /** @param {(extra: Extra) => boolean} which @param {string} place */
      const list = (which, place) => {
        const found = extras.filter(which).map(around);
        return found.length ? [make('div', { class: `chapters around ${place}` }, ...found)] : [];
      };
      const { visited, quizzes } = progress.get();
      const isBegun = Object.keys(visited).length + Object.keys(quizzes).length > 0;
      container.replaceChildren(
        make('h2', { id: 'contents-title' }, t('learn.title')),
        make(
          'p',
          { class: 'lead' },
          t('learn.lead', { chapters: chapters.length, minutes: total }),
        ),
        ...(first ? [first] : []),
        ...list(({ kind }) => kind === 'before', 'first'),
        make('ol', { class: 'chapters' }, ...chapters.map(card)),
        ...list(({ kind }) => kind !== 'before', 'then'),
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
                make('a', { href: rooted('/sheets'), 'data-testid': 'sheets' }, t('learn.sheets')),
              ),
            ]
          : []),
        make('p', { class: 'small soft' }, t('learn.private'), ' ', ...(isBegun ? [clear] : [])),
      );
    },
  };
}
