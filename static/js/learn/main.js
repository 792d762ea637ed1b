// Puts the Learn screen together: the list of chapters, a chapter beside the screen that it speaks
// of, and addresses for every step.

import { byId } from '../page/dom.js';
import { createFullscreen } from '../page/fullscreen.js';
import { rooted } from '../server/root.js';
import { createTheme } from '../page/theme.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { createTroubles } from '../views/status.js';
import { createContents } from './contents.js';
import { createCourse, placeOf } from './course.js';
import { createLesson } from './lesson.js';
import { createProgress } from './progress.js';
import { createStage } from './stage.js';
import { createStep } from './step.js';

/** @import { Chapter, Summary } from './types.js' */

const t = createTranslate(JSON.parse(byId('catalogue').textContent ?? '{}'));
const language = document.documentElement.lang;
const numbers = createNumbers(language);
const progress = createProgress(() => localStorage);
const [learn, contentsBox, chapterBox, stageBox, status] = ['learn', 'contents', 'chapter', 'stage', 'status'].map(byId);
const tell = createTroubles(({ status: worst, statusDetail }) => {
  status.hidden = worst === 'ok';
  status.textContent = worst === 'ok' ? '' : t(`status.${worst}`, { detail: statusDetail });
});

const course = createCourse(language, tell);

/** @type {Summary[]} */
let summaries = [];
/** @type {{chapter: Chapter, at: number} | null} */
let now = null;
let asked = 0;

const stage = createStage(stageBox, t('learn.stage'), language);
const step = createStep(
  chapterBox,
  {
    onPart: (name) => lesson.light(name),
    onGuess: (guess) => lesson.guessed(guess),
    onMeant: (digit) => lesson.meant(digit),
    onTyped: (value) => lesson.typed(value),
    onWidget: (name, place) => lesson.widget(name, place),
    onShow: (task) => now && lesson.show(now.chapter.content[now.at].tasks[task].show),
    onGo: (name) => go(name === null ? null : (now?.chapter.id ?? null), name),
  },
  progress,
  t,
  numbers,
);
const lesson = createLesson(stage.open, step, course, t, numbers);
const contents = createContents(
  contentsBox,
  {
    onOpen: go,
    addressOf,
    onClear() {
      progress.clear();
      contents.show(summaries);
    },
  },
  progress,
  t,
);

/** @param {string} id @param {string | null} name */
function addressOf(id, name) {
  return rooted(name === null ? `/learn/${id}` : `/learn/${id}/${name}`);
}

/** To a step, with an address of its own. @param {string | null} id @param {string | null} name */
function go(id, name) {
  const address = id === null ? rooted('/learn') : addressOf(id, name);
  if (address !== location.pathname) window.history.pushState(null, '', address);
  return arrive();
}

/** @param {'contents' | 'chapter'} view */
function show(view) {
  learn.dataset.view = view;
  contentsBox.hidden = view !== 'contents';
  chapterBox.hidden = stageBox.hidden = view !== 'chapter';
}

/** Show what the address says. */
async function arrive() {
  asked += 1;
  const mine = asked;
  const [, id, name] = /\/learn(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(location.pathname) ?? [];
  if (!id) {
    now = null;
    document.title = `${t('learn.title')} · nnviz`;
    contents.show(summaries);
    return show('contents');
  }
  const chapter = await course.chapter(id);
  if (!chapter || mine !== asked) return;
  const at = placeOf(chapter, name);
  const isMove = now !== null;
  now = { chapter, at };
  const current = chapter.content[at];
  progress.set('last', chapter.id, current.name);
  progress.set('visited', `${chapter.id}/${current.name}`, true);
  document.title = `${current.title} · ${chapter.title} · nnviz`;
  show('chapter');
  delete chapterBox.dataset.ready;
  lesson.withoutWidget();
  step.show(chapter, at);
  if (isMove) step.focus();
  await lesson.enter(current, step.guess());
  await lesson.settled();
  if (mine === asked) chapterBox.dataset.ready = current.name; // the screen is what the step asks for
}

window.addEventListener('popstate', arrive);
chapterBox.addEventListener('keydown', (event) => {
  const isField = event.target instanceof HTMLInputElement;
  if (!now || isField || event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  const to = by && now.chapter.content[now.at + by];
  if (!to) return;
  event.preventDefault();
  go(now.chapter.id, to.name);
});
createTheme(byId('theme'), (theme) => lesson.theme(theme));
createFullscreen(byId('fullscreen'));

async function start() {
  summaries = await course.list();
  if (summaries.length) arrive();
}

start();
