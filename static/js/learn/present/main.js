// Presents a chapter on a projector: one step, large, beside the parts of the screen that it names. It
// is driven by a clicker or by the speaker's window.

import { byId, make } from '../../page/dom.js';
import { createFullscreen } from '../../page/fullscreen.js';
import { afterFirst, loadWords } from '../../page/late.js';
import { joined } from '../../page/words.js';
import { rooted } from '../../server/root.js';
import { createTheme } from '../../page/theme.js';
import { createBeside } from '../beside.js';
import { createContents } from '../contents.js';
import { createProgress } from '../progress.js';
import { createPresenter } from '../room/presenter.js';
import { createDeck, wishOf } from './deck.js';
import { tellFigures } from './figures.js';
import { createFit, createPlace } from './fit.js';
import { TASK, asking, backward, changeOf, chosenBy, forward, labelOf, tasksIn } from './press.js';
import { foundIn, resultsOf } from './results.js';
import { createSolving } from './solving.js';
import { usedIn } from './used.js';

const [present, contentsBox, chapterBox, stageBox, black] = [
  'present',
  'contents',
  'chapter',
  'stage',
  'black',
].map(byId);
const PAUSE = 1500; // ms between the moments of a solution, for a room to see

/** A talk begins with nothing guessed and nothing done, whoever learned on this machine. */
const progress = createProgress(() => sessionStorage);
const beside = createBeside(progress, {
  onGo: (name) =>
    deck.set(name === null ? { chapter: '', step: '' } : { step: name, black: false }),
  onChapter: (chapter) => deck.set({ chapter, step: '', black: false }),
  onOpened(part) {
    const { shown } = deck.get();
    if (!shown.includes(part)) deck.set({ shown: [...shown, part] });
  },
  onSolved(task) {
    const { shown } = deck.get();
    if (shown.includes(TASK + task)) return;
    solving.note(task);
    deck.set({ shown: [...shown, TASK + task] });
  },
  onTurn: turn,
  onStep() {
    beside.reveal(deck.get().shown);
    sayNext();
  },
  usedIn,
  isLarge: true,
});
const { course, lesson } = beside;
/** Words with the names of a second output's neurons, which come late. */
const words = loadWords('heads').then((more) => joined(beside.t, more));
/** @type {typeof beside.t | null} */
let named = null;
words.then((t) => (named = t)).catch(() => {});
/** @param {typeof beside.t} t */
const figures = (t) => ({
  quantities: lesson.quantities(),
  model: lesson.state()?.model ?? null,
  t,
  numbers: beside.numbers,
});
const solving = createSolving({ again: beside.again, solve });
createFit(chapterBox, present);
const isClass = 'class' in document.documentElement.dataset;
const room = isClass
  ? createPresenter(
      byId('room'),
      {
        onPoll: (poll) => deck.set(asking(poll, deck.get().shown)),
        quantities: lesson.quantities,
        isWall: true,
        isTeacher: document.documentElement.dataset.class === 'teacher',
      },
      beside.t,
      beside.numbers,
    )
  : null;
lesson.onUpdate(() => room?.update());
lesson.onUpdate(
  tellFigures(lesson.live, () => (named ? resultsOf(beside.now(), figures(named)) : {})),
);
if (isClass) createPlace(byId('room'));
const deck = createDeck(() => localStorage, show);

const contents = createContents(
  contentsBox,
  {
    addressOf: (id) => rooted(`/present/${id}`),
    onOpen: (chapter) =>
      deck.set({ chapter: chapter ?? '', step: '', black: false, began: Date.now(), seen: {} }),
    onClear: () => progress.clear(),
  },
  progress,
  beside.t,
);

/** @type {import('../types.js').Summary[]} what can be chosen */
let listed = [];

/** @param {boolean} isChapter */
function view(isChapter) {
  present.dataset.view = isChapter ? 'chapter' : 'contents';
  contentsBox.hidden = isChapter;
  chapterBox.hidden = stageBox.hidden = !isChapter;
}

/** What the clicker does on the list of chapters.
 * @param {import('../types.js').Summary[]} chapters @param {import('./deck.js').Deck['last']} last */
function goOn(chapters, last) {
  const press = forward({ chapter: null, at: 0, shown: [], last, chapters });
  if (press?.kind !== 'open') return null;
  const { number, title } = press.chapter;
  const label = beside.t(press.step ? 'present.go-on' : 'present.begin', { number, title });
  const button = make('button', { type: 'button', class: 'next', 'data-testid': 'go-on' }, label);
  button.addEventListener('click', () => turn(1));
  return make(
    'p',
    { class: 'go-on' },
    button,
    make(
      'span',
      { class: 'small soft' },
      beside.t('present.keys'),
      ' ',
      beside.t('present.keys.list'),
    ),
  );
}

/** A press shows how a task is solved, on the screen itself, and the wall says that it is one way.
 * @param {number} task @param {boolean} isKept it was shown before: a training is not begun once more */
async function solve(task, isKept) {
  const now = beside.now();
  const asked = now?.chapter.content[now.at].tasks[task];
  if (!asked) return;
  const found = foundIn(asked, figures(await words));
  beside.sayShown(task, [beside.t('present.solved'), found].filter(Boolean).join(' '));
  if (isKept && asked.show.some(({ start }) => start)) return;
  await lesson.show(asked.show, isKept ? 0 : PAUSE);
}

/** What the next press does stands on the button that does it, too. */
async function sayNext() {
  const now = beside.now();
  const { shown, last, poll } = deck.get();
  if (!now) return;
  const { chapters } = await course.list();
  const press = forward({ ...now, shown, last, poll, chapters });
  if (press && now === beside.now()) beside.sayNext(labelOf(press, beside.t));
}

/** @param {import('./deck.js').Deck} wanted */
async function show({ chapter, step, black: isBlack, poll, shown, last }) {
  black.hidden = !isBlack;
  if (!chapter) {
    beside.leave();
    room?.show(null, 0, null);
    view(false);
    const { chapters } = await course.list();
    if (deck.get().chapter) return;
    listed = chapters;
    contents.show({ chapters, extras: [] }, goOn(chapters, last));
    window.history.replaceState(null, '', rooted('/present'));
    return;
  }
  await beside.enter(chapter, step, ({ id }, { name, title }, isOther) => {
    view(true);
    room?.show(beside.now()?.chapter ?? null, beside.now()?.at ?? 0, poll, shown);
    if (isOther) solving.begin(`${id}/${name}`, tasksIn(shown));
    if (!step) deck.set({ step: name, poll, shown }); // by its name, which a reload asks for
    if (!isOther) return beside.reveal(shown);
    document.title = `${title} · nnviz`;
    window.history.replaceState(null, '', rooted(`/present/${id}/${name}`));
  });
  sayNext();
  solving.follow(tasksIn(deck.get().shown));
}

/** On, or back. @param {1 | -1} by */
async function turn(by) {
  const { chapters } = await course.list();
  const { black: isBlack, shown, last, poll } = deck.get();
  const now = beside.now() ?? { chapter: null, at: 0 };
  const place = { ...now, black: isBlack, shown, last, poll, chapters };
  const press = by > 0 ? forward(place) : backward(place);
  if (press) deck.set(await changeOf(press, by, deck.get(), course.chapter));
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const { chapter, black: isBlack, last: before } = deck.get();
  const last = chapter || isBlack ? null : chosenBy(event, before, listed);
  if (last) {
    event.preventDefault();
    return deck.set({ last });
  }
  const wish = wishOf(event);
  if (!wish) return;
  if (wish === 'light') return deck.get().black && deck.set({ black: false });
  event.preventDefault();
  byId('alone').hidden = isClass || !['poll', 'reveal'].includes(wish); // until the next key
  if (wish === 'next') turn(1);
  else if (wish === 'back') turn(-1);
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
byId('speaker').addEventListener('click', () => {
  byId('speaker').blur(); // Enter and Space of a clicker go on to the next step, not to this button
  openSpeaker();
});
createTheme(byId('theme'), (theme) => lesson.theme(theme));
createFullscreen(byId('fullscreen'));

const [, chapter = '', name = ''] =
  /\/present(?:\/([^/]+))?(?:\/([^/]+))?\/?$/.exec(location.pathname) ?? [];
const isKept = deck.get().chapter === chapter && deck.get().step === name; // a reload
if (chapter) deck.set(isKept ? {} : { chapter, step: name, black: false, seen: {} });
else deck.set({ chapter: '', step: '' }); // opened anew: the list, and to go on where one was
afterFirst(() => import('../../page/terms/terms.js').then(({ createTerms }) => createTerms()));
afterFirst(() => import('../../page/touch/swipes.js').then(({ suitFingers }) => suitFingers()));
