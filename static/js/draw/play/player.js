// Runs through the stages of a pass by the clock: play, pause, one stage on or back, another speed.

import { momentAt, timesOf } from './timeline.js';

/** @import { Moment, Speed, Stage } from './timeline.js' */

/**
 * @typedef {object} Clock
 * @property {() => number} now ms
 * @property {(callback: () => void) => unknown} frame
 * @property {(callback: () => void, delay: number) => any} setTimer
 * @property {(timer: any) => void} clearTimer
 */

/**
 * @param {Clock} clock
 * @param {() => boolean} stays whether a pass rests at its end: its controls are under a finger there
 * @param {(moment: Moment | null, playing: boolean) => void} onMoment null once it has ended
 */
export function createPlayer(clock, stays, onMoment) {
  /** @type {Stage[]} */
  let stages = [];
  /** @type {Speed} */
  let speed = 'normal';
  let still = false;
  let time = 0; // of the pass
  let since = 0; // when the clock showed that
  let until = 0; // where it pauses
  let run = 0; // callbacks of an earlier run do nothing
  /** @type {unknown} */
  let timer;

  const isOn = () => stages.length > 0;
  const isPlaying = () => isOn() && time < until;
  const stage = () => momentAt(stages, time, speed, still)?.stage ?? stages.length;
  const last = () => timesOf(stages, stages.length - 1, speed, still)[stays() ? 'rest' : 'end'];

  function halt() {
    run += 1;
    clock.clearTimer(timer);
  }

  function stop() {
    halt();
    if (!isOn()) return;
    stages = [];
    onMoment(null, false);
  }

  /** What is due now; then wait for the next frame, or at rest for the next stage. */
  function advance() {
    const now = clock.now();
    time = Math.min(until, time + now - since);
    since = now;
    const moment = momentAt(stages, time, speed, still);
    if (!moment) return stop();
    onMoment(moment, isPlaying());
    if (!isPlaying()) return;
    const mine = run;
    const next = () => mine === run && advance();
    if (moment.moves) clock.frame(next);
    else timer = clock.setTimer(next, timesOf(stages, moment.stage, speed, still).end - time);
  }

  /** @param {number} end where it pauses */
  function runTo(end) {
    halt();
    since = clock.now();
    until = end;
    advance();
  }

  /** @param {number} at the stage to show, and then pause */
  function show(at) {
    const { start, rest } = timesOf(stages, at, speed, still);
    time = start;
    runTo(rest);
  }

  return {
    isOn,
    isPlaying,
    stop,
    show,

    /** From the start.
     * @param {Stage[]} what @param {Speed} pace @param {boolean} unmoved without motion */
    play(what, pace, unmoved) {
      [stages, speed, still, time] = [what, pace, unmoved, 0];
      runTo(last());
    },

    pause() {
      if (isPlaying()) runTo(Math.min(until, time + clock.now() - since));
    },

    /** From where it rests; from the end anew. */
    resume() {
      if (time >= last()) time = 0;
      runTo(last());
    },

    /** The next stage, in its motion; after the last one all is shown. */
    forward() {
      if (stage() + 1 < stages.length) show(stage() + 1);
      else stop();
    },

    /** The stage before, at rest. */
    back() {
      time = timesOf(stages, Math.max(0, stage() - 1), speed, still).rest;
      runTo(time);
    },

    /** Another pace, from where it is. @param {Speed} pace */
    setSpeed(pace) {
      if (!isOn()) return;
      const ends = until === last();
      const at = stage();
      const before = timesOf(stages, at, speed, still);
      const moves = time < before.rest;
      const part = moves
        ? (time - before.start) / (before.rest - before.start)
        : (time - before.rest) / (before.end - before.rest);
      speed = pace;
      const { start, rest, end } = timesOf(stages, at, speed, still);
      time = moves ? start + part * (rest - start) : rest + part * (end - rest);
      runTo(ends ? last() : Math.max(time, rest));
    },
  };
}
