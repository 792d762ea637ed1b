// When which part of the pass is shown: a pure function of time. Every layer moves for a moment,
// then rests long enough for its sentence to be read; an LSTM moves row by row.

/**
 * @typedef {{name: string, rows: number}} Stage a layer, and how many rows it reads one by one
 * @typedef {'slow' | 'normal' | 'fast'} Speed
 *
 * @typedef {object} Moment
 * @property {number} stage how many layers have been passed
 * @property {number} share of the stage's motion that is done, 0..1
 * @property {number | null} row the last row read, null for all
 * @property {boolean} moves the stage is not at rest yet
 */

/** In ms: a layer's motion, one row's, and the rest after it. */
const PACE = {
  slow: { motion: 600, row: 300, rest: 6000 },
  normal: { motion: 500, row: 120, rest: 3000 },
  fast: { motion: 250, row: 40, rest: 1000 },
};

/**
 * @param {{name: string, shape: number[]}[]} layers the input first
 * @param {number | null} row where reading ends, null for the last one
 * @returns {Stage[]}
 */
export function stagesOf(layers, row) {
  return layers.map(({ name, shape }, at) => {
    const isRead = at > 0 && shape.length === 2;
    return { name, rows: isRead ? Math.min(row ?? shape[0], shape[0]) : 0 };
  });
}

/**
 * How long a stage moves.
 * @param {Stage} stage @param {number} at its place @param {Speed} speed
 * @param {boolean} still nothing moves
 */
function motionOf({ rows }, at, speed, still) {
  const { motion, row } = PACE[speed];
  if (still || at === 0) return 0; // the pixels are there already
  return rows ? rows * row : motion;
}

/**
 * A stage's time: from when to when, and when it comes to rest.
 * @param {Stage[]} stages @param {number} at @param {Speed} speed @param {boolean} still
 */
export function timesOf(stages, at, speed, still) {
  let start = 0;
  for (let i = 0; i < at; i++) start += motionOf(stages[i], i, speed, still) + PACE[speed].rest;
  const rest = start + motionOf(stages[at], at, speed, still);
  return { start, rest, end: rest + PACE[speed].rest };
}

/**
 * What is shown at a time since the start, or null once all has been.
 * @param {Stage[]} stages @param {number} time ms @param {Speed} speed @param {boolean} still
 * @returns {Moment | null}
 */
export function momentAt(stages, time, speed, still) {
  for (let stage = 0; stage < stages.length; stage++) {
    const { start, rest, end } = timesOf(stages, stage, speed, still);
    if (time >= end) continue;
    const { rows } = stages[stage];
    const moves = time < rest;
    const share = moves ? Math.max(0, (time - start) / (rest - start)) : 1;
    const row = rows ? Math.max(1, Math.ceil(share * rows)) : null;
    return { stage, share: rows ? 1 : share, row, moves };
  }
  return null;
}
