// Where the dot lay while the pen moved: its last places, forgotten with the next map, and with another drawing:
// what is put on the pad did not come there by a way.

const MOST = 40;
const NEAR = 1e-6;

export function createTrail() {
  /** @type {[number, number][]} */
  let points = [];
  let of = '';
  let wasDown = false;
  let isSettled = true; // the last stroke is placed

  return {
    /** @param {[number, number] | null} own @param {boolean} penDown @param {string} map
     * @param {boolean} isNow it is the place of what is on the pad just now */
    follow(own, penDown, map, isNow) {
      if (map !== of || !own || (penDown && !wasDown)) points = [];
      if (penDown) isSettled = false;
      of = map;
      wasDown = penDown;
      const last = points.at(-1);
      if (own && (!last || Math.hypot(own[0] - last[0], own[1] - last[1]) > NEAR))
        points = isSettled ? [own] : [...points, own].slice(-MOST);
      isSettled ||= !penDown && isNow;
    },
    points: () => points,
  };
}
