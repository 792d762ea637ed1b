// Beside the questions why it says so and how it is fooled: two small pictures of the drawing each, and what
// comes of them. Both move with the pen.

import { make, say } from '../../page/dom.js';
import { isBlank } from '../../state/history.js';
import { createChanged } from '../../state/store.js';
import { epsilonWords, timesWords } from '../figures/amounts.js';
import { createPixels } from '../figures/pixels.js';
import { followedBy } from '../follow.js';
import { reasonWords } from '../why/plain.js';
import { companionKeys } from '../wants.js';

/** @import { Attack, Attribution, ExploreState } from '../types.js' */
/** @import { Translate } from '../../state/types.js' */
/** @import { Numbers } from '../../page/words.js' */

/** Two pictures and a sentence, all of which come later. @param {string} name for tests
 * @param {ReturnType<typeof createPixels>[]} pictures */
function createPair(name, pictures) {
  for (const { canvas } of pictures) {
    canvas.setAttribute('aria-hidden', 'true');
    canvas.removeAttribute('role');
  }
  const pair = make('span', { class: 'preview-pair' }, ...pictures.map(({ canvas }) => canvas));
  const said = make('span', { class: 'small soft', 'data-testid': `preview-${name}` });
  return {
    element: make('span', { class: 'preview' }, pair, said),
    said,
    /** @param {boolean} isThere @param {boolean} isEmpty the pad is */
    await(isThere, isEmpty) {
      pair.classList.toggle('coming', !isThere);
      said.classList.toggle('coming', !isThere && !isEmpty);
    },
  };
}

/** How little is enough, and what it says then.
 * @param {Pick<Attack, 'label' | 'prediction' | 'largest' | 'smallest_epsilon'>} told
 * @param {Translate} t @param {Numbers} numbers */
export function fooledWords(told, t, numbers) {
  const { label: digit, prediction: other, largest, smallest_epsilon: least } = told;
  if (least === null) return t('fool.least.none');
  const [epsilon, times] = [epsilonWords(least, numbers), timesWords(largest, numbers)];
  return t('opening.fool.said', { digit, other, epsilon, times });
}

/** @param {Translate} t @param {Numbers} numbers */
export function createReasons(t, numbers) {
  const seen = createPixels('preview-input', t('seen.title'));
  const blame = createPixels('preview-why', t('blame.picture'));
  const fooled = createPixels('preview-fool', t('fool.after'));
  const change = createPixels('preview-change', t('fool.change'));
  const why = createPair('blamed', [seen, blame]);
  const fool = createPair('fooled', [change, fooled]);
  const changed = createChanged();

  /** @param {Attribution} told */
  function showWhy(told) {
    seen.ink(told.input.pixels, 255);
    blame.signed(told.values);
    say(why.said, `${reasonWords(told, t, numbers)} ${t('opening.why.key')}`);
  }

  /** @param {Attack} told */
  function showFool(told) {
    change.signed(told.change);
    fooled.ink(told.pixels, 1);
    say(fool.said, fooledWords(told, t, numbers));
  }

  return {
    elements: { why: why.element, fool: fool.element },
    /** @param {ExploreState} state */
    update(state) {
      const asked = companionKeys(state.place, state.model);
      /** @type {[Attribution | null, Attack | null]} */
      const [blamed, attacked] = [
        followedBy(state, 'blamed', asked.blamed)?.value ?? null,
        followedBy(state, 'attacked', asked.attacked)?.value ?? null,
      ];
      const isEmpty = isBlank(state.drawing);
      if (!changed({ blamed, attacked, isEmpty, theme: state.theme })) return;
      why.await(Boolean(blamed), isEmpty);
      fool.await(Boolean(attacked), isEmpty);
      if (isEmpty) for (const { said } of [why, fool]) say(said, t('blame.blank'));
      if (blamed) showWhy(blamed);
      if (attacked) showFool(attacked);
    },
  };
}
