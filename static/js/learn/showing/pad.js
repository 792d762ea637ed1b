// Whose drawing stands on the screen beside a chapter: what a step puts there, what someone sent, and the
// learner's own, which is kept meanwhile and given back.

/** @import { Drawing } from '../../state/types.js' */
/** @import { Shared } from '../../state/fragment.js' */
/** @import { Bridge, Step, Wanted } from '../types.js' */

export function createPad() {
  /** @type {Drawing | null} the learner's own drawing, while a step shows another */
  let own = null;
  /** @type {Map<Bridge, Drawing>} what steps have put on the pad of each screen */
  const put = new Map();

  /** The screen shows what is wanted. @param {Bridge} screen @param {Wanted} wanted
   * @param {boolean} keepEdits */
  async function become(screen, wanted, keepEdits) {
    await screen.apply(wanted, keepEdits);
    if (wanted.drawing || wanted.features) put.set(screen, screen.drawing());
  }

  /** The learner's own drawing, to a step that shows none: only a network that reads drawings of digits
   * gets it, a house's or a pen's cannot read it. @param {Bridge} screen @param {Step} next */
  function giveBack(screen, next) {
    if (next.screen !== 'draw' || next.state.drawing) return;
    if (!own || screen.state().problem !== 'digits') return;
    screen.putBack(own);
    own = null;
    put.delete(screen);
  }

  /** The screen as someone else left it. @param {Bridge} screen @param {Step} to @param {Shared} sent */
  async function take(screen, { state }, { drawing, testDigit, edits, center, neuron, model }) {
    const { drawing: given, ...rest } = state;
    await become(
      screen,
      {
        ...rest,
        ...(model ? { model } : {}),
        edits: edits ?? [],
        center,
        ...(neuron ? { select: neuron } : {}),
      },
      false,
    );
    if (testDigit !== undefined)
      await become(screen, { ...rest, drawing: { kind: 'test', index: testDigit } }, true);
    else if (drawing) screen.putBack(drawing);
    put.set(screen, screen.drawing()); // not the learner's own
  }

  /** Whether a step has put there what is on the pad. @param {Bridge} screen */
  const isShown = (screen) => screen.drawing() === put.get(screen);

  return {
    become,
    isShown,
    /**
     * What a step shows, or someone who sent it.
     * @param {Bridge} screen @param {Step} next @param {Shared | null} sent
     * @param {() => boolean} isOver another step has come meanwhile
     * @returns {Promise<Drawing | null>} what the step begins with
     */
    async setUp(screen, next, sent, isOver) {
      const now = screen.drawing();
      const wasShown = isShown(screen);
      if (next.screen === 'draw' && next.state.drawing && !wasShown && now.kind !== 'features')
        own = now; // a house is no drawing of one's own
      await become(screen, next.state, next.keep === 'edits');
      if (isOver()) return null;
      if (wasShown) giveBack(screen, next);
      const start = screen.drawing();
      if (sent) await take(screen, next, sent);
      return start;
    },
  };
}
