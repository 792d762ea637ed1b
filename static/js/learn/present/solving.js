// Brings the wall to where the talk is: the solutions that are shown of a step are done there, one after
// another, on the real screen. One that is taken back leaves the step as it begins, with those before it.

/**
 * @param {object} wall
 * @param {() => Promise<void>} wall.again the step as it begins
 * @param {(task: number, isKept: boolean) => Promise<void>} wall.solve kept ones were shown before: after a
 *   reload, or on the way back
 */
export function createSolving({ again, solve }) {
  let place = '';
  /** @type {number[]} tasks that are solved on the screen */
  let done = [];
  /** @type {number[]} */
  let wanted = [];
  /** @type {number[]} */
  let kept = [];
  let work = Promise.resolve();

  /** @param {string} at */
  async function catchUp(at) {
    if (at !== place) return;
    if (done.some((task) => !wanted.includes(task))) {
      done = [];
      await again();
    }
    for (;;) {
      const task = wanted.find((each) => !done.includes(each));
      if (at !== place || task === undefined) return;
      done.push(task);
      await solve(task, kept.includes(task));
    }
  }

  return {
    /** Another step comes. @param {string} at @param {number[]} shown tasks whose solution was shown before */
    begin(at, shown) {
      [place, done, kept] = [at, [], shown];
      work = Promise.resolve(); // whatever is still under way stops with its step
    },
    /** It was done by hand. @param {number} task */
    note: (task) => void done.push(task),
    /** @param {number[]} tasks whose solution is to be seen */
    follow(tasks) {
      wanted = tasks;
      kept = kept.filter((task) => wanted.includes(task)); // what is shown once more is shown in full
      const at = place;
      work = work.then(() => catchUp(at));
      return work;
    },
  };
}
