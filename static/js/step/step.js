// One step explained: what the drawing's label asks of every output, neuron and weight; taking it.

import { bracketed, equals, written } from '../page/sums.js';
import { make, say } from '../page/dom.js';
import { createFollower } from '../server/follower.js';
import { labelOf } from '../state/ends.js';
import { className, layerName } from '../state/names.js';
import { isRefusal } from '../server/api.js';
import { isSameLesson, lessonOf, stepsIn, taughtOf, withStep } from './lesson.js';
import { createMeant } from './meant.js';
import { createChange, createFlow } from './nudges.js';
import { createOutputs, isNumberStep } from './outputs.js';

/** @import { Drawing, Edit, State, StepExplained, Translate, Weights } from '../state/types.js' */
/** @import { Lesson, Taught } from './lesson.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Status } from '../server/follower.js' */

/**
 * The loss as a sum that can be followed; of several outputs each of theirs, and their mean.
 * @param {Pick<StepExplained, 'loss' | 'outputs'>} explained @param {Translate} t @param {Numbers} numbers
 */
export function lossWords({ loss, outputs }, t, numbers) {
  const told = outputs.map((output, head) => {
    if (isNumberStep(output)) {
      const [a, y, loss] = [output.output, output.wanted, output.loss].map(numbers.three);
      const is = equals((written(a) - written(y)) ** 2, loss);
      return t('step.squared', { a, y: bracketed(y), loss, is });
    }
    const { name, label, loss_name: kind, loss: own, probabilities } = output;
    const of = className(head, { layer: name, index: label }, t);
    const p = (probabilities[label] < 0.1 ? numbers.short : numbers.three)(probabilities[label]);
    const is = equals(-Math.log(written(p)), numbers.three(own));
    return t(`step.${kind}`, { label: of, p, loss: numbers.three(own), is });
  });
  if (outputs.length === 1) return told[0];
  const parts = outputs.map((each) => numbers.three(each.loss));
  const [count, mean] = [outputs.length, numbers.three(loss)];
  const is = equals(parts.reduce((sum, each) => sum + written(each), 0) / count, mean);
  return [...told, t('step.mean', { parts: parts.join(' + '), count, loss: mean, is })].join(' · ');
}

const TEN = 10;

/** Rates that move an answer within a few steps. @type {Record<string, number>} */
const RATES = { houses: 0.01 };
const RATE = 0.1;

/** @typedef {{model: string, url: string, edits: Edit[], step: Lesson, taught: Taught}} Wanted */

/** What it says now, once that is what it should be; a number says it after each step.
 * @param {StepExplained} explained @param {boolean} isNew nothing was taught yet
 * @param {Translate} t @param {Numbers} numbers */
function answerNow({ outputs: [first] }, isNew, t, numbers) {
  if (isNumberStep(first))
    return isNew ? '' : t('step.price', { price: numbers.dollars(first.prediction) });
  const { probabilities, label: digit } = first;
  if (probabilities.indexOf(Math.max(...probabilities)) !== digit) return '';
  return t(isNew ? 'step.already' : 'step.read', { label: digit });
}

/** The step that the page asks for just now. @param {State} state
 * @param {number | null} label @param {number} learningRate @returns {Wanted | null} */
function wantedBy(
  { model: described, drawing: drawn, reading, readOf, edits },
  label,
  learningRate,
) {
  const isRead = reading !== null && readOf === drawn && reading.model === described?.id;
  if (!described || !isRead || reading.prediction === null || label === null || !(learningRate > 0))
    return null;
  return {
    model: described.id,
    url: described.weights.url,
    edits: edits[described.id] ?? NONE,
    step: lessonOf(described, reading, label, learningRate),
    taught: taughtOf(reading, label),
  };
}

/**
 * What a step is told as: the loss, what the outputs were to be, how the gradient flows, what changes.
 * @param {Translate} t @param {Numbers} numbers
 */
function createShown(t, numbers) {
  const loss = make('p', { class: 'step-loss', 'data-testid': 'step-loss' });
  const soFar = make('p', { class: 'small', 'data-testid': 'step-so-far', role: 'status' });
  const outputs = createOutputs(t, numbers);
  const flow = createFlow(t, numbers);
  const change = createChange(t, numbers);
  const element = make(
    'div',
    { class: 'step-shown' },
    loss,
    soFar,
    make(
      'div',
      { class: 'step-back' },
      make('div', {}, make('p', { class: 'small soft' }, t('step.flow')), flow.element),
      outputs.element,
    ),
    change.element,
  );
  return {
    element,
    /** @param {StepExplained} explained @param {{steps: number, loss: number}[]} losses one after the other
     * @param {string} kind of the step @param {string} problem */
    show(explained, losses, kind, problem) {
      say(loss, lossWords(explained, t, numbers));
      const isNew = losses.length === 1;
      const told = !isNew
        ? t('step.so-far', {
            losses: losses
              .map(({ loss, steps }) => `${numbers.three(loss)} (${steps})`)
              .join(' → '),
          })
        : '';
      say(soFar, [told, answerNow(explained, isNew, t, numbers)].filter(Boolean).join(' · '));
      outputs.show(explained);
      flow.show(explained, problem);
      element.dataset.kind = kind;
    },
    /** @param {State} state @param {Weights} now @param {Weights} next */
    change: (state, now, next) => change.show(state, now, next, (name) => layerName(name, t)),
  };
}

/**
 * @param {HTMLElement} panel
 * @param {object} parts
 * @param {ReturnType<typeof import('../server/api.js').createApi>} parts.api
 * @param {{get(): State}} parts.page
 * @param {() => boolean} parts.isOpen whether the panel is seen
 * @param {(model: string, edits: Edit[]) => void} parts.onEdits the network's edits become these
 * @param {(status: Status, detail?: string) => void} parts.tell
 * @param {() => void} parts.onPin the network that is taught has to stay
 * @param {Translate} t
 * @param {Numbers} numbers
 */
export function createStep(panel, { api, page, isOpen, onEdits, tell, onPin }, t, numbers) {
  const meant = createMeant((next) => {
    label = next;
    update(page.get());
  }, t);
  const rate = make('input', {
    type: 'number',
    min: 0.001,
    max: 10,
    step: 'any',
    value: RATE,
    id: 'step-rate',
    'data-testid': 'step-rate',
  });
  rate.addEventListener('input', () => update(page.get()));

  /** @param {string} id @param {() => void} act */
  function button(id, act) {
    const made = make('button', { type: 'button', 'data-testid': `step-${id}` }, t(`step.${id}`));
    made.addEventListener('click', act);
    return made;
  }
  const take = button('take', () => onTake(1));
  const ten = button('ten', () => onTake(TEN));
  const undo = button('undo', () => setEdits(past.pop() ?? []));
  const reset = button('reset', () => {
    past = [];
    setEdits([]);
  });
  const hint = make('p', { class: 'soft', 'data-testid': 'step-hint' });
  const shown = createShown(t, numbers);
  panel.append(
    make('p', { class: 'small soft step-about' }, t('step.about')),
    meant.element,
    make(
      'div',
      { class: 'step-tools' },
      make('label', { class: 'small', for: 'step-rate' }, t('step.rate')),
      rate,
      take,
      ten,
      undo,
      reset,
    ),
    hint,
    shown.element,
  );
  /** @type {number | null} */
  let label = null;
  /** @type {Drawing | null} */
  let drawing = null;
  let model = '';
  let problem = 'digits';
  /** @type {Edit[][]} */
  let past = [];
  /** @type {{steps: number, loss: number}[]} */
  let losses = [];
  /** @type {Wanted | null} */
  let wanted = null;
  /** @type {{edits: Edit[], url: string, weights: Weights} | null} the weights that a step starts from */
  let known = null;

  /** @type {ReturnType<typeof createFollower<Wanted, [StepExplained, Weights, Weights]>>} */
  const follower = createFollower({
    request: ({ model: id, url, edits, step, taught }, signal) =>
      Promise.all([
        api.step(id, taught, edits, signal),
        weightsOf(id, url, edits, signal),
        api.editedWeights(id, [...edits, step], signal),
      ]),
    onReply: ([explained, now, next], asked) => {
      known = { edits: asked.edits, url: asked.url, weights: now };
      show(explained, now, next, asked);
    },
    onStale: (stale) => shown.element.classList.toggle('stale', stale),
    onStatus: tell,
    isFinal: isRefusal,
  });

  /** @param {string} id @param {string} url @param {Edit[]} edits @param {AbortSignal} signal */
  async function weightsOf(id, url, edits, signal) {
    if (known?.edits === edits && known.url === url) return known.weights;
    return edits.length ? api.editedWeights(id, edits, signal) : api.weights(url);
  }

  /** @param {StepExplained} explained @param {Weights} now @param {Weights} next @param {Wanted} asked */
  function show(explained, now, next, { edits, step }) {
    const steps = stepsIn(edits);
    losses = [...losses.filter((each) => each.steps < steps), { steps, loss: explained.loss }];
    shown.show(explained, losses, step.kind, problem);
    shown.change(page.get(), now, next);
  }

  /** @param {Edit[]} edits */
  const setEdits = (edits) => onEdits(model, edits);

  /** @param {number} times */
  function onTake(times) {
    if (!wanted) return;
    onPin();
    past = [...past, wanted.edits];
    setEdits(withStep(wanted.edits, { ...wanted.step, times }));
  }

  /** @param {State} state */
  function update(state) {
    if (!isOpen()) {
      follower.forget();
      wanted = null;
      return;
    }
    if (state.problem !== problem) {
      problem = state.problem;
      rate.value = String(RATES[problem] ?? RATE);
    }
    if (state.drawing !== drawing) {
      drawing = state.drawing;
      label = drawing.kind === 'features' ? drawing.target : labelOf(drawing);
      losses = [];
    }
    if ((state.model?.id ?? '') !== model) {
      model = state.model?.id ?? '';
      [past, losses] = [[], []];
    }
    const isNumber = state.model?.outputs[0].kind === 'number';
    meant.update(isNumber, label);
    const next = wantedBy(state, label, Number(rate.value));
    const isBlank = state.reading === null || state.reading.prediction === null;
    hint.hidden = label !== null && !isBlank;
    say(hint, t(isNumber ? 'step.houses.choose' : isBlank ? 'step.blank' : 'step.choose'));
    shown.element.hidden = label === null || isBlank;
    take.disabled = ten.disabled = next === null;
    undo.disabled = past.length === 0;
    reset.disabled = !(state.edits[model] ?? NONE).length;
    if (!next) return;
    const { step } = next;
    const isAgain = isSameLesson(wanted?.step, step);
    const isSame =
      isAgain &&
      wanted?.model === next.model &&
      wanted.edits === next.edits &&
      wanted.step.learning_rate === step.learning_rate;
    if (isSame) return;
    if (!isAgain) losses = [];
    wanted = next;
    follower.want(next);
  }

  return { update };
}

/** @type {Edit[]} */
const NONE = [];
