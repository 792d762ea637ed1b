// Tells the server what a class is shown, asks it how the votes went, and notices when the teacher's code
// is not there or has come.

import { isRefusal } from '../../server/api.js';
import { createClassLesson } from '../../sessions/class-lesson.js';

/** @import { Asked } from '../present/deck.js' */
/** @import { Poll } from '../../sessions/class-lesson.js' */

const EVERY = 1500; // ms between looks at the votes
const HERE = 30000; // ms between signs of life

/**
 * @param {object} page
 * @param {() => {chapter: string, step: string, poll: Asked | null, choices: number} | null} page.shown
 * @param {boolean} page.isWall the class is told what this window shows
 * @param {boolean} page.isTeacher this browser has the teacher's code: without it the class is told nothing
 * @param {() => void} onChange votes have come, or the code has come or gone
 */
export function createTelling({ shown, isWall, isTeacher }, onChange) {
  const lesson = createClassLesson();
  /** @type {Poll | null} */
  let counted = null;
  let told = '';
  let toldAt = -Infinity;
  let isHeard = isTeacher;

  /** Tell the class what is shown: at once when it changed, and now and then that it still is. */
  async function tell() {
    const now = shown();
    if (!now || !isWall || !isHeard) return;
    const { chapter, step, poll, choices } = now;
    const body = { chapter, step, poll: poll && { ...poll, choices } };
    const wanted = JSON.stringify(body);
    if (wanted === told && performance.now() - toldAt < HERE) return;
    told = wanted;
    toldAt = performance.now();
    await lesson.show(body).catch((error) => {
      told = ''; // said again with the next look
      if (!isRefusal(error) || error.code !== 'not_teacher') return;
      isHeard = false; // not before someone comes back to this window, perhaps from giving the code
      onChange();
    });
  }

  /** The class is shown nothing any more. @param {boolean} isLast the page goes, too */
  function leave(isLast) {
    if (!isWall || !told) return;
    told = '';
    lesson.leave(isLast).catch(() => {});
  }

  async function comeBack() {
    if (isHeard || document.hidden) return;
    if (!(await lesson.isTeacher())) return;
    isHeard = true;
    onChange();
    tell();
  }
  if (isWall) window.addEventListener('pagehide', () => leave(true));
  window.addEventListener('focus', () => comeBack().catch(() => {}));

  async function look() {
    try {
      await tell();
      const before = shown()?.poll;
      if (before && isHeard) {
        const { poll } = await lesson.shown();
        const now = shown()?.poll;
        if (now === before || now?.part === poll?.part) counted = poll;
        onChange();
      }
    } catch {
      // counts come with the next look
    }
    setTimeout(look, EVERY);
  }
  look();

  return {
    isHeard: () => isHeard,
    /** How the votes went, null before anything is known. */
    counted: () => counted,
    /** The votes were about something else. */
    forget() {
      counted = null;
    },
    tell: () => tell().catch(() => {}),
    leave: () => leave(false),
  };
}
