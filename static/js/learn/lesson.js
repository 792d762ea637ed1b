// Goes through a chapter: sets the screen up for each step, watches it, and puts the learner's own
// drawing back.

import { createDwell } from './task.js';
import { isPictured } from '../state/units.js';
import { createAsked } from './challenges/asked.js';
import { evaluate, holds } from './evaluate.js';
import { createQuantities, emptyMemory, meantAs, remember } from './quantities.js';

/** @import { Drawing } from '../state/types.js' */
/** @import { Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Shared } from '../state/fragment.js' */
/** @import { Action, Bridge, Step, Wanted, Widget } from './types.js' */

/** A reading's pixels as inputs; the same list for the same reading. @type {WeakMap<object, number[]>} */
const inputs = new WeakMap();

/** @param {import('../state/types.js').Reading | null} reading */
function pixelsOf(reading) {
  if (!reading) return null;
  const known = inputs.get(reading) ?? reading.input.pixels.map((value) => value / 255);
  inputs.set(reading, known);
  return known;
}

const PAUSE = 500; // ms between the moments of a solution that is shown

/**
 * @param {(screen: Step['screen']) => Promise<Bridge>} open the screen beside the chapter
 * @param {{update(quantities: ReturnType<typeof createQuantities>, isSettled: boolean): void,
 *   light(name: string | null): void, parts(): string[], showMeant(digit: number | null): void,
 *   live(): import('./text.js').Live[]}} view
 * @param {Pick<ReturnType<typeof import('./course.js').createCourse>, 'measure' | 'loops' | 'answers' | 'runs'>} course
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {(step: Step) => string[]} usedIn parts of the screen that a step's tasks work with
 */
export function createLesson(open, view, course, t, numbers, usedIn) {
  /** @type {Widget | null} */
  let widget = null;
  /** @type {(() => void)[]} */
  const listeners = [];
  let widgets = 0; // asked for
  let memory = emptyMemory();
  /** @type {Bridge | null} the screen that is beside the chapter now */
  let bridge = null;
  /** @type {Set<Bridge>} */
  const known = new Set();
  /** @type {ReturnType<typeof createAsked> | null} */
  let asked = null;
  /** @type {Step | null} */
  let step = null;
  /** @type {Drawing | null} the learner's own drawing, while a step shows another */
  let own = null;
  /** @type {Drawing | null} what the step has put on the pad */
  let put = null;
  /** @type {Drawing | null} */
  let last = null;
  /** @type {ReturnType<typeof createQuantities> | null} */
  let quantities = null;
  let isPending = false;
  let isReady = false; // the screen is what the step asked for
  let entered = 0;
  let isLater = false; // what matters later in the step matters now
  const pointed = () => (isLater ? step?.later?.points : step?.points) ?? [];
  /** @type {(() => void)[]} who waits until the screen has settled */
  let waiting = [];

  function update() {
    isPending = false;
    if (!bridge || !quantities) return;
    const state = bridge.state();
    if (state.drawing !== last) {
      if (last) {
        memory.meant = null;
        view.showMeant(null);
      }
      last = state.drawing;
    }
    const stages = state.model?.layers.filter(isPictured).length ?? 0;
    if (state.moment && state.moment.stage >= stages) memory.played = true;
    const isSettled = isReady && bridge.isSettled();
    remember(memory, state, isSettled);
    if (isSettled && step?.later && !isLater && holds(step.later.when, quantities)) {
      isLater = true;
      bridge.light(pointed(), null);
    }
    widget?.update?.();
    view.update(quantities, isSettled && dwell.isDwelling(state.hovered));
    for (const listener of listeners) listener();
    if (isSettled) {
      const now = waiting;
      waiting = [];
      for (const go of now) go();
    }
  }

  function changed() {
    if (isPending) return;
    isPending = true;
    requestAnimationFrame(update);
  }

  const dwell = createDwell(changed);

  /** @param {Step['screen']} screen */
  async function connect(screen) {
    const opened = await open(screen);
    if (!known.has(opened)) {
      known.add(opened);
      opened.subscribe(() => opened === bridge && changed());
      opened.onPart((name) => opened === bridge && view.light(name));
    }
    return opened;
  }

  /** @type {Map<string, Awaited<ReturnType<typeof course.loops>>>} what units tell, null while it comes */
  const told = new Map();

  /** @param {string} model @param {string} layer */
  function loops(model, layer) {
    const key = `${model} ${layer}`;
    if (!told.has(key)) {
      told.set(key, null);
      course.loops(model, layer).then((found) => {
        if (found) told.set(key, found);
        else told.delete(key); // asked for again with the next look
        changed();
      });
    }
    return told.get(key) ?? null;
  }

  /** @type {number[] | null | undefined} asked for when a step first speaks of it */
  let ink;
  function meanInk() {
    if (ink === undefined) {
      ink = null;
      import('./widgets/ink.js').then((found) => {
        ink = found.meanInk();
        changed();
      });
    }
    return ink;
  }

  /** What widgets have to do with the screen and with what the step remembers. */
  const page = {
    onChange: changed,
    state: () => bridge?.state() ?? null,
    start: () => memory.start,
    quantities: () => quantities ?? {},
    meantAs: (/** @type {number} */ digit) => meantAs(memory, digit),
    pixels: () => pixelsOf(bridge?.state().reading ?? null),
    onDraw: (/** @type {Drawing} */ drawing) => bridge?.putBack(drawing),
    onTeach(/** @type {number} */ label, /** @type {number} */ times) {
      memory.meant = label;
      bridge?.teach(label, times);
    },
  };

  /** When everything that was asked for is shown. @returns {Promise<void>} */
  const settled = () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      changed();
    });

  /** @param {Bridge} screen @param {Wanted} wanted @param {boolean} keepEdits */
  async function become(screen, wanted, keepEdits) {
    await screen.apply(wanted, keepEdits);
    if (wanted.drawing || wanted.features) put = screen.drawing();
  }

  /** The screen as someone else left it. @param {Bridge} screen @param {Step} to @param {Shared} sent */
  async function take(screen, { state }, { drawing, testDigit, edits, center, neuron, model }) {
    const { drawing: given, ...rest } = state;
    await become(
      screen,
      {
        ...rest,
        ...(model ? { model } : {}),
        edits: edits ?? [],
        center,
        ...(neuron ? { select: neuron } : {}),
      },
      false,
    );
    if (testDigit !== undefined)
      await become(screen, { ...rest, drawing: { kind: 'test', index: testDigit } }, true);
    else if (drawing) screen.putBack(drawing);
    put = screen.drawing(); // not the learner's own
  }

  return {
    /**
     * @param {Step} next
     * @param {number | null} guess made at an earlier visit
     * @param {(Shared & {run?: string | null}) | null} [sent] how someone left this step's screen
     */
    async enter(next, guess, sent = null) {
      entered += 1;
      const mine = entered;
      const screen = await connect(next.screen);
      if (mine !== entered) return;
      isReady = false;
      bridge = screen;
      const now = screen.drawing();
      const isOver = now === put; // what a step showed
      if (next.screen === 'draw' && next.state.drawing && !isOver && now.kind !== 'features')
        own = now; // a house is no drawing of one's own
      const used = usedIn(next);
      screen.clear?.([...next.points, ...(next.later?.points ?? []), ...used, ...view.parts()]);
      await become(screen, next.state, next.keep === 'edits');
      if (mine !== entered) return;
      // Only a network that reads drawings of digits gets it back: a house's or a pen's cannot read it.
      const isBack = next.screen === 'draw' && !next.state.drawing && isOver;
      if (isBack && own && screen.state().problem === 'digits') {
        screen.putBack(own);
        [own, put] = [null, null];
      }
      const start = screen.drawing();
      if (sent) await take(screen, next, sent);
      if (mine !== entered) return;
      step = next;
      memory = emptyMemory();
      memory.start = start;
      asked?.destroy();
      asked = createAsked(course, screen.state, changed);
      asked.onlyRun(sent?.run ?? null);
      memory.ask = asked.ask;
      memory.settled = (share) => screen.settled?.(share) ?? null;
      memory.training = () => screen.training?.() ?? null;
      memory.guess = guess;
      memory.widget = widget?.quantities ?? {};
      memory.loops = loops;
      memory.meanInk = meanInk;
      last = null;
      isLater = false;
      quantities = createQuantities(screen.state, memory);
      screen.light(next.points, null, used);
      isReady = true;
      changed();
      if (!next.measure) return;
      const measured = await course.measure(screen.state().model?.id ?? '', next.measure);
      if (mine !== entered) return;
      memory.measured = measured;
      changed();
    },
    settled,
    /** The step has something of its own that can be worked. @param {string} name @param {HTMLElement} place */
    async widget(name, place) {
      widgets += 1;
      const mine = widgets;
      const { makeWidget } = await import('./widgets/make.js');
      const made = await makeWidget(name, page, t, numbers);
      if (mine !== widgets) return made?.destroy?.();
      widget = made;
      memory.widget = made?.quantities ?? {};
      if (made) place.replaceChildren(made.element);
      changed();
    },
    /** No step's widget is left over. */
    withoutWidget() {
      widgets += 1;
      widget?.destroy?.();
      widget = null;
    },
    /** Show how a task is solved, moment by moment. @param {Action[]} actions */
    async show(actions) {
      const mine = entered;
      const screen = bridge;
      if (!screen) return;
      for (const [i, { meant, typed, widget: worked, start, ...wanted }] of actions.entries()) {
        if (mine !== entered || !step) return;
        const { drawing, features, ...rest } = step.state;
        await become(screen, { ...rest, ...wanted }, !wanted.edits);
        await settled();
        if (meant !== undefined) {
          memory.meant = meant;
          view.showMeant(meant);
        }
        if (worked) widget?.apply(worked);
        if (start) await screen.start?.();
        if (typed !== undefined && quantities)
          memory.typed = /** @type {number | null} */ (evaluate(typed, quantities));
        changed();
        if (i < actions.length - 1) {
          await settled();
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
        }
      }
      screen.light(pointed(), null);
    },
    /** A word that names a part is pointed at. @param {string | null} name */
    light(name) {
      bridge?.light(pointed(), name);
    },
    /** @param {number} digit */
    meant(digit) {
      memory.meant = digit;
      changed();
    },
    /** @param {number | null} value */
    typed(value) {
      memory.typed = value;
      changed();
    },
    /** @param {number} value */
    guessed(value) {
      memory.guess = value;
      changed();
    },
    /** @param {'light' | 'dark'} theme */
    theme: (theme) => known.forEach((each) => each.theme(theme)),
    quantities: () => quantities ?? {},
    /** The numbers within the step's words. */
    live: () => view.live(),
    /** The numbers have changed. @param {() => void} listener */
    onUpdate: (listener) => void listeners.push(listener),
    /** What the screen shows now, for a link. */
    state: () => bridge?.state() ?? null,
    /** The best training of at most so many hidden neurons. @param {number} most */
    run: (most) => asked?.run(most) ?? '',
  };
}
