/** What is wrong with the light on a projector's screen: `points`, the parts in frames, have to lie in the
 * window with something in them and nothing over them; `used`, by selectors, must not be in the shadow. */
({ points, used }) => {
  const faults = [];
  const isOver = (element) => {
    for (let at = element; at; at = at.parentElement)
      if (getComputedStyle(at).position === 'fixed') return true;
    return false;
  };
  const isInked = (element) =>
    element.matches('canvas, img, svg, svg *, input, button, select') ||
    [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  const pieces = [];
  const spotlight = document.querySelector('.spotlight');
  if (spotlight && !spotlight.hidden) {
    for (const [, ...piece] of spotlight.style.clipPath.matchAll(
      /M\s*(\S+)\s+(\S+?)\s*H\s*(\S+?)\s*V\s*(\S+?)\s*H/g,
    ))
      pieces.push(piece.map(Number));
    if (!pieces.length) faults.push(`a shadow without a shape: ${spotlight.style.clipPath.slice(0, 80)}`);
  }
  const isDark = (x, y) =>
    pieces.some(([left, top, right, bottom]) => x > left && x < right && y > top && y < bottom);

  for (const name of points) {
    const light = document.querySelector(`.light[data-part="${name}"]:not([hidden])`);
    if (!light) {
      faults.push(`${name} has no light`);
      continue;
    }
    const { left, top, right, bottom } = light.getBoundingClientRect();
    const isTooHigh = bottom - top > innerHeight && top > -1 && bottom - innerHeight < (bottom - top) / 5; // its head
    if (!isTooHigh && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1))
      faults.push(`${name} leaves the window: ${[left, top, right, bottom].map(Math.round)} of ${innerWidth} ${innerHeight}`);
    let inked = 0;
    for (let i = 1; i < 12; i += 1) {
      for (let j = 1; j < 12; j += 1) {
        const [x, y] = [left + ((right - left) * i) / 12, top + ((bottom - top) * j) / 12];
        const hit = document.elementFromPoint(x, y);
        if (!hit) continue;
        if (isOver(hit)) faults.push(`something lies over ${name}: ${hit.id || hit.className}`);
        if (isInked(hit)) inked += 1;
        if (isDark(x, y)) faults.push(`${name} is in the shadow`);
      }
    }
    if (!inked) faults.push(`${name} is empty`);
  }
  for (const selector of used) {
    const element = [...document.querySelectorAll(selector)].find((each) => each.checkVisibility());
    if (!element) continue; // comes with the task
    const { left, top, right, bottom } = element.getBoundingClientRect();
    if (isDark((left + right) / 2, (top + Math.min(bottom, innerHeight)) / 2))
      faults.push(`${selector} is in the shadow`);
  }
  return [...new Set(faults)];
}
