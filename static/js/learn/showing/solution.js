// Shows how a task is solved, moment by moment.

/** @import { Action, Bridge, Step, Wanted } from '../types.js' */

const PAUSE = 500; // ms

/** @typedef {Pick<Action, 'meant' | 'typed' | 'widget' | 'start'>} Deed what is done beside the screen */

/**
 * @param {Action[]} actions
 * @param {object} page
 * @param {Bridge} page.screen
 * @param {Step['state']} page.from what the step began with
 * @param {() => boolean} page.isOver another step has come
 * @param {(screen: Bridge, wanted: Wanted, keepEdits: boolean) => Promise<void>} page.become
 * @param {() => Promise<void>} page.settled
 * @param {(deed: Deed) => Promise<void>} page.act
 * @param {number} [pause] ms between the moments
 */
export async function showSolution(actions, page, pause = PAUSE) {
  const { screen, from, isOver, become, settled, act } = page;
  const { drawing, features, ...rest } = from;
  for (const [i, { meant, typed, widget, start, ...wanted }] of actions.entries()) {
    if (isOver()) return;
    await become(screen, { ...rest, ...wanted }, !wanted.edits);
    await settled();
    await act({ meant, typed, widget, start });
    if (i < actions.length - 1) {
      await settled();
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
