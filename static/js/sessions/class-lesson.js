// What a class is shown: whoever is in it asks again and again, a phone votes, the presenter tells.

import { createSender } from '../server/api.js';

/** @typedef {{id: number, part: number, round: 'first' | 'second' | 'shown', choices: number, voted: number,
 *   first: number[] | null, second: number[] | null}} Poll as the server tells it */
/** @typedef {{chapter: string | null, step: string | null, poll: Poll | null}} Lesson */

const EVERY = 2000; // ms, and up to half as much more by chance: phones do not ask in step
const SLOWEST = 20000;

/** How long until it is asked again. @param {number} took ms for the last answer
 * @param {() => number} [random] 0 to 1 */
export const pauseAfter = (took, random = Math.random) =>
  Math.min(SLOWEST, Math.max(EVERY, 10 * took)) * (1 + random() / 2);

/** @param {typeof fetch} [send] */
export function createClassLesson(send) {
  const { request, post } = createSender(send);
  return {
    /** @returns {Promise<Lesson>} */
    shown: async () => (await request('/api/class/lesson')).json(),
    /** @param {object} lesson what the class is shown from now on */
    show: (lesson) => post('/api/class/lesson', lesson),
    /** The class is shown nothing any more. @param {boolean} isLast the page goes, too */
    leave: (isLast) => request('/api/class/lesson', { method: 'DELETE', keepalive: isLast }),
    /** @param {number} poll @param {number} choice */
    vote: (poll, choice) => post('/api/class/votes', { poll, choice }),
    /** Whether this browser has the teacher's code. @returns {Promise<boolean>} */
    isTeacher: async () => (await (await request('/api/class')).json()).teacher,
  };
}

/**
 * Asks every two seconds, less often when the server is slow, and not at all while nobody looks.
 * @param {Pick<ReturnType<typeof createClassLesson>, 'shown'>} lesson
 * @param {(now: Lesson) => void | Promise<void>} onShown
 * @param {number} [patience] how many times as long an answer counts
 */
export async function watchLesson(lesson, onShown, patience = 1) {
  const began = performance.now();
  if (!document.hidden) {
    try {
      await onShown(await lesson.shown());
    } catch {
      // asked again in a moment, later when the server is slow
    }
  }
  const pause = pauseAfter(patience * (performance.now() - began));
  setTimeout(() => watchLesson(lesson, onShown, patience), pause);
}
