// Numbers that a challenge needs and the server works out: asked for when they are first wanted, and
// again when what they depend on has changed. Until one has come it is null.

import { PIXELS } from '../../state/units.js';

/** @import { Drawing, State } from '../../state/types.js' */

const HALVINGS = 8; // of an interval from 0
const WIDEST = 16; // of a bias
const RUNS_EVERY = 3000; // ms: how often it is looked whether a training has come to its end
const DENSE = new RegExp(String.raw`^${PIXELS}((?:-\d+)*)-10$`);

/** How many hidden neurons a run's network of dense layers has; null for any other network.
 * @param {string} architecture */
export function hiddenOf(architecture) {
  const found = DENSE.exec(architecture);
  return found && found[1].split('-').reduce((all, units) => all + Number(units), 0);
}

/** The best test accuracy among runs of at most so many hidden neurons; 0 while there is none.
 * @param {{id: string, mine: boolean, architecture: string, tested: number | null}[]} runs
 * @param {number} most @param {string | null} only a run that someone sent */
export function bestRun(runs, most, only = null) {
  let best = { id: '', accuracy: 0 };
  for (const { id, mine, architecture, tested } of runs) {
    const hidden = hiddenOf(architecture);
    if ((only ? id !== only : !mine) || hidden === null || hidden > most || tested === null)
      continue;
    if (tested > best.accuracy) best = { id, accuracy: tested };
  }
  return best;
}

/**
 * @param {Pick<ReturnType<typeof import('../course.js').createCourse>, 'measure' | 'answers' | 'runs'>} course
 * @param {() => State} get
 * @param {() => void} onChange a number has come
 */
export function createAsked(course, get, onChange) {
  /** @type {Map<string, number | null>} */
  const told = new Map();
  /** @type {WeakMap<Drawing, Map<string, number | null>>} */
  const ofDrawings = new WeakMap();
  /** @type {Awaited<ReturnType<typeof course.runs>> | null} */
  let runs = null;
  let lookedAt = -Infinity;
  /** @type {string | null} */
  let only = null;
  let isOver = false;

  /** @template K @param {Map<K, number | null>} known @param {K} key @param {() => Promise<number | null>} work */
  function once(known, key, work) {
    if (!known.has(key)) {
      known.set(key, null);
      work().then(
        (value) => {
          if (value === null)
            known.delete(key); // asked for again with the next look
          else known.set(key, value);
          if (!isOver) onChange();
        },
        () => known.delete(key),
      );
    }
    return known.get(key) ?? null;
  }

  /** The least shift of a bias with which the network reads half as many test digits, to a sixteenth.
   * @param {string} model @param {string} layer @param {number} unit */
  async function halving(model, layer, unit) {
    const before = await course.measure(model, []);
    let [low, high] = [0, WIDEST];
    for (let i = 0; i < HALVINGS && before !== null; i += 1) {
      const shift = (low + high) / 2;
      const after = await course.measure(model, [{ kind: 'bias', layer, unit, shift }]);
      if (after === null) return null;
      if (after <= before / 2) high = shift;
      else low = shift;
    }
    return before === null ? null : high;
  }

  /** @param {string[]} models */
  function different(models) {
    const { drawing, center, readOf } = get();
    if (readOf !== drawing) return null; // blank, or not read yet
    const known = ofDrawings.get(drawing) ?? new Map();
    ofDrawings.set(drawing, known);
    return once(known, `${models} ${center}`, async () => {
      const answers = await course.answers(models, drawing, center);
      return answers.includes(null) ? null : new Set(answers).size;
    });
  }

  function look() {
    if (isOver || performance.now() - lookedAt < RUNS_EVERY) return;
    lookedAt = performance.now();
    course.runs().then((found) => {
      runs = found;
      if (isOver) return;
      onChange();
      setTimeout(look, RUNS_EVERY + 1);
    });
  }

  return {
    /** @param {string} which @param {...(string | number)} about @returns {number | null} */
    ask(which, ...about) {
      const model = get().model?.id;
      if (which === 'best_run') {
        look();
        return runs && bestRun(runs, Number(about[0]), only).accuracy;
      }
      if (!model) return null;
      if (which === 'different') return different(String(about[0]).split(' '));
      const [layer, unit] = about;
      return once(told, `${model} ${about}`, () => halving(model, String(layer), Number(unit)));
    },
    /** Look at one run only, that of a link. @param {string | null} run */
    onlyRun(run) {
      only = run;
    },
    /** The run that is best. @param {number} most */
    run: (most) => (runs ? bestRun(runs, most, only).id : ''),
    destroy() {
      isOver = true;
    },
  };
}
