// The teacher's page: the code makes a teacher, who sees how the server fares.

import { createSender, ProblemError } from '../server/api.js';
import { byId, say } from '../page/dom.js';
import { afterFirst } from '../page/late.js';
import { createFullscreen } from '../page/fullscreen.js';
import { createTheme } from '../page/theme.js';
import { createNumbers, createTranslate } from '../page/words.js';
import { createAnswers } from './answers.js';
import { fitLine } from './fit.js';
import { createMakers } from './makers.js';

const EVERY = 2000; // ms
const NAMES = ['connected', 'drawings', 'median', 'p99_ms', 'running', 'waiting'];

const t = createTranslate(JSON.parse(byId('catalogue').textContent ?? '{}'));
const numbers = createNumbers(document.documentElement.lang);
const { request, post } = createSender();
const form = byId('code-form');
const list = document.querySelector('.class-answers');
const answers = list && createAnswers(list, t);
const code = /** @type {HTMLInputElement} */ (byId('code'));

/** @param {string} name @param {number | null} value */
function show(name, value) {
  const text =
    value === null ? '–' : Number.isInteger(value) ? numbers.whole(value) : numbers.short(value);
  const place = document.getElementById(`number-${name}`); // alone there is no class to count
  if (place) say(place, text);
}

const box = /** @type {HTMLDetailsElement | null} */ (document.getElementById('makers-box'));
const makers = box && createMakers(byId('makers'), { onDelete: deleteAllOf }, t);
box?.addEventListener('toggle', () => showMakers().catch(() => {})); // asked again in a moment

async function showMakers() {
  if (box?.open) makers?.update((await (await request('/api/class/makers')).json()).makers);
}

/** @param {string} maker */
async function deleteAllOf(maker) {
  await request(`/api/class/makers/${maker}`, { method: 'DELETE' }).catch(() => {}); // it stays in the list
  await look();
}

async function look() {
  try {
    const status = await (await request('/api/class')).json();
    form.hidden = status.teacher;
    byId('numbers').hidden = !status.teacher;
    for (const name of NAMES) show(name, status[name]);
    answers?.update(status.answers);
    if (status.teacher) await showMakers();
  } catch {
    for (const name of NAMES) show(name, null); // numbers of a moment ago would be no numbers
    answers?.update(null);
  }
}

/** @param {string} text */
async function enter(text) {
  try {
    await post('/api/class/teacher', { code: text });
    say(byId('code-refused'), '');
    code.value = '';
  } catch (error) {
    say(byId('code-refused'), error instanceof ProblemError ? error.message : t('status.failing'));
  }
  await look();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  enter(code.value.trim());
});
const line = document.getElementById('class-address');
if (line) fitLine(line);
createTheme(byId('theme'), () => {});
createFullscreen(byId('fullscreen'));

const given = /^#code=(\d+)$/.exec(location.hash)?.[1];
if (given) {
  history.replaceState(null, '', location.pathname + location.search); // not for the projector
  enter(given);
} else look();
setInterval(look, EVERY);
afterFirst(() => import('../page/terms/terms.js').then(({ createTerms }) => createTerms()));
afterFirst(() => import('../page/touch/swipes.js').then(({ suitFingers }) => suitFingers()));
