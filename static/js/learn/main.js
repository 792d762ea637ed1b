// Puts the Learn screen together: the list of chapters, a chapter beside the screen that it speaks
// of, and addresses for every step.

import { byId } from '../page/dom.js';
import { createFullscreen } from '../page/fullscreen.js';
import { createTheme } from '../page/theme.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { createApi, createSender, isRefusal } from '../server/api.js';
import { persist } from '../server/persist.js';
import { createTroubles } from '../views/status.js';
import { createContents } from './contents.js';
import { createLesson } from './lesson.js';
import { createProgress } from './progress.js';
import { createStage } from './stage.js';
import { createStep } from './step.js';

/** @import { Chapter, Summary } from './types.js' */

const MEASURING = 30000; // ms for reading the test set
const t = createTranslate(JSON.parse(byId('catalogue').textContent ?? '{}'));
const language = document.documentElement.lang;
const numbers = createNumbers(language);
const progress = createProgress(() => localStorage);
const { request } = createSender();
const api = createApi();
const [learn, contentsBox, chapterBox, stageBox, status] = ['learn', 'contents', 'chapter', 'stage', 'status'].map(byId);
const tell = createTroubles(({ status: worst, statusDetail }) => {
  status.hidden = worst === 'ok';
  status.textContent = worst === 'ok' ? '' : t(`status.${worst}`, { detail: statusDetail });
});

/** @type {Summary[]} */
let summaries = [];
/** @type {Map<string, Chapter>} */
const chapters = new Map();
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
    onShow: (task) => now && lesson.show(now.chapter.content[now.at].tasks[task].show),
    onGo: (name) => go(name === null ? null : (now?.chapter.id ?? null), name),
  },
  progress,
  t,
  numbers,
);
const lesson = createLesson(stage.open, step, async (model, edits) => {
  const load = () => api.evaluate(model, edits, AbortSignal.timeout(MEASURING));
  return (await persist(load, { onStatus: tell('measure'), isFinal: isRefusal }))?.accuracy ?? null;
});
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
  return name === null ? `/learn/${id}` : `/learn/${id}/${name}`;
}

/** To a step, with an address of its own. @param {string | null} id @param {string | null} name */
function go(id, name) {
  const address = id === null ? '/learn' : addressOf(id, name);
  if (address !== location.pathname) window.history.pushState(null, '', address);
  return arrive();
}

/** A chapter, which is fetched once. @param {string} id @returns {Promise<Chapter | null>} */
async function fetched(id) {
  const known = chapters.get(id);
  if (known) return known;
  const load = async () => (await request(`/api/chapters/${encodeURIComponent(id)}?language=${language}`)).json();
  const chapter = await persist(load, { onStatus: tell('chapter'), isFinal: isRefusal });
  if (chapter) chapters.set(id, chapter);
  return chapter ?? null;
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
  const chapter = await fetched(id);
  if (!chapter || mine !== asked) return;
  const at = Math.max(0, chapter.content.findIndex((each) => each.name === name));
  const isMove = now !== null;
  now = { chapter, at };
  const current = chapter.content[at];
  progress.set('last', chapter.id, current.name);
  progress.set('visited', `${chapter.id}/${current.name}`, true);
  document.title = `${current.title} · ${chapter.title} · nnviz`;
  show('chapter');
  delete chapterBox.dataset.ready;
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
  const load = async () => (await request(`/api/chapters?language=${language}`)).json();
  const list = await persist(load, { onStatus: tell('chapters'), isFinal: isRefusal });
  if (!list) return;
  summaries = list.chapters;
  arrive();
}

start();
