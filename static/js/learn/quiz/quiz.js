// The questions before and after the chapters: all on one page, nothing given away before the second
// time; then both times stand side by side, for the learner alone.

import { make } from '../../page/dom.js';
import { order } from '../question.js';
import { createText } from '../text.js';
import { compare } from './outcome.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Progress } from '../progress.js' */
/** @import { Chapter, Listed, Question } from '../types.js' */

const UNKNOWN = -1; // "I do not know"

/** @typedef {{questions: Question[], answers: number[]}} Given what was asked, and what was chosen */

/** What was known before, and what afterwards, question by question, with what one chose oneself.
 * @param {ReturnType<typeof compare>['rows']} found @param {Given} first @param {Given} second
 * @param {ReturnType<typeof createText>['inline']} inline @param {Translate} t */
function createTable(found, first, second, inline, t) {
  /** @param {boolean | null} right @param {Given} given @param {number} i */
  const mark = (right, given, i) =>
    right === null
      ? make('td', { class: 'soft' }, '–')
      : make(
          'td',
          {},
          make('div', { class: right ? 'right' : 'soft' }, t(right ? 'quiz.right' : 'quiz.not')),
          make(
            'div',
            { class: 'small soft' },
            ...(given.questions[i]?.answers[given.answers[i]]
              ? inline(given.questions[i].answers[given.answers[i]].text)
              : [t('quiz.unknown')]),
          ),
        );
  const { questions } = second;
  const rows = found.map(({ before, after }, i) =>
    make(
      'tr',
      { 'data-testid': `quiz-row-${i}` },
      make('th', { scope: 'row' }, ...inline(questions[i].about)),
      mark(before, first, i),
      mark(after, second, i),
      make(
        'td',
        {},
        make('strong', {}, ...inline(rightOf(questions[i]).text)),
        make('div', {}, ...inline(rightOf(questions[i]).reason)),
      ),
    ),
  );
  const head = ['quiz.kind', 'quiz.before', 'quiz.after', 'quiz.reason'].map((label) =>
    make('th', { scope: 'col' }, t(label)),
  );
  return make('table', {}, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
}

/**
 * @param {HTMLElement} container
 * @param {{quiz: Chapter, all: Listed, onGo: (id: string | null, step: string | null) => void,
 *   addressOf: (id: string, step: string | null) => string,
 *   firstOf: (id: string) => Promise<Chapter | null>}} page
 * @param {Progress} progress
 * @param {Translate} t
 */
export function createQuiz(container, { quiz, all, onGo, addressOf, firstOf }, progress, t) {
  const { inline, blocks } = createText({ onPart: () => {} }, /** @type {Numbers} */ ({}));
  const [{ title, text, questions, name }] = quiz.content;
  /** @param {number} i */
  const key = (i) => `${quiz.id}/${name}/${i}`;
  /** @param {number} i @returns {number | undefined} */
  const given = (i) => progress.get().answers[key(i)];

  /** @param {Question} question @param {number} i */
  function field({ ask, answers }, i) {
    const choices = [...order(answers.length, key(i)), UNKNOWN].map((choice) => {
      const input = make('input', {
        type: 'radio',
        name: key(i),
        value: choice,
        'data-testid': `quiz-${i}-${choice}`,
      });
      input.checked = given(i) === choice;
      input.addEventListener('change', () => progress.set('answers', key(i), choice));
      const words = choice === UNKNOWN ? [t('quiz.unknown')] : inline(answers[choice].text);
      return make(
        'label',
        { class: choice === UNKNOWN ? 'soft' : '' },
        input,
        make('span', {}, ...words),
      );
    });
    return make(
      'fieldset',
      { class: 'quiz-question', 'data-testid': `quiz-${i}`, 'data-no-terms': '' }, // a term's sentence would tell the answer
      make('legend', {}, make('span', { class: 'number soft' }, `${i + 1} `), ...inline(ask)),
      make('div', { class: 'guess-choices', 'data-no-terms': '' }, ...choices),
    );
  }

  function handIn() {
    progress.set(
      'quizzes',
      quiz.id,
      questions.map((_, i) => given(i) ?? UNKNOWN),
    );
    show().catch(() => {});
    window.scrollTo(0, 0);
    /** @type {HTMLElement | null} */ (container.querySelector('h2'))?.focus();
  }

  /** @param {string} label @param {string | null} id @param {string} [testid] */
  function link(label, id, testid = 'quiz-go') {
    const element = make(
      'a',
      {
        href: id ? addressOf(id, null) : addressOf('', null),
        class: testid === 'quiz-go' ? 'quiz-go' : null,
        'data-testid': testid,
      },
      label,
    );
    element.addEventListener('click', (event) => {
      event.preventDefault();
      onGo(id, null);
    });
    return element;
  }

  const heading = () =>
    make('h2', { id: 'contents-title', tabindex: -1, 'data-testid': 'quiz-title' }, title);

  function ask() {
    const send = make(
      'button',
      { type: 'button', class: 'next', 'data-testid': 'quiz-send' },
      t('quiz.send'),
    );
    send.addEventListener('click', handIn);
    container.replaceChildren(
      make('p', { class: 'small' }, link(t('learn.all'), null, 'all-chapters')),
      heading(),
      make('div', { class: 'lead' }, ...blocks(text)),
      ...questions.map(field),
      make(
        'p',
        { class: 'quiz-send' },
        send,
        ' ',
        make('span', { class: 'small soft' }, t('quiz.open')),
      ),
    );
  }

  function noted() {
    const again = make(
      'button',
      { type: 'button', class: 'link', 'data-testid': 'quiz-again' },
      t('quiz.again'),
    );
    again.addEventListener('click', ask);
    const [first] = all.chapters;
    container.replaceChildren(
      make('p', { class: 'small' }, link(t('learn.all'), null, 'all-chapters')),
      heading(),
      make('p', { class: 'lead', 'data-testid': 'quiz-noted' }, t('quiz.noted')),
      make('p', {}, link(t('quiz.first', { title: first?.title ?? '' }), first?.id ?? null)),
      make('p', { class: 'small' }, again),
    );
  }

  async function outcome() {
    const earlier = all.extras.find(({ kind }) => kind === 'before');
    const first = earlier ? await firstOf(earlier.id) : null;
    const { quizzes } = progress.get();
    const asked = first?.content[0].questions ?? [];
    const before = earlier ? (quizzes[earlier.id] ?? null) : null;
    const after = quizzes[quiz.id] ?? [];
    const found = compare(asked, before, questions, after);
    const table = createTable(
      found.rows,
      { questions: asked, answers: before ?? [] },
      { questions, answers: after },
      inline,
      t,
    );
    const challenges = all.extras.find(({ kind }) => kind === 'challenges');
    const said =
      found.before === null
        ? t('quiz.only', { after: found.after, of: questions.length })
        : t('quiz.both', { before: found.before, after: found.after, of: questions.length });
    const again = make(
      'button',
      { type: 'button', class: 'link', 'data-testid': 'quiz-again' },
      t('quiz.again'),
    );
    again.addEventListener('click', ask);
    container.replaceChildren(
      make('p', { class: 'small' }, link(t('learn.all'), null, 'all-chapters')),
      heading(),
      make('p', { class: 'lead quiz-said', role: 'status', 'data-testid': 'quiz-said' }, said),
      make('div', { class: 'quiz-table' }, table),
      ...(challenges ? [make('p', {}, link(t('quiz.challenges'), challenges.id))] : []),
      make('p', { class: 'small' }, again),
    );
  }

  async function show() {
    if (!progress.get().quizzes[quiz.id]) ask();
    else if (quiz.kind === 'before') noted();
    else await outcome();
  }
  return show();
}

/** @param {Question} question */
const rightOf = ({ answers }) => answers.find(({ right }) => right) ?? answers[0];
