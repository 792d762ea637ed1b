// The learner's own drawing that the network misread: kept, and put on the pad again by a step that asks for one.

/** @import { State } from '../../state/types.js' */
/** @import { Misread, Progress } from '../progress.js' */
/** @import { Bridge, Step } from '../types.js' */

const NEWEST = 'newest';

/** What is drawn now and read as another digit than was meant, by a network that nobody has changed.
 * @param {State} state @param {number | null} meant @returns {Misread | null} */
export function misreadIn({ drawing, reading, readOf, penDown, model, edits }, meant) {
  if (drawing.kind !== 'strokes' || readOf !== drawing || penDown || !model) return null;
  if (meant === null || meant < 0 || meant > 9) return null;
  const answer = reading?.model === model.id ? reading.prediction : null;
  if (answer === null || answer === meant || edits[model.id]?.length) return null;
  return { drawing, meant, model: model.id };
}

/** The same of the screen beside a step, unless a step has put the drawing there.
 * @param {Bridge} screen @param {{isShown(screen: Bridge): boolean}} pad @param {{meant: number | null}} memory */
export const misreadOn = (screen, pad, { meant }) =>
  pad.isShown(screen) ? null : misreadIn(screen.state(), meant);

/** @param {Progress} progress */
export function createOwn(progress) {
  /** @type {Misread | null} */
  let last = null;
  return {
    /** @param {Misread | null} found */
    keep(found) {
      if (!found || (found.drawing === last?.drawing && found.meant === last.meant)) return;
      last = found;
      progress.set('misread', NEWEST, found);
    },
    /** A step that asks for a misread digit begins with one's own, if there is one that its network misread.
     * @param {Step} step @returns {Step} */
    given(step) {
      const { drawing, ...rest } = step.state;
      if (drawing?.kind !== 'misread') return step;
      const own = progress.get().misread[NEWEST];
      const other = { kind: /** @type {const} */ ('test'), index: drawing.index };
      if (!own || own.model !== rest.model) return { ...step, state: { ...rest, drawing: other } };
      return { ...step, meant: own.meant, state: { ...rest, drawing: own.drawing } };
    },
  };
}
