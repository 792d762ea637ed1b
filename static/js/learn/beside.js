// A chapter beside the screen that it speaks of: what learning alone and presenting have in common.

import { byId, say } from '../page/dom.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { createTroubles } from '../views/status.js';
import { createCourse, placeOf } from './course.js';
import { createLesson } from './lesson.js';
import { createStage } from './stage.js';
import { createStep } from './step.js';

/** @import { Progress } from './progress.js' */
/** @import { Chapter, Step } from './types.js' */

/**
 * @param {Progress} progress
 * @param {(step: string | null) => void} onGo null goes to the list of chapters
 * @param {boolean} [isLarge] for a projector
 */
export function createBeside(progress, onGo, isLarge = false) {
  const t = createTranslate(JSON.parse(byId('catalogue').textContent ?? '{}'));
  const language = document.documentElement.lang;
  const numbers = createNumbers(language);
  const [chapterBox, status] = [byId('chapter'), byId('status')];
  const tell = createTroubles(({ status: worst, statusDetail }) => {
    status.hidden = worst === 'ok';
    say(status, worst === 'ok' ? '' : t(`status.${worst}`, { detail: statusDetail }));
  });
  const course = createCourse(language, tell);
  const stage = createStage(byId('stage'), t('learn.stage'), language, isLarge);
  /** @type {{chapter: Chapter, at: number} | null} */
  let now = null;
  let asked = 0; // chapters
  let entered = 0; // steps

  const step = createStep(
    chapterBox,
    {
      onPart: (name) => lesson.light(name),
      onGuess: (guess) => lesson.guessed(guess),
      onMeant: (digit) => lesson.meant(digit),
      onTyped: (value) => lesson.typed(value),
      onWidget: (name, place) => lesson.widget(name, place),
      onShow: (task) => now && lesson.show(now.chapter.content[now.at].tasks[task].show),
      onGo,
    },
    progress,
    t,
    numbers,
  );
  const lesson = createLesson(stage.open, step, course, t, numbers);

  return {
    t,
    numbers,
    language,
    tell,
    course,
    stage,
    lesson,
    now: () => now,
    /** The step that stands so many before or after this one. @param {number} by @returns {Step | null} */
    neighbour: (by) => now?.chapter.content[now.at + by] ?? null,
    /** No chapter is shown. */
    leave() {
      asked += 1;
      entered += 1;
      now = null;
    },
    /**
     * To a step, once its chapter is here.
     * @param {string} id
     * @param {string | null | undefined} name
     * @param {(chapter: Chapter, step: Step, isOther: boolean) => void} onArrive before the screen is set up
     */
    async enter(id, name, onArrive) {
      asked += 1;
      const mine = asked;
      const chapter = await course.chapter(id);
      if (!chapter || mine !== asked) return;
      const at = placeOf(chapter, name);
      const isOther = now?.chapter !== chapter || now.at !== at;
      const isMove = now !== null;
      now = { chapter, at };
      const current = chapter.content[at];
      onArrive(chapter, current, isOther);
      if (!isOther) return;
      entered += 1;
      const own = entered;
      delete chapterBox.dataset.ready;
      lesson.withoutWidget();
      step.show(chapter, at);
      if (isMove && !isLarge) step.focus();
      await lesson.enter(current, step.guess());
      await lesson.settled();
      if (own === entered) chapterBox.dataset.ready = current.name; // the screen is what the step asks for
    },
  };
}
