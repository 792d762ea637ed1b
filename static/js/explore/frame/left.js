// What is kept of a visit as it is left, and that a page which the browser brings back begins anew where
// something was changed meanwhile.

/**
 * @param {() => void} remember
 * @param {ReturnType<typeof import('../../sessions/work.js')['createWork']>} work
 */
export function rememberWhenLeft(remember, work) {
  const changesKept = () => JSON.stringify(work.load().edits);
  let left = ''; // the changes that were kept as one left this page
  let isOld = false; // what is kept is newer than what is here
  window.addEventListener('pagehide', () => {
    if (isOld) return;
    remember();
    left = changesKept();
  });
  window.addEventListener('pageshow', ({ persisted }) => {
    // brought back by the browser as it was left, after changes on Draw: it begins anew with them
    isOld = persisted && changesKept() !== left;
    if (isOld) location.reload();
  });
}
