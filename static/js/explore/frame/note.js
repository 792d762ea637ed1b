// What stands above the views: why another network is shown than was asked for, and that the one that is
// shown was deleted meanwhile, with a way on.

import { make, say } from '../../page/dom.js';

/** @import { ExploreState, Subject, Want } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */

/** Whether the server says that there is no such network. @param {unknown} error */
export const isGone = (error) => /** @type {any} */ (error)?.code === 'unknown_model';

/**
 * The interface, which tells when a network that should read is no longer there.
 * @template {{read: (id: string, ...rest: any[]) => Promise<any>}} A
 * @param {A} api
 * @param {(id: string) => void} onGone
 * @returns {A}
 */
export const noticing = (api, onGone) => ({
  ...api,
  read: (id, ...rest) =>
    api.read(id, ...rest).catch((error) => {
      if (isGone(error)) onGone(id);
      throw error;
    }),
});

/** Whether something that was wanted of this network could not be had, for it is not there.
 * @param {Pick<ExploreState, 'loaded'>} state @param {Subject} subject @param {Want[]} wants */
export const isMissed = ({ loaded }, subject, wants) =>
  wants.some(({ key }) => key.endsWith(` ${subject.key}`) && loaded[key]?.state === 'gone');

/**
 * @param {HTMLElement} element
 * @param {{onChoose: () => void}} events
 * @param {Translate} t
 */
export function createNote(element, { onChoose }, t) {
  const said = make('span', {});
  const choose = make(
    'button',
    { type: 'button', class: 'small', hidden: true, 'data-testid': 'note-choose' },
    t('explore.choose'),
  );
  element.replaceChildren(said, ' ', choose);
  choose.addEventListener('click', onChoose);
  return {
    /** @param {string} note '' for none @param {boolean} isMissing the network was deleted */
    show(note, isMissing) {
      const text = isMissing ? t('explore.note.gone') : note;
      element.hidden = !text;
      choose.hidden = !isMissing;
      say(said, text);
    },
  };
}
