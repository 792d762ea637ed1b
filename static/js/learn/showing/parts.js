// What a step asks: its prediction, tasks, questions and challenge, each with what is kept of it.

import { createPrediction } from '../prediction.js';
import { createQuestion } from '../question.js';
import { createTask } from '../task.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */
/** @import { Progress } from '../progress.js' */
/** @import { Events } from '../step.js' */
/** @import { Challenge, Step } from '../types.js' */

export const CHALLENGE = -1; // shown as a task's solution would be

/**
 * @param {Events} events
 * @param {Progress} progress
 * @param {ReturnType<typeof import('../text.js').createText>} text
 * @param {() => void} onMark something was done
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createParts(events, progress, text, onMark, t, numbers) {
  return {
    /** @param {Step} step @param {string} key @param {() => void} onOutcome its answer stands there now */
    prediction(step, key, onOutcome) {
      if (!step.prediction) return null;
      const onGuess = (/** @type {number} */ guess) => {
        progress.set('predictions', key, guess);
        events.onGuess(guess);
        onOutcome();
        events.onOpened(0);
      };
      const kept = progress.get().predictions[key];
      return createPrediction(step.prediction, text, { kept, onGuess }, t, numbers);
    },

    /** @param {Step} step @param {string} key */
    tasks: (step, key) =>
      step.tasks.map((task, i) =>
        createTask(
          task,
          text,
          {
            isDone: progress.get().tasks[`${key}/${i}`] ?? false,
            onDone() {
              progress.set('tasks', `${key}/${i}`, true);
              onMark();
              events.onSolved(i);
            },
            onShow: () => events.onShow(i),
            onMeant: events.onMeant,
            onTyped: events.onTyped,
          },
          t,
        ),
      ),

    /** @param {Step} step @param {string} key @param {number} first their place among what is opened */
    questions: (step, key, first) =>
      step.questions.map((question, i) => {
        const id = `${key}/${i}`;
        const kept = progress.get().answers[id];
        const onAnswer = (/** @type {number} */ answer) => {
          const before = progress.get().answers[id];
          if (!question.answers[before]?.right) progress.set('answers', id, answer);
          onMark();
          if (question.answers[answer].right) events.onOpened(first + i);
        };
        return createQuestion(question, text, { id, kept, onAnswer }, t);
      }),

    /** What makes a challenge comes late: few steps have one. @param {Challenge} asked @param {string} key
     * @param {boolean} isSent by a link */
    async challenge(asked, key, isSent) {
      const { createChallenge } = await import('../challenges/block.js');
      const kept = () => progress.get().scores[key];
      return () =>
        createChallenge(
          asked,
          text,
          {
            best: kept()?.score ?? null,
            isSent,
            async onScore(score) {
              const fragment = await events.onFragment();
              progress.set('scores', key, { score, fragment });
            },
            onShow: () => events.onShow(CHALLENGE),
            onAgain: () => events.onAgain(null),
            onBest: () => events.onAgain(kept()?.fragment ?? null),
            link: async () => events.onLink(await events.onFragment()),
          },
          t,
          numbers,
        );
    },
  };
}
