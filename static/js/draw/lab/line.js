// What the changes do, in one line, with the way back: for a sheet's head on a small screen, where the
// panel that says more is out of sight.

import { make, say } from '../../page/dom.js';
import { measured, testedOn } from './edited.js';

/** @import { State, Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/**
 * @param {HTMLElement} container
 * @param {{onUndo: () => void, onReset: () => void}} events
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createEditedLine(container, { onUndo, onReset }, t, numbers) {
  /** @param {string} id @param {() => void} act */
  const button = (id, act) => {
    const element = make(
      'button',
      { type: 'button', 'data-testid': `line-${id}` },
      t(`edited.${id}`),
    );
    element.addEventListener('click', act);
    return element;
  };
  const accuracy = make('span', { 'data-testid': 'line-accuracy' });
  const about = make('span', { class: 'small soft' });
  const [undo, reset] = [button('undo', onUndo), button('reset', onReset)];
  const said = make('span', { class: 'sheet-measure' }, accuracy, about);
  const line = make('p', { class: 'sheet-edited', hidden: true }, said, undo, reset);
  container.append(line);
  return {
    /** @param {State} state */
    update(state) {
      const made = state.edits[state.model?.id ?? ''] ?? [];
      line.hidden = !state.changing && !made.length;
      say(accuracy, measured(state, numbers).text);
      say(about, t(`edited.about${testedOn(state.model)}`));
      undo.disabled = !state.canUndoEdit;
      reset.disabled = !made.length;
    },
    destroy: () => line.remove(),
  };
}
