// A text that is said anew, around the terms that are marked in it.

/**
 * Whether it was enough to change one text of an element's, and none that is marked.
 * @type {import('../dom.js').Change}
 */
export function changeAround(element, said, text) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let start = 0, node = walker.nextNode(); node; node = walker.nextNode()) {
    const part = /** @type {Text} */ (node);
    const after = said.slice(start + part.length);
    const end = text.length - after.length;
    const isAround = text.startsWith(said.slice(0, start)) && text.endsWith(after) && end >= start;
    if (isAround && part.parentNode?.nodeName !== 'DFN') {
      part.data = text.slice(start, end);
      return true;
    }
    start += part.length;
  }
  return false;
}
