// A line as large as its room allows, never broken: an address on the wall.

const LARGEST = 8; // rem

/** @param {HTMLElement} line whose text stays */
export function fitLine(line) {
  function fit() {
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    line.style.fontSize = '1rem';
    const range = document.createRange();
    range.selectNodeContents(line);
    const room = line.clientWidth / range.getBoundingClientRect().width;
    line.style.fontSize = `${Math.min(LARGEST * rem, Math.floor(room * rem * 10) / 10 - 0.1)}px`;
  }
  new ResizeObserver(fit).observe(/** @type {Element} */ (line.parentElement));
  document.fonts.ready.then(fit);
  fit();
}
