// As much of a page's tree as the marker of terms needs: elements, texts that are split and joined, and
// who hears of changes. Every element is shown, and none is of those in which nothing is marked.

class Node {
  static DOCUMENT_POSITION_PRECEDING = 2;
  parentElement = null;
  get isConnected() {
    return this.parentElement ? this.parentElement.isConnected : this.isRoot === true;
  }
  /** The places of its ancestors among their siblings, from the root. */
  get path() {
    const { parentElement: parent } = this;
    return parent ? [...parent.path, parent.childNodes.indexOf(this)] : [];
  }
  compareDocumentPosition(node) {
    const [mine, other] = [this.path, node.path];
    const at = other.findIndex((place, i) => place !== mine[i]);
    return at >= 0 && other[at] < (mine[at] ?? 0) ? Node.DOCUMENT_POSITION_PRECEDING : 4;
  }
  replaceWith(...nodes) {
    const { parentElement: parent } = this;
    if (!parent) return;
    parent.put(parent.childNodes.indexOf(this), 1, nodes);
    this.parentElement = null;
  }
}

class Text extends Node {
  constructor(data) {
    super();
    this.data = data;
  }
  get textContent() {
    return this.data;
  }
  splitText(at) {
    const rest = new Text(this.data.slice(at));
    this.data = this.data.slice(0, at);
    const { parentElement: parent } = this;
    parent.put(parent.childNodes.indexOf(this) + 1, 0, [rest]);
    return rest;
  }
}

export class Element extends Node {
  childNodes = [];
  attributes = {};
  dataset = {};
  classList = { add: () => {}, remove: () => {} };
  constructor(tag, ...nodes) {
    super();
    this.tag = tag;
    this.append(...nodes);
  }
  put(at, instead, nodes) {
    const made = nodes.map((node) => (typeof node === 'string' ? new Text(node) : node));
    for (const node of made) node.parentElement = this;
    this.childNodes.splice(at, instead, ...made);
  }
  append(...nodes) {
    this.put(this.childNodes.length, 0, nodes);
  }
  replaceChildren(...nodes) {
    for (const node of this.childNodes) node.parentElement = null;
    this.put(0, this.childNodes.length, nodes);
  }
  get textContent() {
    return this.childNodes.map(({ textContent }) => textContent).join('');
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
    if (name.startsWith('data-')) this.dataset[name.slice(5)] = value;
  }
  removeAttribute(name) {
    delete this.attributes[name];
  }
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }
  /** All within, in the order of the page. */
  get all() {
    return this.childNodes.flatMap((node) =>
      node instanceof Text ? [node] : [node, ...(node.all ?? [])],
    );
  }
  querySelectorAll(selector) {
    const is = {
      '[data-term]': (element) => 'term' in element.dataset,
      main: ({ tag }) => tag === 'main',
    }[selector];
    return this.all.filter((node) => node instanceof Element && is?.(node));
  }
  closest(selector) {
    if (selector === '[data-term]' && 'term' in this.dataset) return this;
    return this.parentElement?.closest(selector) ?? null;
  }
  /** Texts that stand side by side become the first of them, and empty ones go. */
  normalize() {
    for (let i = this.childNodes.length - 1; i >= 0; i--) {
      const [before, text] = [this.childNodes[i - 1], this.childNodes[i]];
      if (!(text instanceof Text) || (text.data && !(before instanceof Text))) continue;
      if (text.data) before.data += text.data;
      text.parentElement = null;
      this.childNodes.splice(i, 1);
    }
  }
  checkVisibility = () => true;
  getClientRects = () => [{}];
  contains = (node) => node === this || this.all.includes(node);
}

/**
 * Puts a page in the place of the browser's while a test runs.
 * @param {import('node:test').TestContext} context
 * @param {...(Element | string)} content of its main part
 */
export function createPage(context, ...content) {
  const main = new Element('main', ...content);
  const body = new Element('body', main);
  body.isRoot = true;
  let hear = () => {};
  const given = {
    Text,
    Node,
    HTMLLabelElement: class {},
    NodeFilter: { SHOW_TEXT: 4 },
    MutationObserver: class {
      constructor(onChange) {
        hear = onChange;
      }
      observe() {}
      takeRecords() {}
    },
    matchMedia: () => ({ matches: false }),
    getComputedStyle: () => ({ display: 'block' }),
    window: { addEventListener() {} },
    document: {
      body,
      activeElement: body,
      addEventListener() {},
      createElement: (tag) => new Element(tag),
      createTreeWalker(root) {
        const left = root instanceof Text ? [] : root.all.filter((node) => node instanceof Text);
        return { nextNode: () => left.shift() ?? null };
      },
      getElementById: (id) => body.all.find((node) => node.attributes?.id === id) ?? null,
      querySelectorAll: (selector) => body.querySelectorAll(selector),
    },
  };
  Object.assign(globalThis, given);
  context.after(() => {
    for (const name of Object.keys(given)) delete globalThis[name];
  });
  return { tell: (...records) => hear(records) };
}
