import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createLayers } from '../../static/js/page/layers.js';

/** A browser's history as far as a page sees it; `settle` lets a step that was asked for come. */
function createBrowser(href = 'http://nnviz/') {
  let entries = [{ state: null, href }];
  let at = 0;
  let asked = 0;
  const listeners = { popstate: [], hashchange: [] };
  const tell = (type) => listeners[type].forEach((listener) => listener());
  const there = (url) =>
    url === undefined ? entries[at].href : new URL(url, entries[at].href).href;
  const browser = {
    location: {
      get href() {
        return entries[at].href;
      },
    },
    addEventListener: (type, listener) => listeners[type].push(listener),
    history: {
      get state() {
        return entries[at].state;
      },
      pushState(state, _, url) {
        entries = [
          ...entries.slice(0, at + 1),
          { state: structuredClone(state), href: there(url) },
        ];
        at += 1;
      },
      replaceState(state, _, url) {
        entries[at] = { state: structuredClone(state), href: there(url) };
      },
      go(by) {
        asked += by;
      },
    },
  };
  async function walk(by) {
    const before = entries[at].href;
    at += by;
    const after = entries[at].href;
    tell('popstate');
    if (after !== before) tell('hashchange');
    await settle();
  }
  async function settle() {
    for (let i = 0; i < 9; i++) await null;
    if (!asked) return;
    const by = asked;
    asked = 0;
    await walk(by);
  }
  return {
    browser,
    settle,
    back: () => walk(-1),
    forward: () => walk(1),
    depth: () => at,
    length: () => entries.length,
    async type(hash) {
      entries = [...entries.slice(0, at + 1), { state: null, href: there(hash) }];
      at += 1;
      tell('popstate');
      tell('hashchange');
      await settle();
    },
  };
}

function createPage(names = ['inspector', 'lab', 'compare'], href = undefined) {
  const world = createBrowser(href);
  const open = new Set();
  const opened = [];
  const visited = [];
  const layer = (name) => ({
    name,
    isOpen: () => open.has(name),
    close: () => void open.delete(name),
    open: async () => {
      opened.push(name);
      open.add(name);
    },
  });
  const kept = {
    name: 'kept',
    isOpen: () => open.has('kept'),
    close: () => void open.delete('kept'),
  };
  const layers = createLayers(
    [kept, ...names.map(layer)],
    () => visited.push(world.browser.location.href),
    world.browser,
  );
  const put = async (...wanted) => {
    open.clear();
    wanted.forEach((name) => open.add(name));
    layers.sync();
    await world.settle();
  };
  return { ...world, open, opened, visited, layers, put, now: () => [...open] };
}

test('what somebody opens before all is there stays open, and Back closes it', async () => {
  const page = createPage();
  await page.put('compare');
  await page.layers.start();
  assert.deepEqual(page.now(), ['compare']);
  await page.back();
  assert.deepEqual([page.now(), page.depth()], [[], 0]);
});

test('what is added later is closed as the others are', async () => {
  const page = createPage();
  page.layers.add({
    name: 'term',
    isOpen: () => page.open.has('term'),
    close: () => void page.open.delete('term'),
    open: () => {},
  });
  await page.layers.start();
  await page.put('inspector', 'term');
  await page.back();
  assert.deepEqual(page.now(), ['inspector']);
});

test('a page that walks by itself, as Learn does, takes what opens along to where it is', async () => {
  const page = createPage([], 'http://nnviz/learn/a');
  page.layers.add({
    name: 'term',
    isOpen: () => page.open.has('term'),
    close: () => void page.open.delete('term'),
    open: () => {},
  });
  page.browser.history.pushState(null, '', 'http://nnviz/learn/b');
  page.layers.follow();
  await page.put('term');
  assert.equal(page.browser.location.href, 'http://nnviz/learn/b');
  await page.back();
  assert.deepEqual([page.now(), page.browser.location.href], [[], 'http://nnviz/learn/b']);
});

test('Back closes the innermost layer, Forward opens it again, and the page is never left', async () => {
  const page = createPage();
  await page.layers.start();
  await page.put('inspector');
  await page.put('inspector', 'lab');
  assert.equal(page.depth(), 2);
  await page.back();
  assert.deepEqual(page.now(), ['inspector']);
  await page.back();
  assert.deepEqual(page.now(), []);
  assert.equal(page.depth(), 0);
  await page.forward();
  await page.forward();
  assert.deepEqual(page.now(), ['inspector', 'lab']);
});

test('what is closed on the page is an entry less, so that one Back still closes one thing', async () => {
  const page = createPage();
  await page.layers.start();
  await page.put('inspector', 'lab');
  await page.put('inspector');
  assert.equal(page.depth(), 1);
  await page.put();
  assert.equal(page.depth(), 0);
  await page.put('inspector', 'lab');
  await page.put();
  assert.equal(page.depth(), 0);
});

test('one view takes the place of another, whatever lay over it', async () => {
  const page = createPage();
  await page.layers.start();
  await page.put('inspector', 'lab');
  await page.put('compare');
  assert.equal(page.depth(), 1);
  assert.deepEqual(page.browser.history.state.layers, ['compare']);
  await page.back();
  assert.deepEqual(page.now(), []);
});

test('Escape closes what opened last and then does nothing', async () => {
  const page = createPage();
  await page.layers.start();
  await page.put('kept');
  await page.put('kept', 'inspector');
  assert.ok(page.layers.escape());
  assert.deepEqual(page.now(), ['kept']);
  assert.ok(page.layers.escape());
  assert.ok(!page.layers.escape());
});

test('what has no way back is no entry of the history', async () => {
  const page = createPage();
  await page.layers.start();
  await page.put('kept');
  assert.equal(page.depth(), 0);
});

test('the address that is shown stays when a layer is left', async () => {
  const page = createPage();
  await page.layers.start();
  await page.put('inspector');
  page.layers.replace('#model=cnn');
  await page.back();
  assert.equal(page.browser.location.href, 'http://nnviz/#model=cnn');
  assert.deepEqual(page.visited, []); // it is no address that was gone to
});

test('an address that is gone to is told, and so is the one before when one goes back to it', async () => {
  const page = createPage();
  await page.layers.start();
  page.layers.replace('#model=cnn');
  await page.put('inspector');
  await page.type('#model=lstm');
  assert.deepEqual(page.visited, ['http://nnviz/#model=lstm']);
  assert.equal(page.depth(), 3); // the inspector is still open, above the new address
  await page.back();
  assert.deepEqual(page.now(), []);
  await page.back();
  assert.deepEqual(page.visited, ['http://nnviz/#model=lstm', 'http://nnviz/#model=cnn']);
  assert.deepEqual(page.now(), ['inspector']);
});

test('a page that is loaded again opens what was open', async () => {
  const page = createPage();
  page.browser.history.replaceState({ visit: 0, layers: ['inspector'] }, '');
  const open = new Set();
  const layer = {
    name: 'inspector',
    isOpen: () => open.has('inspector'),
    close: () => open.clear(),
    open: () => open.add('inspector'),
  };
  const layers = createLayers([layer], () => {}, page.browser);
  layers.sync(); // before its start it must not think that all was closed
  await page.settle();
  await layers.start();
  assert.deepEqual([...open], ['inspector']);
  assert.equal(page.length(), 1);
});

test('a layer that cannot be opened again is left out', async () => {
  const world = createBrowser();
  world.browser.history.replaceState({ visit: 0, layers: ['share'] }, '');
  const share = {
    name: 'share',
    isOpen: () => false,
    close: () => {},
    open: () => Promise.reject(new Error('offline')),
  };
  const layers = createLayers([share], () => {}, world.browser);
  await layers.start();
  assert.deepEqual(world.browser.history.state.layers, []);
});

test('an address that is put right before the page has heard of it is an entry of its own', async () => {
  const page = createPage();
  const { layers, browser } = page;
  await page.type('#a');
  // on the way to the next one its words are put right, as a page does that hears of it first
  browser.addEventListener('popstate', () => {
    if (browser.history.state === null) layers.replace('#b=1');
  });
  await page.type('#b');
  assert.equal(browser.location.href, 'http://nnviz/#b=1');
  await page.back();
  assert.equal(browser.location.href, 'http://nnviz/#a', 'Back leads to the one before');
});
