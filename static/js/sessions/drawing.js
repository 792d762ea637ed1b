// What happens on the pad: strokes, digits that are put on it, steps of the history; each is read.

import { persist } from '../server/persist.js';
import { isRefusal } from '../server/api.js';
import { strokesOf, withStroke } from '../state/history.js';

/** @import { Drawing, State, Stroke } from '../state/types.js' */
/** @import { Status } from '../server/follower.js' */

/**
 * @param {object} page
 * @param {{get(): State, set(change: Partial<State>): void}} page.store
 * @param {ReturnType<typeof import('../state/history.js').createHistory>} page.history
 * @param {{read: (drawing: Drawing) => void}} page.reader
 * @param {(status: Status, detail?: string) => void} page.tell how it goes with a digit asked for
 * @param {() => void} [page.onAct] the visitor has changed the pad
 */
export function createDrawing({ store, history, reader, tell, onAct = () => {} }) {
  let touched = false; // whether the visitor has put something on the pad
  let asked = 0; // digits, so far

  /** The pad holds the history's current step. */
  function show() {
    const drawing = history.current();
    store.set({
      drawing,
      erasing: store.get().erasing && strokesOf(drawing).length > 0,
      canUndo: history.canUndo(),
      canRedo: history.canRedo(),
      penDown: false,
    });
    reader.read(drawing);
  }

  /** The visitor changes the pad. @param {() => void} step of the history */
  function act(step) {
    if (store.get().penDown) return;
    touched = true;
    asked += 1; // a digit that is still on its way is no longer wanted
    step();
    onAct();
    store.set({ welcome: false, row: null }); // an LSTM reads all of what is new
    show();
  }

  /** @param {() => Promise<Drawing | null>} load @param {() => boolean} isWanted */
  const loadDigit = (load, isWanted) =>
    persist(load, { onStatus: tell, isFinal: isRefusal, isWanted });

  return {
    show,
    act,
    loadDigit,
    touched: () => touched,
    touch() {
      touched = true;
    },
    /** While the pen moves. @param {Stroke} stroke */
    onDraw(stroke) {
      touched = true;
      asked += 1;
      store.set({ penDown: true, welcome: false, row: null });
      reader.read(withStroke(history.current(), [...stroke]));
    },
    /** @param {Stroke} stroke */
    onStroke(stroke) {
      store.set({ penDown: false });
      act(() => history.addStroke(stroke));
    },
    /** Another input, while it is still being changed. @param {Drawing} drawing */
    onGive(drawing) {
      touched = true;
      asked += 1;
      onAct();
      store.set({ drawing });
      reader.read(drawing);
    },
    /** Put on the pad what is loaded, unless something else came in the meantime.
     * @param {() => Promise<Drawing | null>} load null changes nothing */
    async put(load) {
      asked += 1;
      const mine = asked;
      const digit = await loadDigit(load, () => mine === asked);
      if (digit) act(() => history.push(digit));
    },
    onUndo: () => act(history.undo),
    onRedo: () => act(history.redo),
    onClear: () => act(history.clear),
  };
}
