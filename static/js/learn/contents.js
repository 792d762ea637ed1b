// The list of chapters, with what of each is done.

import { make } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Progress } from './progress.js' */
/** @import { Summary } from './types.js' */

/**
 * @param {HTMLElement} container
 * @param {{onOpen: (chapter: string, step: string | null) => void, onClear: () => void,
 *   addressOf: (chapter: string, step: string | null) => string}} events
 * @param {Progress} progress
 * @param {Translate} t
 */
export function createContents(container, { onOpen, onClear, addressOf }, progress, t) {
  /** @param {Summary} chapter */
  function card({ id, number, title, minutes, tasks }) {
    const { last } = progress.get();
    const done = Math.min(tasks, progress.tasksOf(id));
    const link = make(
      'a',
      { href: addressOf(id, last[id] ?? null), 'data-testid': `chapter-${id}` },
      make('span', { class: 'chapter-number number' }, String(number)),
      make('span', { class: 'chapter-title' }, title),
      make('span', { class: 'small soft' }, t('learn.about', { minutes, tasks })),
      make('span', { class: 'small chapter-done' }, done ? t('learn.done', { done, tasks }) : last[id] ? t('learn.begun') : ''),
    );
    link.style.setProperty('--done', `${tasks ? (done / tasks) * 100 : 0}%`);
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      onOpen(id, last[id] ?? null);
    });
    return make('li', { class: done && done === tasks ? 'all-done' : '' }, link);
  }

  return {
    /** @param {Summary[]} chapters */
    show(chapters) {
      const clear = make('button', { type: 'button', class: 'link', 'data-testid': 'learn-clear' }, t('learn.clear'));
      clear.addEventListener('click', onClear);
      const total = chapters.reduce((all, { minutes }) => all + minutes, 0);
      container.replaceChildren(
        make('h2', { id: 'contents-title' }, t('learn.title')),
        make('p', { class: 'lead' }, t('learn.lead', { chapters: chapters.length, minutes: total })),
        make('ol', { class: 'chapters' }, ...chapters.map(card)),
        make('p', { class: 'small soft' }, t('learn.private'), ' ', ...(Object.keys(progress.get().visited).length ? [clear] : [])),
      );
    },
  };
}
