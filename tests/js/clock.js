// A clock in the test's hands: timers fire and frames come when time is told to pass.

export function createClock() {
  let now = 0;
  let timers = [];
  let frames = [];
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  return {
    now: () => now,
    setTimer(callback, delay) {
      const timer = { callback, at: now + delay };
      timers.push(timer);
      return timer;
    },
    clearTimer(timer) {
      timers = timers.filter((each) => each !== timer);
    },
    frame: (callback) => frames.push(callback),

    /** The next frame; then replies that have come are dealt with. */
    async paint() {
      const due = frames;
      frames = [];
      for (const callback of due) callback();
      await settle();
    },
    /** Time passes; timers fire in their order. */
    async pass(ms) {
      const end = now + ms;
      for (;;) {
        const next = timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        timers = timers.filter((each) => each !== next);
        now = next.at;
        next.callback();
      }
      now = end;
      await settle();
    },
    settle,
    pending: () => timers.length,
  };
}
