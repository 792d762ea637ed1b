// Which controls in sight take less of a finger than it needs, by the room that they have for it.
() => {
  const CONTROLS = 'button, a[href], summary, input, select, textarea, label, [role=button], [role=option]';
  const LEAST = 39.5;
  // Words within a line of text are as high as the line; ten digits or a chapter's steps share a row; a bar
  // stands for a circle of the network, which takes a finger, too.
  const WORDS = '.explained, .unit, p a:not([class]), li a:not([class]), td a:not([class])';
  const ROW = '#test-digits button, .step-digit, .guess-digits label, .dot';
  const BARS = '.bar-digit, .part-name';
  const leastOf = (element) => {
    if (element.matches(BARS)) return [0, 0];
    if (element.matches(WORDS)) return [0, 23.5];
    return element.matches(ROW) ? [23.5, LEAST] : [LEAST, LEAST];
  };
  const isChoice = 'input[type=radio], input[type=checkbox]';
  const faults = new Set();
  for (const element of document.querySelectorAll(CONTROLS)) {
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (element.disabled || element.closest('.unseen, .skip')) continue;
    if (element.matches(isChoice) && element.closest('label')) continue; // the label takes it
    if (element.matches('label') && !element.querySelector(isChoice)) continue;
    let { left, right, top, bottom } = element.getBoundingClientRect();
    if (right === left) continue;
    const { borderLeftWidth, borderTopWidth } = getComputedStyle(element);
    const [x, y] = [left + parseFloat(borderLeftWidth), top + parseFloat(borderTopWidth)];
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(element, part);
      if (style.content === 'none' || style.position !== 'absolute') continue;
      const [l, t, w, h] = ['left', 'top', 'width', 'height'].map((each) => parseFloat(style[each]));
      [left, right] = [Math.min(left, x + l), Math.max(right, x + l + w)];
      [top, bottom] = [Math.min(top, y + t), Math.max(bottom, y + t + h)];
    }
    const [width, height] = leastOf(element);
    if (right - left >= width && bottom - top >= height) continue;
    const name = element.dataset.testid || element.id || element.className || element.tagName;
    faults.add(`${name}: ${Math.round(right - left)}x${Math.round(bottom - top)}`);
  }
  return [...faults];
}
