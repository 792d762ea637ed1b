// Numbers of a chapter that come from elsewhere: asked for when a step first speaks of them, null until
// they are here.

/**
 * @param {Pick<ReturnType<typeof import('../course.js').createCourse>, 'loops'>} course
 * @param {() => import('../../state/types.js').State | null} state of the screen beside the chapter
 * @param {() => void} onChange one has come
 */
export function createTold(course, state, onChange) {
  /** @type {Map<string, Awaited<ReturnType<typeof course.loops>>>} what units tell, null while it comes */
  const told = new Map();
  /** @type {number[] | null | undefined} */
  let ink;
  /** @type {typeof import('../widgets/blank.js')['emptyOutputs'] | null | undefined} */
  let outputs;

  return {
    /** How well the units of a layer tell loops. @param {string} model @param {string} layer */
    loops(model, layer) {
      const key = `${model} ${layer}`;
      if (!told.has(key)) {
        told.set(key, null);
        course.loops(model, layer).then((found) => {
          if (found) told.set(key, found);
          else told.delete(key); // asked for again with the next look
          onChange();
        });
      }
      return told.get(key) ?? null;
    },

    /** Of each pixel, over the test digits. */
    meanInk() {
      if (ink === undefined) {
        ink = null;
        import('../widgets/ink.js').then((found) => {
          ink = found.meanInk();
          onChange();
        });
      }
      return ink;
    },

    /** The probability of a digit for paper without ink. @param {number} digit */
    empty(digit) {
      if (outputs === undefined) {
        outputs = null;
        import('../widgets/blank.js').then((found) => {
          outputs = found.emptyOutputs;
          onChange();
        });
      }
      const now = state();
      return (now && outputs?.(now)?.[digit]) ?? null;
    },
  };
}
