// Where the dot lay while the pen moved: its last places, forgotten with the next map.

const MOST = 40;
const NEAR = 1e-6;

export function createTrail() {
  /** @type {[number, number][]} */
  let points = [];
  let of = '';
  let wasDown = false;

  return {
    /** @param {[number, number] | null} own @param {boolean} penDown @param {string} map */
    follow(own, penDown, map) {
      if (map !== of || !own || (penDown && !wasDown)) points = [];
      of = map;
      wasDown = penDown;
      const last = points.at(-1);
      if (own && (!last || Math.hypot(own[0] - last[0], own[1] - last[1]) > NEAR))
        points = [...points, own].slice(-MOST);
    },
    points: () => points,
  };
}
