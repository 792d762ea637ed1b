// Where the curves stand: below the network that learns, or, where the window has the width, beside it,
// so that both are seen while it learns.

const WIDE = matchMedia('(min-width: 1200px)');

/**
 * @param {HTMLElement} curves
 * @param {HTMLElement} beside what takes them where there is the width
 */
export function createPlace(curves, beside) {
  const below = document.createComment('curves');
  curves.before(below);
  let isWatching = false;

  function place() {
    const isBeside = isWatching && WIDE.matches;
    if (isBeside === beside.contains(curves)) return;
    if (isBeside) beside.append(curves);
    else below.after(curves);
  }
  WIDE.addEventListener('change', place);

  /** @param {boolean} isWatched whether there is a run on the screen */
  return (isWatched) => {
    isWatching = isWatched;
    place();
  };
}
