// Puts the Learn screen together: the list of chapters, a chapter beside the screen that it speaks
// of, and addresses for every step.

import { byId } from '../page/dom.js';
import { createFullscreen } from '../page/fullscreen.js';
import { afterFirst } from '../page/late.js';
import { rooted } from '../server/root.js';
import { createTheme } from '../page/theme.js';
import { createBeside } from './beside.js';
import { createContents } from './contents.js';
import { createProgress } from './progress.js';

/** @import { Chapter, Listed, Step } from './types.js' */

const progress = createProgress(() => localStorage);
const [learn, contentsBox, chapterBox, stageBox] = ['learn', 'contents', 'chapter', 'stage'].map(
  byId,
);
const beside = createBeside(progress, {
  onGo: (name) => go(name === null ? null : (beside.now()?.chapter.id ?? null), name),
  onChapter: (id) => go(id, null),
});
const { t, course, lesson } = beside;

/** @type {Listed} */
let listed = { chapters: [], extras: [] };
let asked = 0;
let arrived = ''; // the address that was arrived at

const contents = createContents(
  contentsBox,
  {
    onOpen: go,
    addressOf,
    onClear() {
      progress.clear();
      contents.show(listed);
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

/** @param {string} title */
const name = (title) => (document.title = `${title} · nnviz`);

/** @param {string} id of the questions before or after the chapters */
async function ask(id) {
  const mine = asked;
  const [{ createQuiz }, quiz] = await Promise.all([import('./quiz/quiz.js'), course.chapter(id)]);
  if (!quiz || mine !== asked) return;
  name(quiz.title);
  show('contents');
  createQuiz(
    contentsBox,
    { quiz, all: listed, onGo: go, addressOf, firstOf: course.chapter },
    progress,
    t,
  );
}

/** Show what the address says. */
async function arrive() {
  asked += 1;
  arrived = location.pathname;
  const [, id, step] = /\/learn(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(location.pathname) ?? [];
  const extra = listed.extras.find((each) => each.id === id);
  if (!id || (extra && extra.kind !== 'challenges')) {
    beside.leave();
    if (extra) return ask(extra.id);
    name(t('learn.title'));
    contents.show(listed);
    return show('contents');
  }
  const onArrive = (/** @type {Chapter} */ chapter, /** @type {Step} */ current) => {
    progress.set('last', chapter.id, current.name);
    progress.set('recent', 'chapter', chapter.id);
    progress.set('visited', `${chapter.id}/${current.name}`, true);
    name(`${current.title} · ${chapter.title}`);
    show('chapter');
  };
  return beside.enter(id, step, onArrive, location.hash);
}

window.addEventListener('popstate', () => {
  // not where Back has closed what lay over a step; a link that is pasted over this one comes so too
  if (location.pathname !== arrived || location.hash) arrive();
});
chapterBox.addEventListener('keydown', (event) => {
  const isField = event.target instanceof HTMLInputElement;
  const now = beside.now();
  if (!now || isField || event.altKey || event.ctrlKey || event.metaKey) return;
  const by = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 }[event.key];
  if (!by) return;
  const to = beside.neighbour(by);
  const following = by > 0 && event.key === 'PageDown' ? now.following : null;
  if (!to && !following) return;
  event.preventDefault();
  if (to) go(now.chapter.id, to.name);
  else if (following) go(following.id, null);
});
createTheme(byId('theme'), (theme) => lesson.theme(theme));
createFullscreen(byId('fullscreen'));

if (document.documentElement.dataset.class === 'guest') {
  Promise.all([import('./room/phone.js'), import('../sessions/class-lesson.js')]).then(
    ([{ createPhone }, { createClassLesson, watchLesson }]) => {
      const shown = createClassLesson();
      const page = {
        onVote: shown.vote,
        onGo: go,
        chapterOf: course.chapter,
        quantities: lesson.quantities,
        storage: () => localStorage,
      };
      const phone = createPhone(byId('room'), page, t, beside.numbers);
      lesson.onUpdate(phone.update);
      watchLesson(shown, phone.show);
    },
  );
}

async function start() {
  listed = await course.list();
  if (listed.chapters.length) arrive();
}

start();
afterFirst(() => import('../page/terms/terms.js').then(({ createTerms }) => createTerms()));
afterFirst(() => import('../page/touch/swipes.js').then(({ suitFingers }) => suitFingers()));
