// A row of buttons that is one stop of the Tab key: arrows walk within it.

/**
 * @param {HTMLElement} row
 * @returns {HTMLButtonElement[]} its buttons
 */
export function rove(row) {
  const buttons = [...row.querySelectorAll('button')];

  /** @param {number} to */
  function stopAt(to) {
    buttons.forEach((button, i) => {
      button.tabIndex = i === to ? 0 : -1;
    });
  }

  row.addEventListener('keydown', (event) => {
    const from = buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (from < 0 || step === undefined) return;
    event.preventDefault();
    buttons[(from + step + buttons.length) % buttons.length].focus();
  });
  row.addEventListener('focusin', (event) => {
    const at = buttons.indexOf(/** @type {HTMLButtonElement} */ (event.target));
    if (at >= 0) stopAt(at);
  });
  stopAt(0);
  return buttons;
}
