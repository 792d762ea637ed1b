// The speaker's own window: this step, the next one, notes, the time. It shows what is presented, and
// drives it as well.

import { byId, make, say } from '../../page/dom.js';
import { createTheme } from '../../page/theme.js';
import { createNumbers, createTranslate } from '../../page/words.js';
import { createTroubles } from '../../views/status.js';
import { createCourse, placeOf } from '../course.js';
import { createDeck, wishOf } from './deck.js';
import { hearFigures } from './figures.js';
import { TASK, afterPress, asking, backward, changeOf, chosenBy, forward } from './press.js';
import { previewOf } from './preview.js';
import { resultKey } from './results.js';
import { createPresenter } from '../room/presenter.js';
import { createText } from '../text.js';

/** @import { Chapter, Step } from '../types.js' */

const t = createTranslate(JSON.parse(byId('catalogue').textContent ?? '{}'));
const language = document.documentElement.lang;
const numbers = createNumbers(language);
const tell = createTroubles(({ status, statusDetail }) => {
  byId('status').hidden = status === 'ok';
  say(byId('status'), status === 'ok' ? '' : t(`status.${status}`, { detail: statusDetail }));
});
const course = createCourse(language, tell);
const deck = createDeck(() => localStorage, show);
const isClass = 'class' in document.documentElement.dataset;
/** The speaker sees the counts at once; the network is in the other window. */
const room = isClass
  ? createPresenter(
      byId('room'),
      {
        onPoll: (poll) => deck.set(asking(poll, deck.get().shown)),
        quantities: () => ({}),
        isWall: false,
        isTeacher: document.documentElement.dataset.class === 'teacher',
      },
      t,
      numbers,
    )
  : null;
/** @type {{chapter: Chapter, at: number} | null} */
let now = null;
/** @type {import('../types.js').Summary[]} */
let chapters = [];

/** This step's words, whose numbers are told by the other window. */
const words = createText({ onPart: () => {} }, numbers);
const askForFigures = hearFigures(words.live, sayResults);

/** What comes out of each task of this step. @param {import('./figures.js').Told} told */
function sayResults(told) {
  const step = now?.chapter.content[now.at];
  if (!now || !step) return;
  for (const place of byId('this').querySelectorAll('[data-result]')) {
    const task = Number(/** @type {HTMLElement} */ (place).dataset.result);
    say(place, told[resultKey(now.chapter.id, step.name, task)] ?? '');
  }
}

/** @param {Step | undefined} step @param {string} id @param {boolean} isNow */
function preview(step, id, isNow) {
  const text = isNow ? words : createText({ onPart: () => {} }, numbers);
  byId(id).replaceChildren(
    make('h3', { 'data-testid': `${id}-title` }, step?.title ?? t('present.end')),
    ...(step ? previewOf(step, text, t, isNow) : []),
  );
}

/** @param {import('./deck.js').Deck} wanted */
async function show(wanted) {
  const chapter = wanted.chapter ? await course.chapter(wanted.chapter) : null;
  ({ chapters } = await course.list());
  if (wanted !== deck.get()) return;
  byId('black').setAttribute('aria-pressed', String(wanted.black));
  say(byId('dark'), wanted.black ? t('present.dark') : '');
  now = chapter ? { chapter, at: placeOf(chapter, wanted.step) } : null;
  room?.show(chapter, now?.at ?? 0, wanted.poll, wanted.shown);
  for (const id of ['back', 'black']) byId(id).toggleAttribute('disabled', !chapter);
  sayPress();
  if (!chapter || !now) {
    say(byId('place'), t('present.none'));
    for (const id of ['this', 'then', 'notes']) byId(id).replaceChildren();
    return;
  }
  const { content } = chapter;
  say(
    byId('place'),
    t('present.place', { title: chapter.title, at: now.at + 1, of: content.length }),
  );
  words.forget();
  preview(content[now.at], 'this', true);
  askForFigures();
  preview(content[now.at + 1], 'then', false);
  const notes = content[now.at].notes;
  const { blocks } = createText({ onPart: () => {} }, numbers);
  byId('notes').replaceChildren(
    ...(notes.length ? blocks(notes) : [make('p', { class: 'soft' }, t('present.no-notes'))]),
  );
}

const place = () => {
  const { black, shown, last, poll } = deck.get();
  return { ...(now ?? { chapter: null, at: 0 }), black, shown, last, poll, chapters };
};

/** What the next press will do, and the one after it, in words. */
function sayPress() {
  const at = place();
  const press = forward(at);
  const then = press && afterPress(press, at);
  say(byId('press'), press ? t('present.press', { does: wordsOf(press, at) }) : '');
  say(byId('press-then'), then ? t('present.press.then', { does: wordsOf(...then) }) : '');
}

/** @param {import('./press.js').Press} press @param {import('./press.js').Place} place where it is pressed */
function wordsOf(press, { chapter, at }) {
  if (press.kind === 'light') return t('present.press.light');
  if (press.kind === 'show' && press.part >= TASK) {
    const isOnly = chapter?.content[at].tasks.length === 1;
    const number = press.part - TASK + 1;
    return t(isOnly ? 'present.press.task' : 'present.press.tasks', { number });
  }
  if (press.kind === 'show') {
    const isGuessed = Boolean(chapter?.content[at].prediction);
    const isGuess = isGuessed && press.part === 0;
    const number = press.part + (isGuessed ? 0 : 1);
    return t(isGuess ? 'present.press.guess' : 'present.press.question', { number });
  }
  if (press.kind === 'step')
    return t('present.press.step', { title: now?.chapter.content[press.at].title ?? '' });
  if (press.kind === 'chapter' || press.kind === 'open') {
    const { number, title } = press.chapter;
    return t('present.press.chapter', { number, title });
  }
  return t('present.press.list');
}

/** @param {1 | -1} by */
async function turn(by) {
  const press = by > 0 ? forward(place()) : backward(place());
  if (press) deck.set(await changeOf(press, by, deck.get(), course.chapter));
}

function tick() {
  const seconds = Math.max(0, Math.floor((Date.now() - deck.get().began) / 1000));
  const two = (/** @type {number} */ value) => String(value).padStart(2, '0');
  say(byId('elapsed'), `${Math.floor(seconds / 60)}:${two(seconds % 60)}`);
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  say(byId('clock'), clock.format(new Date()));
}

document.addEventListener('keydown', (event) => {
  const { chapter, black, last: before } = deck.get();
  const last = chapter || black ? null : chosenBy(event, before, chapters);
  if (last) {
    event.preventDefault();
    return deck.set({ last });
  }
  const wish = wishOf(event);
  if (!wish || wish === 'screen' || wish === 'speaker') return;
  if (wish === 'light') return deck.get().black && deck.set({ black: false });
  event.preventDefault();
  if (wish === 'poll') room?.advance();
  else if (wish === 'reveal') room?.reveal();
  else if (wish === 'black') deck.set({ black: !deck.get().black });
  else turn(wish === 'next' ? 1 : -1);
});
byId('back').addEventListener('click', () => turn(-1));
byId('next').addEventListener('click', () => turn(1));
byId('black').addEventListener('click', () => deck.set({ black: !deck.get().black }));
byId('restart').addEventListener('click', () => {
  deck.set({ began: Date.now() });
  tick();
});
createTheme(byId('theme'), () => {});
show(deck.get());
tick();
setInterval(tick, 1000);
