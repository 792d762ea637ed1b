// Goes through a chapter: sets the screen up for each step, watches it, and puts the learner's own
// drawing back.

import { createDwell } from './task.js';
import { evaluate, holds } from './evaluate.js';
import { emptyMemory, noticeDrawing, remember } from './numbers/memory.js';
import { createTold } from './numbers/told.js';
import { heldIn } from './showing/held.js';
import { misreadOn } from './showing/own.js';
import { createPad } from './showing/pad.js';
import { wholeOf } from './showing/whole.js';
import { createWidgetPlace } from './showing/widget.js';

/** @import { Translate } from '../state/types.js' */
/** @import { Numbers } from '../page/words.js' */
/** @import { Quantity } from './evaluate.js' */
/** @import { Shared } from '../state/fragment.js' */
/** @import { Misread } from './progress.js' */
/** @import { Action, Bridge, Step } from './types.js' */

/**
 * The screens that have been beside the chapter.
 * @param {(screen: Step['screen']) => Promise<Bridge>} open
 * @param {{onChange: (screen: Bridge) => void, onPart: (screen: Bridge, name: string | null) => void}} events
 */
function createScreens(open, { onChange, onPart }) {
  /** @type {Set<Bridge>} */
  const known = new Set();
  return {
    /** @param {Step['screen']} screen */
    async connect(screen) {
      const opened = await open(screen);
      if (!known.has(opened)) {
        known.add(opened);
        opened.subscribe(() => onChange(opened));
        opened.onPart((name) => onPart(opened, name));
      }
      return opened;
    },
    /** @param {'light' | 'dark'} theme */
    theme: (theme) => known.forEach((each) => each.theme(theme)),
  };
}

/** Does its work with the next frame, however often it is asked to. @param {() => void} work */
function onceAFrame(work) {
  let isPending = false;
  return () => {
    if (isPending) return;
    isPending = true;
    requestAnimationFrame(() => {
      isPending = false;
      work();
    });
  };
}

/** Those who wait until the screen has settled. */
function createWaiting() {
  /** @type {(() => void)[]} */
  let waiting = [];
  return {
    /** @returns {Promise<void>} */
    wait: () => new Promise((resolve) => waiting.push(resolve)),
    end() {
      const now = waiting;
      waiting = [];
      for (const go of now) go();
    },
  };
}

/** Clears a screen of what a step does not need. @param {Bridge} screen @param {Step} step
 * @param {string[]} parts that are worked with @returns {(held: string[]) => void} */
function clearing(screen, step, parts) {
  const needed = [...step.points, ...(step.later?.points ?? []), ...parts, ...wholeOf(step)];
  const kind = /** @type {string[]} */ (
    [step.isEarly && 'early', step.challenge && 'free'].filter(Boolean)
  );
  return (held) => screen.clear?.([...needed, ...kind, ...held]);
}

/** What a step holds back is hidden until it is told, and then stays.
 * @param {Step} step @param {(held: string[]) => void} clear @param {() => Record<string, Quantity>} quantities
 * @returns {() => void} looks whether it is told */
function holdBack(step, clear, quantities) {
  let held = heldIn(step, {});
  clear(held);
  return () => {
    if (!held.length || heldIn(step, quantities()).length === held.length) return;
    held = [];
    clear(held);
  };
}

/**
 * @param {(screen: Step['screen']) => Promise<Bridge>} open the screen beside the chapter
 * @param {{update(quantities: Record<string, Quantity>, isSettled: boolean): void,
 *   light(name: string | null): void, parts(): string[], showMeant(digit: number | null): void, showTyped(value: number | null): void,
 *   live(): import('./text.js').Live[]}} view
 * @param {Pick<ReturnType<typeof import('./course.js').createCourse>, 'measure' | 'loops' | 'answers' | 'runs'>} course
 * @param {Translate} t
 * @param {Numbers} numbers
 * @param {(step: Step) => string[]} usedIn parts of the screen that a step's tasks work with
 */
export function createLesson(open, view, course, t, numbers, usedIn) {
  /** @type {((misread: Misread | null) => void)[]} */
  const listeners = [];
  let memory = emptyMemory();
  /** @type {Bridge | null} the screen that is beside the chapter now */
  let bridge = null;
  /** @type {ReturnType<typeof import('./challenges/asked.js')['createAsked']> | null} */
  let asked = null;
  /** @type {Step | null} */
  let step = null;
  /** @type {Record<string, Quantity> | null} */
  let quantities = null;
  let isReady = false; // the screen is what the step asked for
  let entered = 0;
  /** @type {() => void} the screen no longer holds back what was asked for */
  let tellHeld = () => {};
  let isLater = false; // what matters later in the step matters now
  const pointed = () => (isLater ? step?.later?.points : step?.points) ?? [];

  function update() {
    if (!bridge || !quantities) return;
    const state = bridge.state();
    if (noticeDrawing(memory, state)) view.showMeant(null);
    const isSettled = isReady && bridge.isSettled();
    remember(memory, state, isSettled);
    if (isSettled && step?.later && !isLater && holds(step.later.when, quantities)) {
      isLater = true;
      bridge.light(pointed(), null);
    }
    if (isSettled) tellHeld();
    widgets.now()?.update?.();
    view.update(quantities, isSettled && dwell.isDwelling(state.hovered));
    for (const listener of listeners) listener(isSettled ? misreadOn(bridge, pad, memory) : null);
    if (isSettled) waiting.end();
  }

  const changed = onceAFrame(update);
  const dwell = createDwell(changed);

  const screens = createScreens(open, {
    onChange: (screen) => screen === bridge && changed(),
    onPart: (screen, name) => screen === bridge && view.light(name),
  });
  const waiting = createWaiting();
  const told = createTold(course, () => bridge?.state() ?? null, changed);
  const pad = createPad();
  const widgets = createWidgetPlace(
    { screen: () => bridge, memory: () => memory, quantities: () => quantities ?? {}, pointed },
    changed,
    t,
    numbers,
  );

  /** When everything that was asked for is shown. */
  function settled() {
    changed();
    return waiting.wait();
  }

  /** What a solution does beside the screen. @param {import('./showing/solution.js').Deed} deed */
  async function act({ meant, typed, widget, start }) {
    if (meant !== undefined) view.showMeant((memory.meant = meant));
    if (widget) widgets.now()?.apply(widget);
    if (start) await bridge?.start?.();
    if (typed !== undefined && quantities) {
      memory.typed = /** @type {number | null} */ (evaluate(typed, quantities));
      view.showTyped(memory.typed);
    }
    changed();
  }

  /** @param {'meant' | 'typed' | 'guess' | 'measured'} what @returns {(value: number | null) => void} */
  const noting = (what) => (value) => {
    memory[what] = value;
    changed();
  };

  return {
    /** @param {Step} next @param {number | null} guess made at an earlier visit
     * @param {(Shared & {run?: string | null}) | null} [sent] how someone left this step's screen */
    async enter(next, guess, sent = null) {
      const mine = ++entered;
      const [screen, { createAsked }, { createQuantities }] = await Promise.all([
        screens.connect(next.screen),
        import('./challenges/asked.js'),
        import('./quantities.js'),
      ]);
      if (mine !== entered) return;
      isReady = false;
      bridge = screen;
      const used = usedIn(next);
      const clear = clearing(screen, next, [...used, ...view.parts()]);
      tellHeld = holdBack(next, clear, () => quantities ?? {});
      const start = await pad.setUp(screen, next, sent, () => mine !== entered);
      if (mine !== entered) return;
      step = next;
      asked?.destroy();
      asked = createAsked(course, screen.state, changed);
      asked.onlyRun(sent?.run ?? null);
      memory = {
        ...emptyMemory(next.meant),
        ...told,
        start,
        guess,
        ask: asked.ask,
        settled: (share) => screen.settled?.(share) ?? null,
        training: () => screen.training?.() ?? null,
        widget: widgets.now()?.quantities ?? {},
      };
      isLater = false;
      quantities = createQuantities(screen.state, memory);
      screen.light(next.points, null, used);
      isReady = true;
      changed();
      if (!next.measure) return;
      const measured = await course.measure(screen.state().model?.id ?? '', next.measure);
      if (mine === entered) noting('measured')(measured);
    },
    settled,
    /** The step has something of its own that can be worked: by name, and where it stands. */
    widget: widgets.put,
    withoutWidget: widgets.clear,
    /** Show how a task is solved. @param {Action[]} actions @param {number} [pause] ms between its moments */
    async show(actions, pause) {
      const mine = entered;
      const [screen, from] = [bridge, step?.state];
      if (!screen || !from) return;
      const { showSolution } = await import('./showing/solution.js');
      const isOver = () => mine !== entered;
      const { become } = pad;
      await showSolution(actions, { screen, from, isOver, become, settled, act }, pause);
      if (!isOver()) screen.light(pointed(), null);
    },
    /** A word that names a part is pointed at. @param {string | null} name */
    light: (name) => bridge?.light(pointed(), name),
    meant: noting('meant'),
    typed: noting('typed'),
    guessed: noting('guess'),
    theme: screens.theme,
    quantities: () => quantities ?? {},
    /** The numbers within the step's words. */
    live: () => view.live(),
    /** The numbers have changed, or one's own drawing is misread. @param {(misread: Misread | null) => void} listener */
    onUpdate: (listener) => void listeners.push(listener),
    /** What the screen shows now, for a link. */
    state: () => bridge?.state() ?? null,
    /** The best training of at most so many hidden neurons. @param {number} most */
    run: (most) => asked?.run(most) ?? '',
  };
}
