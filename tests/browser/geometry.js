// What is wrong with how the page lies, in words: run within the page.
async ({ fold }) => {
  // What may lie over other things, because it is opaque and goes away again.
  const OVER = 'dialog, .models, .values-sheet, .neuron-chip, .shared, .status, [popover], .over';
  // What may hold more than it shows: it has a bar, or it is cut in the middle of a row.
  const SCROLLS = '.terms-list, .models, dialog, pre, .grid-scroll, .teach .step, .compare, .showing .inspector';
  // What says less where there is no room for more.
  const GIVES_WAY = '.picked-about';
  const CONTROL = 'button:not(.bar-digit), input:not([type=file]), select, summary, a[href]';
  const LEAST = 64; // px that a slider is long
  const faults = [];
  for (let frames = 0; frames < 3; frames++) await new Promise((done) => requestAnimationFrame(done));

  const round = (box) => `${Math.round(box.left)},${Math.round(box.top)} ${Math.round(box.right - box.left)}x${Math.round(box.bottom - box.top)}`;
  const nameOf = (element) => element.dataset?.testid ?? element.id ?? '';
  const place = (element) => {
    const named = element.closest('[data-testid], [id]');
    return `${element.tagName.toLowerCase()}.${element.getAttribute('class') ?? ''} in ${named ? nameOf(named) || named.id : '?'}`;
  };
  const meet = (a, b, slack = 0) =>
    Math.min(a.right, b.right) - Math.max(a.left, b.left) > slack && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > slack;
  const cutTo = (box, other) => ({
    left: Math.max(box.left, other.left),
    top: Math.max(box.top, other.top),
    right: Math.min(box.right, other.right),
    bottom: Math.min(box.bottom, other.bottom),
  });
  const isEmpty = ({ left, right, top, bottom }) => right - left < 1 || bottom - top < 1;

  const styles = new Map();
  const styleOf = (element) => {
    if (!styles.has(element)) styles.set(element, getComputedStyle(element));
    return styles.get(element);
  };
  /** What opaque thing an element belongs to that lies over the page. */
  const overOf = (element) => {
    for (let at = element; at; at = at.parentElement) {
      if (at.matches(OVER) || styleOf(at).position === 'fixed') return at;
    }
    return null;
  };
  const hiddenBy = new Map();
  const isSeen = (element) => {
    if (!hiddenBy.has(element)) {
      const { clipPath } = styleOf(element);
      const own = element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && clipPath !== 'inset(50%)';
      hiddenBy.set(element, own && (!element.parentElement || isSeen(element.parentElement)));
    }
    return hiddenBy.get(element);
  };

  /** What is seen of a box within its ancestors; null with a word when one cuts it. */
  function within(box, element, what) {
    let seen = box;
    for (let at = element; at && at !== document.body; at = at.parentElement) {
      const { overflowX, overflowY, position } = styleOf(at);
      if (overflowX !== 'visible' || overflowY !== 'visible') {
        const edge = at.getBoundingClientRect();
        const clipped = cutTo(seen, edge);
        const isOut = box.right > edge.right + 1 || box.left < edge.left - 1 || box.bottom > edge.bottom + 2 || box.top < edge.top - 2;
        const isHidden = overflowX === 'hidden' || overflowX === 'clip';
        if (isOut && isHidden && !(at.matches(GIVES_WAY) && isEmpty(clipped))) faults.push(`${what} is cut by ${place(at)}`);
        seen = clipped;
      }
      if (position === 'fixed') break;
    }
    return seen;
  }

  const root = document.documentElement;
  if (root.scrollWidth > innerWidth) faults.push(`the page scrolls sideways: ${root.scrollWidth} > ${innerWidth}`);
  if (fold && root.scrollHeight > innerHeight + 1) faults.push(`the page is higher than the window: ${root.scrollHeight} > ${innerHeight}`);

  const texts = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent || parent.closest('script, style, noscript, option, .skip') || !isSeen(parent)) continue;
    const scroller = parent.closest('.terms-list');
    if (scroller && parent.closest('tr')?.getBoundingClientRect().top > scroller.getBoundingClientRect().bottom) continue;
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      if (rect.width < 1 || rect.height < 1) continue;
      const ink = (rect.bottom - rect.top) * 0.2; // letters do not fill their line
      const drawn = { left: rect.left, right: rect.right, top: rect.top + ink, bottom: rect.bottom - ink };
      const seen = within(drawn, parent, `"${node.data.trim()}"`);
      if (isEmpty(seen)) continue;
      texts.push({
        node,
        parent,
        over: overOf(parent),
        box: { left: seen.left + 0.5, right: seen.right - 0.5, top: seen.top, bottom: seen.bottom },
      });
    }
  }
  texts.forEach((one, i) => {
    const { box } = one;
    if (box.left < -1 || box.right > innerWidth + 1) faults.push(`"${one.node.data.trim()}" leaves the window: ${round(box)}`);
    for (const other of texts.slice(i + 1)) {
      if (other.node !== one.node && other.over === one.over && meet(box, other.box, 1)) {
        faults.push(`"${one.node.data.trim()}" lies on "${other.node.data.trim()}": ${round(box)} and ${round(other.box)}`);
      }
    }
  });

  const pen = document.createElement('canvas').getContext('2d');
  const controls = [...document.querySelectorAll(CONTROL)].filter((each) => isSeen(each) && !each.closest('.skip'));
  const boxes = controls.map((control) => {
    const rect = control.getBoundingClientRect();
    return { control, over: overOf(control), rect, box: within(rect, control, place(control)) };
  });
  const modal = document.querySelector('dialog[open]');
  boxes.forEach(({ control, over, rect, box }, i) => {
    if (isEmpty(box)) return;
    const name = `${place(control)} "${(control.textContent ?? '').trim().slice(0, 30)}"`;
    if (rect.left < -1 || rect.right > innerWidth + 1) faults.push(`${name} leaves the window: ${round(rect)}`);
    const columns = '.lab-own, .lab-whole, .under-pad, .guide, section, header, dialog, .models';
    let column = control.parentElement?.closest(columns);
    while (column && styleOf(column).display === 'contents') column = column.parentElement?.closest(columns); // it has no edge
    const edge = column?.getBoundingClientRect();
    if (edge && overOf(column) === overOf(control) && (rect.left < edge.left - 1.5 || rect.right > edge.right + 1.5)) faults.push(`${name} leaves its column ${place(column)}: ${round(rect)} of ${round(edge)}`);
    if (control.matches('input[type=range]') && Math.max(rect.width, rect.height) < LEAST) faults.push(`${name} is only ${Math.round(rect.width)} px long`);
    if (control.matches('input[type=text]:not([readonly])') && control.scrollWidth > control.clientWidth + 1) faults.push(`${name} cuts its text "${control.value}"`);
    if (control.matches('select')) {
      const style = styleOf(control);
      pen.font = style.font;
      const text = control.selectedOptions[0]?.textContent ?? '';
      const room = control.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - 16;
      if (pen.measureText(text).width > room + 1) faults.push(`${name} cuts its text "${text}"`);
    }
    for (const other of boxes.slice(i + 1)) {
      const isNested = control.contains(other.control) || other.control.contains(control);
      if (!isNested && other.over === over && !isEmpty(other.box) && meet(box, other.box, 1)) {
        faults.push(`${name} lies on ${place(other.control)} "${(other.control.textContent ?? '').trim().slice(0, 30)}"`);
      }
    }
    const label = control.closest('label');
    for (const text of texts) {
      if (text.over !== over || control.contains(text.parent) || label?.contains(text.parent)) continue;
      if (meet(box, text.box, 1)) faults.push(`"${text.node.data.trim()}" lies on ${name}`);
    }
    const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    if ((modal && !modal.contains(control)) || control.matches(':disabled') || x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) return;
    const hit = document.elementFromPoint(x, y);
    if (!hit || overOf(hit) !== over) return; // something opaque lies over it for a moment
    if (hit && !control.contains(hit) && !hit.contains(control) && !(label && label.contains(hit))) faults.push(`${name} is under ${place(hit)}`);
  });

  for (const element of document.querySelectorAll('main *, dialog *, header *')) {
    if (!isSeen(element) || element.matches('input, textarea, canvas')) continue;
    const { overflowX, overflowY, textOverflow } = styleOf(element);
    if (textOverflow === 'ellipsis' && element.scrollWidth > element.clientWidth + 1) faults.push(`"${element.textContent}" ends in dots`);
    if (/auto|scroll/.test(overflowX) && element.scrollWidth > element.clientWidth + 1 && !element.matches('pre')) faults.push(`${place(element)} scrolls sideways`);
    if (/auto|scroll/.test(overflowY) && element.scrollHeight > element.clientHeight + 1 && !element.matches(SCROLLS) && styleOf(element).position !== 'fixed') {
      faults.push(`${place(element)} holds ${element.scrollHeight} px and shows ${element.clientHeight}`);
    }
  }
  return [...new Set(faults)];
}
