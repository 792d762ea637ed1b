// Presents a chapter on a projector: one step, large, beside the parts of the screen that it names. It
// is driven by a clicker or by the speaker's window.

import { byId, say } from '../../page/dom.js';
import { createFullscreen } from '../../page/fullscreen.js';
import { rooted } from '../../server/root.js';
import { createTheme } from '../../page/theme.js';
import { createNumbers, createTranslate } from '../../page/words.js';
import { createTroubles } from '../../views/status.js';
import { createContents } from '../contents.js';
import { createCourse, placeOf } from '../course.js';
import { askedBy, createDeck } from './deck.js';
import { createLesson } from '../lesson.js';
import { createProgress } from '../progress.js';
import { createStage } from '../stage.js';
import { createStep } from '../step.js';

/** @import { Chapter } from '../types.js' */

const t = createTranslate(JSON.parse(byId('catalogue').textContent ?? '{}'));
const language = document.documentElement.lang;
const numbers = createNumbers(language);
const [present, contentsBox, chapterBox, stageBox, black, status] = ['present', 'contents', 'chapter', 'stage', 'black', 'status'].map(byId);
const tell = createTroubles(({ status: worst, statusDetail }) => {
  status.hidden = worst === 'ok';
  say(status, worst === 'ok' ? '' : t(`status.${worst}`, { detail: statusDetail }));
});
const course = createCourse(language, tell);
/** A talk begins with nothing guessed and nothing done, whoever learned on this machine. */
const progress = createProgress(() => sessionStorage);
const stage = createStage(stageBox, t('learn.stage'), language, true);
const deck = createDeck(() => localStorage, show);

const step = createStep(
  chapterBox,
  {
    onPart: (name) => lesson.light(name),
    onGuess: (guess) => lesson.guessed(guess),
    onMeant: (digit) => lesson.meant(digit),
    onTyped: (value) => lesson.typed(value),
    onWidget: (name, place) => lesson.widget(name, place),
    onShow: (task) => now && lesson.show(now.chapter.content[now.at].tasks[task].show),
    onGo: (name) => deck.set(name === null ? { chapter: '', step: '' } : { step: name, black: false }),
  },
  progress,
  t,
  numbers,
);
const lesson = createLesson(stage.open, step, course, t, numbers);
/** @type {{chapter: Chapter, at: number} | null} */
let now = null;
let asked = 0;

const contents = createContents(
  contentsBox,
  {
    addressOf: (id) => rooted(`/present/${id}`),
    onOpen: (chapter) => deck.set({ chapter, step: '', black: false, began: Date.now() }),
    onClear: () => progress.clear(),
  },
  progress,
  t,
);

/** @param {import('./deck.js').Deck} wanted */
async function show(wanted) {
  asked += 1;
  const mine = asked;
  black.hidden = !wanted.black;
  const chapter = wanted.chapter ? await course.chapter(wanted.chapter) : null;
  if (mine !== asked) return;
  present.dataset.view = chapter ? 'chapter' : 'contents';
  contentsBox.hidden = chapter !== null;
  chapterBox.hidden = stageBox.hidden = chapter === null;
  if (!chapter) {
    now = null;
    contents.show(await course.list());
    return;
  }
  const at = placeOf(chapter, wanted.step);
  if (now?.chapter === chapter && now.at === at) return;
  now = { chapter, at };
  const current = chapter.content[at];
  document.title = `${current.title} · nnviz`;
  window.history.replaceState(null, '', rooted(`/present/${chapter.id}/${current.name}`));
  delete chapterBox.dataset.ready;
  lesson.withoutWidget();
  step.show(chapter, at);
  await lesson.enter(current, step.guess());
  await lesson.settled();
  if (mine === asked) chapterBox.dataset.ready = current.name;
}

/** @param {1 | -1} by */
function move(by) {
  const to = now?.chapter.content[now.at + by];
  if (to) deck.set({ step: to.name, black: false });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const isField = event.target instanceof HTMLInputElement && event.target.type !== 'radio';
  const wish = isField && event.key !== 'PageDown' && event.key !== 'PageUp' ? null : askedBy(event);
  if (!wish || !now) return;
  event.preventDefault();
  if (wish === 'next') move(1);
  else if (wish === 'back') move(-1);
  else if (wish === 'black') deck.set({ black: !deck.get().black });
  else if (wish === 'screen') byId('fullscreen').click();
  else openSpeaker();
}

const openSpeaker = () => window.open(rooted('/present/speaker'), 'speaker', 'popup,width=900,height=650');
document.addEventListener('keydown', onKey);
stage.onKey(onKey); // a click into the network must not take the clicker away
byId('speaker').addEventListener('click', openSpeaker);
createTheme(byId('theme'), (theme) => lesson.theme(theme));
createFullscreen(byId('fullscreen'));

const [, chapter = '', name = ''] = /\/present(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(location.pathname) ?? [];
if (chapter) deck.set({ chapter, step: name, black: false });
else show(deck.get());
