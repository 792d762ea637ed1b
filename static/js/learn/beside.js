// A chapter beside the screen that it speaks of: what learning alone and presenting have in common.

import { byId, say } from '../page/dom.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { fromFragment } from '../state/fragment.js';
import { linkFor } from '../server/link.js';
import { createTroubles } from '../views/status.js';
import { after, createCourse, modelAt, placeOf } from './course.js';
import { createLesson } from './lesson.js';
import { createStage } from './stage.js';
import { createOwn } from './showing/own.js';
import { CHALLENGE } from './showing/parts.js';
import { createStep } from './step.js';

/** @import { Progress } from './progress.js' */
/** @import { Translate } from '../state/types.js' */
/** @import { Following } from './showing/way.js' */
/** @import { Chapter, Step } from './types.js' */

const EARLY = 7; // chapters for who sees a network for the first time: tools come where they are explained

/** What comes after a chapter: the next one, and after the last the questions for the second time.
 * @param {ReturnType<typeof createCourse>} course @param {string} id
 * @param {boolean} isLarge on a wall no questions follow @param {Translate} t @returns {Promise<Following | null>} */
async function followingOf(course, id, isLarge, t) {
  const { chapters, extras } = await course.list();
  const at = chapters.findIndex((each) => each.id === id);
  const next = chapters.find((each) => each.id === after(chapters, id));
  if (next) {
    const { number, title } = next;
    return { id: next.id, label: t('learn.following', { number }), title };
  }
  const again = at < 0 || isLarge ? null : extras.find(({ kind }) => kind === 'after');
  return again
    ? { id: again.id, label: t('learn.after', { title: again.title }), title: again.title }
    : null;
}

const NOTHING = { onOpened() {}, onSolved() {}, onTurn: null };

/**
 * @param {Progress} progress
 * @param {object} page
 * @param {(step: string | null) => void} page.onGo null goes to the list of chapters
 * @param {(chapter: string) => void} page.onChapter
 * @param {(part: number) => void} [page.onOpened] an answer is seen
 * @param {(task: number) => void} [page.onSolved] a task was done by hand
 * @param {((by: 1 | -1) => void) | null} [page.onTurn] what back and next do, where that is more
 * @param {() => void} [page.onStep] a step's words have come
 * @param {(step: Step) => string[]} [page.usedIn] parts of the screen that its tasks work with
 * @param {boolean} [page.isLarge] for a projector
 */
export function createBeside(
  progress,
  { onStep = () => {}, usedIn = () => [], isLarge = false, ...events },
) {
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
  /** @type {{chapter: Chapter, at: number, following: Following | null} | null} */
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
      onShow,
      onFragment,
      onLink: async (fragment) =>
        linkFor(
          new URL(location.pathname + fragment, location.origin),
          document.documentElement.dataset.network,
        ),
      onAgain(fragment) {
        if (location.hash) window.history.replaceState(null, '', location.pathname);
        enterStep(fragment, false, true);
      },
      ...NOTHING,
      ...events,
    },
    progress,
    t,
    numbers,
  );
  const lesson = createLesson(stage.open, step, course, t, numbers, usedIn);

  /** Another network than the step's was chosen: its words do not fit. */
  function isAway() {
    const current = now?.chapter.content[now.at];
    if (!now || !current || !chapterBox.dataset.ready || current.challenge) return false;
    const [model, wanted] = [lesson.state()?.model, modelAt(now.chapter, now.at)];
    const isOpen = current.screen !== 'draw' || current.points.includes('picker');
    return !isOpen && Boolean(model && wanted && model.id !== wanted);
  }
  const own = createOwn(progress);
  lesson.onUpdate(() => step.away(isAway()));
  lesson.onUpdate(own.keep);

  /** @param {number} task */
  function onShow(task) {
    const step = now?.chapter.content[now.at];
    const actions = task === CHALLENGE ? step?.challenge?.show : step?.tasks[task]?.show;
    if (actions) lesson.show(actions);
  }

  /** What the screen shows, as an address tells it: a training by its name, a drawing and changes in full. */
  async function onFragment() {
    const score = now?.chapter.content[now.at].challenge?.score;
    if (Array.isArray(score) && score[0] === 'best_run')
      return `#run=${lesson.run(Number(score[1]))}`;
    const { toFragment } = await import('../state/to-fragment.js');
    const state = lesson.state();
    return state ? toFragment(state, state.edgeCount) : '';
  }

  /** Set the screen up for the step. @param {string | null} fragment how someone left it
   * @param {boolean} [isMove] from another step @param {boolean} [isOwn] it was the learner who left it so */
  async function enterStep(fragment, isMove = false, isOwn = false) {
    if (!now) return;
    const { chapter, at, following } = now;
    entered += 1;
    const mine = entered;
    delete chapterBox.dataset.ready;
    lesson.withoutWidget();
    const run = /^#run=(run-[0-9a-f]{12})$/.exec(fragment ?? '')?.[1] ?? null;
    const sent = fragment ? { ...fromFragment(fragment), run } : null;
    step.show(chapter, at, sent !== null && !isOwn, following);
    chapterBox.dataset.points = String(chapter.content[at].points.length);
    onStep();
    if (isMove && !isLarge) step.focus();
    const [current, model] = [chapter.content[at], modelAt(chapter, at)];
    const state = model ? { ...current.state, model } : current.state;
    const isEarly = chapter.kind === 'chapter' && chapter.number <= EARLY;
    await lesson.enter(own.given({ ...current, state, isEarly }), step.guess(), sent);
    await lesson.settled();
    if (mine === entered) chapterBox.dataset.ready = chapter.content[at].name; // the screen is what the step asks for
  }

  return {
    t,
    numbers,
    language,
    tell,
    course,
    stage,
    lesson,
    now: () => now,
    /** Show these answers of the step and no others. */
    reveal: step.reveal,
    /** The step anew, as it begins. */
    again: () => enterStep(null),
    sayShown: step.sayShown,
    sayNext: step.sayNext,
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
     * @param {string} [fragment] how someone left the screen of a challenge
     */
    async enter(id, name, onArrive, fragment = '') {
      asked += 1;
      const mine = asked;
      const [chapter, following] = await Promise.all([
        course.chapter(id),
        followingOf(course, id, isLarge, t),
      ]);
      if (!chapter || mine !== asked) return;
      const at = placeOf(chapter, name);
      const isOther = now?.chapter !== chapter || now.at !== at || fragment !== '';
      const isMove = now !== null;
      now = { chapter, at, following };
      const current = chapter.content[at];
      onArrive(chapter, current, isOther);
      if (!isOther) return;
      await enterStep(current.challenge && fragment ? fragment : null, isMove);
    },
  };
}
