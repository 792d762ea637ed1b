// Who keeps runs and models, for the teacher: a row each, and all of a visitor's deleted at once.

import { make, say } from '../page/dom.js';

/** @import { Translate } from '../state/types.js' */

const SURE = 4000; // ms in which a second click deletes

/** @typedef {{maker: string, runs: number, models: number, you: boolean}} Maker */

/**
 * @param {HTMLElement} container
 * @param {{onDelete: (maker: string) => Promise<void>}} events
 * @param {Translate} t
 */
export function createMakers(container, { onDelete }, t) {
  const none = make('p', { class: 'small soft' }, t('class.makers.none'));
  const list = make('ul', { class: 'makers', 'data-testid': 'makers' });
  container.append(none, list);
  /** @type {Map<string, ReturnType<typeof createRow>>} */
  const rows = new Map();

  /** @param {string} maker */
  function createRow(maker) {
    const about = make('span', {});
    const remove = make(
      'button',
      { type: 'button', class: 'small', 'data-testid': 'delete-all' },
      t('class.makers.delete'),
    );
    const element = make('li', {}, about, remove);
    let isSure = false;
    /** @param {boolean} sure */
    function setSure(sure) {
      isSure = sure;
      say(remove, t(sure ? 'class.makers.sure' : 'class.makers.delete'));
    }
    remove.addEventListener('click', () => {
      if (isSure) onDelete(maker);
      else setTimeout(() => setSure(false), SURE);
      setSure(!isSure);
    });
    return {
      element,
      /** @param {Maker} now */
      update({ runs, models, you }) {
        say(
          about,
          t(you ? 'class.makers.you' : 'class.makers.row', {
            name: maker.slice(0, 4),
            runs,
            models,
          }),
        );
      },
    };
  }

  return {
    /** @param {Maker[]} makers */
    update(makers) {
      none.hidden = makers.length > 0;
      for (const [maker, row] of rows) {
        if (makers.some((each) => each.maker === maker)) continue;
        row.element.remove();
        rows.delete(maker);
      }
      makers.forEach((each, i) => {
        const row = rows.get(each.maker) ?? createRow(each.maker);
        rows.set(each.maker, row);
        if (list.children[i] !== row.element)
          list.insertBefore(row.element, list.children[i] ?? null);
        row.update(each);
      });
    },
  };
}
