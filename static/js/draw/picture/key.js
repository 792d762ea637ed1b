// What the picture of maps or of an LSTM shows, in one line beside the buttons below it: who sees one for
// the first time knows what a row, a column and a tile are.

import { make, say } from '../../page/dom.js';
import { loadWords } from '../../page/late.js';
import { isMaps, isSteps } from '../../state/units.js';
import { isCovered } from '../../state/store.js';

/** @import { State } from '../../state/types.js' */

/** Which line, null where the picture shows neurons alone. @param {Pick<State, 'model' | 'problem'>} state */
export function keyOf({ model, problem }) {
  if (model?.layers.some(isSteps)) return problem === 'pen' ? 'key.pen' : 'key.lstm';
  return model?.layers.some(isMaps) ? 'key.conv' : null;
}

/**
 * @param {HTMLElement} bar below the picture
 * @param {{get(): State, subscribe(listener: (state: State) => void): unknown}} store
 */
export function createKey(bar, store) {
  const line = make('p', { class: 'picture-key small soft', 'data-testid': 'picture-key' });
  bar.append(line);
  /** @type {Record<string, string> | null} */
  let words = null;

  /** @param {State} state */
  async function update(state) {
    const key = keyOf(state);
    const isBusy = state.moment !== null || isCovered(state); // a pass is played, with words of its own
    line.hidden = key === null || isBusy;
    if (key === null) return;
    words ??= await loadWords('told').catch(() => null);
    if (words && key === keyOf(store.get())) say(line, words[key]);
  }
  store.subscribe(update);
  update(store.get());
}
