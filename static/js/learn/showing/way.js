// The way through a chapter: back and on, a dot for each step with its tasks, and what was left open.

import { make, say } from '../../page/dom.js';
import { rooted } from '../../server/root.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Progress } from '../progress.js' */
/** @import { Chapter } from '../types.js' */

/** @typedef {{id: string, label: string, title: string}} Following what comes after a chapter */

/**
 * @param {object} events
 * @param {(step: string | null) => void} events.onGo null goes to the list of chapters
 * @param {(chapter: string) => void} events.onChapter to the beginning of another one
 * @param {((by: 1 | -1) => void) | null} [events.onTurn] what the buttons do, where that is more
 * @param {Progress} progress
 * @param {Translate} t
 */
export function createWay({ onGo, onChapter, onTurn }, progress, t) {
  const open = make('section', { class: 'left-open', 'data-testid': 'left-open' });
  /** @type {HTMLElement[]} one a step */
  let dots = [];
  /** @type {Chapter | null} */
  let shown = null;
  /** @type {HTMLElement | null} */
  let next = null;

  /** @param {HTMLElement} element @param {() => void} act that its click does in place of its own */
  function acts(element, act) {
    element.addEventListener('click', (event) => {
      event.preventDefault();
      act();
    });
    return element;
  }

  /** Which steps have tasks, which of these are open; and at the end, the way back to them. */
  function mark() {
    if (!shown) return;
    const { id, number, content: steps } = shown;
    const counts = steps.map((step) => progress.tasksIn(id, step));
    for (const [i, dot] of dots.entries()) {
      const { done, tasks: all } = counts[i];
      const title = t('learn.step', { number: i + 1, title: steps[i].title });
      const said = all ? `${title} · ${t('learn.step.tasks', { done, tasks: all })}` : title;
      dot.setAttribute('aria-label', said);
      dot.title = said;
      dot.classList.toggle('with-tasks', all > 0);
      dot.classList.toggle('all-done', all > 0 && done === all);
    }
    const left = steps.filter((_, i) => counts[i].done < counts[i].tasks);
    const last = steps[steps.length - 1];
    const isRight = last?.questions.every((question, i) => {
      const answer = progress.get().answers[`${id}/${last.name}/${i}`];
      return question.answers[answer]?.right;
    });
    if (!left.length && isRight && last?.questions.length) {
      open.hidden = false;
      open.replaceChildren(
        make('p', { class: 'closed' }, t('learn.closed', { number: number ?? '' })),
      );
      return;
    }
    open.hidden = !left.length;
    const links = left.map(({ name, title }) =>
      acts(make('a', { href: rooted(`/learn/${id}/${name}`) }, title), () => onGo(name)),
    );
    open.replaceChildren(
      make('p', {}, t('learn.left')),
      make('ul', {}, ...links.map((link) => make('li', {}, link))),
    );
  }

  /** @param {string} id @param {string} label @param {() => void} act @param {string} [title] */
  const button = (id, label, act, title) =>
    acts(
      make(
        'button',
        { type: 'button', class: id, 'data-testid': `step-${id}`, title: title ?? null },
        label,
      ),
      act,
    );

  return {
    /** What was left open, for the last step. */
    open,
    mark,
    /** @param {Chapter} chapter @param {number} at @param {Following | null} following */
    through(chapter, at, following) {
      shown = chapter;
      const { id, content } = chapter;
      const { visited } = progress.get();
      const to = (/** @type {number} */ i) => () => onGo(content[i]?.name ?? null);
      dots = content.map(({ name }, i) => {
        const dot = make('button', {
          type: 'button',
          class: 'dot',
          'aria-current': i === at ? 'step' : null,
        });
        dot.classList.toggle('visited', Boolean(visited[`${id}/${name}`]));
        return acts(dot, () => onGo(name));
      });
      mark();
      const isLast = at === content.length - 1;
      const chapterAfter = isLast ? following : null;
      const [label, on] = chapterAfter
        ? [chapterAfter.label, () => onChapter(chapterAfter.id)]
        : [t(isLast ? 'learn.finish' : 'learn.next'), to(at + 1)];
      next = button('next', label, onTurn ? () => onTurn(1) : on, chapterAfter?.title);
      return make(
        'nav',
        { class: isLast ? 'way last' : 'way', 'aria-label': t('learn.way') },
        ...(at
          ? [button('back', t('learn.back'), onTurn ? () => onTurn(-1) : to(at - 1))]
          : [make('span')]),
        make('div', { class: 'dots' }, ...dots),
        next,
      );
    },
    /** @param {string} label */
    sayNext: (label) => next && say(next, label),
    /** The chapter's name, and the way to the list of all. @param {Chapter} chapter @param {number} at the step's place */
    above({ kind, number, title }, at) {
      const all = make(
        'a',
        { href: rooted('/learn'), class: 'small', 'data-testid': 'all-chapters' },
        t('learn.all'),
      );
      acts(all, () => onGo(null));
      const isChapter = kind === 'chapter';
      const name = make('span', { class: isChapter && at ? 'known' : null }, ` · ${title}`);
      return make(
        'p',
        { class: 'small soft chapter-name' },
        all,
        ...(isChapter ? [` · ${number}`] : []),
        name,
      );
    },
  };
}
