// A step as the speaker reads it: its words, and what it asks with each answer, which the wall does not
// show yet. Of a step to come the network's numbers are not there; a sentence that needs one is left out.

import { make } from '../../page/dom.js';
import { evaluate } from '../evaluate.js';

/** @import { Translate } from '../../state/types.js' */
/** @import { Block, Node, Step } from '../types.js' */

/** @param {Node} node @returns {boolean} */
function isLive(node) {
  if (typeof node === 'string' || node[0] === 'code') return false;
  if (node[0] === 'live') return true;
  const within = /** @type {Node[]} */ (
    node[0] === 'part' || node[0] === 'link' ? node[2] : node[1]
  );
  return within.some(isLive);
}

const SENTENCE = /[\s\S]*?[.!?]["”’)]*(?:\s+|$)|[\s\S]+$/g;
const ENDS = /[.!?]["”’)]*\s*$/;

/** Words without the sentences that need a number of the network.
 * @param {Node[]} nodes @returns {Node[]} */
export function withoutLive(nodes) {
  /** @type {Node[][]} */
  const sentences = [[]];
  for (const node of nodes)
    for (const piece of typeof node === 'string' ? (node.match(SENTENCE) ?? []) : [node]) {
      sentences.at(-1)?.push(piece);
      if (typeof piece === 'string' && ENDS.test(piece)) sentences.push([]);
    }
  return sentences.filter((each) => !each.some(isLive)).flat();
}

/** @param {Block[]} blocks @returns {Block[]} */
const blocksWithoutLive = (blocks) =>
  blocks.flatMap(([kind, content]) => {
    if (kind === 'p') {
      const kept = withoutLive(/** @type {Node[]} */ (content));
      return kept.length ? [/** @type {Block} */ ([kind, kept])] : [];
    }
    const items = /** @type {Node[][]} */ (content).map(withoutLive).filter((each) => each.length);
    return items.length ? [/** @type {Block} */ ([kind, items])] : [];
  });

/** @typedef {{blocks(blocks: Block[]): HTMLElement[], inline(nodes: Node[]): (HTMLElement | string)[]}} Words */

/**
 * @param {Step} step
 * @param {Words} words
 * @param {Translate} t
 * @param {boolean} isNow its numbers are known, and each task's result is told: it has a place for that
 */
export function previewOf({ text, prediction, tasks, questions }, words, t, isNow) {
  const { blocks } = words;
  const inline = (/** @type {Node[]} */ nodes) => words.inline(isNow ? nodes : withoutLive(nodes));
  /** @param {(HTMLElement | string)[]} asked @param {(HTMLElement | string)[]} answer */
  const ask = (asked, answer) =>
    make('p', { class: 'asks' }, ...asked, ' ', make('em', {}, ...answer));
  const result = (/** @type {number} */ task) =>
    isNow ? [' ', make('strong', { class: 'result', 'data-result': task })] : [];
  const guess = make('strong', {}, t('learn.guess.title'));
  const truth = prediction?.kind === 'choice' ? evaluate(prediction.truth, {}) : null;
  const chosen = prediction?.kind === 'choice' ? prediction.choices[Number(truth ?? -1)] : null;
  const isSo = chosen ? [...inline(chosen), '. '] : [];
  return [
    ...blocks(isNow ? text : blocksWithoutLive(text)),
    ...(prediction
      ? [ask([guess, ' ', ...inline(prediction.ask)], [...isSo, ...inline(prediction.after)])]
      : []),
    ...tasks.map((task, i) =>
      ask(['○ ', ...inline(task.do)], [...inline(task.hint), ...result(i)]),
    ),
    ...questions.map(({ ask: asked, answers }) =>
      ask(inline(asked), inline(answers.find(({ right }) => right)?.text ?? [])),
    ),
  ];
}
