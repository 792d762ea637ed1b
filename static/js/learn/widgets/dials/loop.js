// The loop of learning with the numbers of the network beside it running through: digit, layers, prediction
// against target, loss, optimizer; once round is one step of gradient descent on this digit.

import { pageColors } from '../../../page/colors.js';
import { make, say } from '../../../page/dom.js';
import { PIXELS, SIDE } from '../../../state/units.js';
import { paint } from '../matrix/product.js';

/** @import { Numbers } from '../../../page/words.js' */
/** @import { Translate } from '../../../state/types.js' */
/** @import { Page } from '../make.js' */

const STATIONS = /** @type {const} */ (['digit', 'layers', 'prediction', 'loss', 'optimizer']);
const PACE = 550; // ms at a station
const MOST = 6; // losses that are told

/** What the loop shows of a network: null where it is not known. @param {Page} page */
export function roundOf({ quantities }) {
  const now = quantities();
  const number = (/** @type {unknown} */ value) => (typeof value === 'number' ? value : null);
  const [given, meant] = [now.label?.(), now.meant?.()].map((each) => Number(each ?? -1));
  const own = meant < 10 ? meant : -1; // what its learner said it is
  const label = given < 0 ? own : given;
  const p = label < 0 ? null : number(now.p?.(label));
  const steps = Number(now.steps_learned?.() ?? 0);
  const [turned, parameters] = [number(now.turned?.()), number(now.parameters?.())];
  const answer = number(now.prediction?.());
  return {
    label,
    answer,
    sure: answer === null || answer < 0 ? null : number(now.p?.(answer)),
    loss: p === null ? null : -Math.log(p),
    steps,
    parameters,
    moved: steps && turned !== null && parameters ? turned / parameters : null,
  };
}

/** @param {Page} page @param {Translate} t @param {Numbers} numbers */
export function createLoop(page, t, numbers) {
  const picture = make('canvas', { width: SIDE, height: SIDE, 'aria-hidden': 'true' });
  const [dials, answer, target, loss, moved] = Array.from({ length: 5 }, () =>
    make('strong', { class: 'number' }),
  );
  const sure = make('span', { class: 'number soft' });
  const round = make('button', { type: 'button', 'data-testid': 'loop-round' }, t('loop.round'));
  /** @param {typeof STATIONS[number]} name @param {...(Node | string)} children */
  const station = (name, ...children) =>
    make(
      'div',
      { class: 'loop-at', 'data-at': name },
      make('span', { class: 'small soft' }, t(`loop.${name}`)),
      ...children,
    );
  const places = {
    digit: station('digit', picture),
    layers: station('layers', dials, make('span', { class: 'small' }, t('loop.dials'))),
    prediction: station(
      'prediction',
      make('span', {}, answer, ' ', sure),
      make(
        'span',
        { class: 'loop-target' },
        make('span', { class: 'small soft' }, t('loop.target'), ' '),
        target,
      ),
    ),
    loss: station('loss', loss),
    optimizer: station('optimizer', moved, make('span', { class: 'small' }, t('loop.moved'))),
  };
  /** @param {string} sign @param {string} name */
  const arrow = (sign, name) =>
    make('span', { class: `loop-way ${name}`, 'aria-hidden': 'true' }, sign);
  const told = make('p', { class: 'small', role: 'status', 'data-testid': 'loop-losses' });
  const element = make(
    'div',
    { class: 'loop', 'data-testid': 'loop' },
    make(
      'div',
      { class: 'loop-ring' },
      places.digit,
      arrow('→', 'first'),
      places.layers,
      arrow('→', 'second'),
      places.prediction,
      arrow('↓', 'down'),
      arrow('↑', 'up'),
      places.optimizer,
      arrow('←', 'back'),
      places.loss,
    ),
    make('div', { class: 'loop-go' }, round, told),
  );
  /** @type {number[]} as it was before each round, and now */
  let losses = [];
  let timer = 0;
  let isRound = false; // on its way
  /** @type {unknown} */
  let painted;

  /** @param {typeof STATIONS[number] | null} name */
  function mark(name) {
    for (const [each, place] of Object.entries(places)) place.classList.toggle('at', each === name);
  }

  const teach = () => page.onTeach(Math.max(0, roundOf(page).label), 1);

  /** From station to station; the optimizer moves the dials. @param {number} at */
  function go(at) {
    mark(STATIONS[at] ?? null);
    isRound = at < STATIONS.length;
    round.disabled = isRound;
    if (isRound) timer = window.setTimeout(() => go(at + 1), PACE);
    else teach();
  }
  round.addEventListener('click', () => {
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) teach();
    else go(0);
  });

  return {
    element,
    quantities: {},
    update() {
      const now = roundOf(page);
      const pixels = page.pixels();
      const colors = pageColors();
      if (pixels?.length === PIXELS && painted !== pixels) {
        painted = pixels;
        paint(picture, (row, column) => colors.activationWord(pixels[row * SIDE + column], 1));
      }
      say(dials, numbers.whole(now.parameters ?? Number.NaN));
      say(answer, now.answer === null || now.answer < 0 ? '–' : String(now.answer));
      say(sure, now.sure === null ? '' : numbers.percent(now.sure));
      say(target, now.label < 0 ? '–' : String(now.label));
      places.prediction.classList.toggle('right', now.answer === now.label);
      round.disabled = isRound || now.label < 0; // of another drawing nobody has said what it is
      say(loss, numbers.three(now.loss ?? Number.NaN));
      say(moved, now.moved === null ? '–' : now.moved.toFixed(4));
      if (now.loss !== null && losses.length > now.steps + 1) losses = []; // it is as it was learned again
      if (now.loss !== null && losses.length === now.steps) losses.push(now.loss);
      else if (now.loss !== null && losses.length) losses[losses.length - 1] = now.loss;
      const shown = losses.slice(-MOST).map((each) => numbers.three(each));
      say(told, losses.length > 1 ? t('loop.losses', { losses: shown.join(' → ') }) : '');
    },
    /** @param {{round?: number}} wanted times round, at once */
    apply: ({ round: times }) => page.onTeach(Math.max(0, roundOf(page).label), times ?? 1),
    destroy: () => clearTimeout(timer),
  };
}
