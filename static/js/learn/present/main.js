// Presents a chapter on a projector: one step, large, beside the parts of the screen that it names. It
// is driven by a clicker or by the speaker's window.

import { byId } from '../../page/dom.js';
import { createFullscreen } from '../../page/fullscreen.js';
import { afterFirst } from '../../page/late.js';
import { rooted } from '../../server/root.js';
import { createTheme } from '../../page/theme.js';
import { createBeside } from '../beside.js';
import { createContents } from '../contents.js';
import { createProgress } from '../progress.js';
import { createPresenter } from '../room/presenter.js';
import { askedBy, createDeck } from './deck.js';

const [present, contentsBox, chapterBox, stageBox, black] = [
  'present',
  'contents',
  'chapter',
  'stage',
  'black',
].map(byId);
/** A talk begins with nothing guessed and nothing done, whoever learned on this machine. */
const progress = createProgress(() => sessionStorage);
const beside = createBeside(
  progress,
  (name) => deck.set(name === null ? { chapter: '', step: '' } : { step: name, black: false }),
  true,
);
const { course, lesson } = beside;
const isClass = 'class' in document.documentElement.dataset;
const room = isClass
  ? createPresenter(
      byId('room'),
      {
        onPoll: (poll) => deck.set({ poll }),
        quantities: lesson.quantities,
        isWall: true,
        isTeacher: document.documentElement.dataset.class === 'teacher',
      },
      beside.t,
      beside.numbers,
    )
  : null;
lesson.onUpdate(() => room?.update());
const deck = createDeck(() => localStorage, show);

const contents = createContents(
  contentsBox,
  {
    addressOf: (id) => rooted(`/present/${id}`),
    onOpen: (chapter) =>
      deck.set({ chapter: chapter ?? '', step: '', black: false, began: Date.now() }),
    onClear: () => progress.clear(),
  },
  progress,
  beside.t,
);

/** @param {boolean} isChapter */
function view(isChapter) {
  present.dataset.view = isChapter ? 'chapter' : 'contents';
  contentsBox.hidden = isChapter;
  chapterBox.hidden = stageBox.hidden = !isChapter;
}

/** @param {import('./deck.js').Deck} wanted */
async function show({ chapter, step, black: isBlack, poll }) {
  black.hidden = !isBlack;
  if (!chapter) {
    beside.leave();
    room?.show(null, 0, null);
    view(false);
    const { chapters } = await course.list();
    return contents.show({ chapters, extras: [] });
  }
  await beside.enter(chapter, step, ({ id }, { name, title }, isOther) => {
    view(true);
    room?.show(beside.now()?.chapter ?? null, beside.now()?.at ?? 0, poll);
    if (!isOther) return;
    document.title = `${title} · nnviz`;
    window.history.replaceState(null, '', rooted(`/present/${id}/${name}`));
  });
}

/** @param {1 | -1} by */
function move(by) {
  const to = beside.neighbour(by);
  if (to) deck.set({ step: to.name, black: false });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const isField = event.target instanceof HTMLInputElement && event.target.type !== 'radio';
  const wish =
    isField && event.key !== 'PageDown' && event.key !== 'PageUp' ? null : askedBy(event);
  if (!wish || !beside.now()) return;
  event.preventDefault();
  if (wish === 'next') move(1);
  else if (wish === 'back') move(-1);
  else if (wish === 'black') deck.set({ black: !deck.get().black });
  else if (wish === 'poll') room?.advance();
  else if (wish === 'reveal') room?.reveal();
  else if (wish === 'screen') byId('fullscreen').click();
  else openSpeaker();
}

const openSpeaker = () =>
  window.open(rooted('/present/speaker'), 'speaker', 'popup,width=900,height=650');
document.addEventListener('keydown', onKey);
beside.stage.onKey(onKey); // a click into the network must not take the clicker away
byId('speaker').addEventListener('click', openSpeaker);
createTheme(byId('theme'), (theme) => lesson.theme(theme));
createFullscreen(byId('fullscreen'));

const [, chapter = '', name = ''] =
  /\/present(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(location.pathname) ?? [];
if (chapter) deck.set({ chapter, step: name, black: false });
else show(deck.get());
afterFirst(() => import('../../page/terms/terms.js').then(({ createTerms }) => createTerms()));
