"""Every term that stands on a screen explains itself at its first place: by pointer, tap, keys."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Complaints
from tests.browser.geometry import settle
from tests.browser.test_accessibility import assert_accessible
from tests.browser.test_again import DONE, RECIPE, START
from tests.browser.test_draw import draw, wait_for_reading
from tests.browser.test_network import open_model
from tests.browser.train import unfold

# Found without the code under test: word by word in every visible text, longer words first.
UNMARKED = r"""
async () => {
  const address = document.documentElement.dataset.words.replace('NAME', 'terms');
  const words = Object.entries(await (await fetch(address)).json())
    .filter(([key]) => key.endsWith('.words'))
    .flatMap(([key, all]) => all.split(';').map(word => [key.slice(5, -6), word.toLowerCase()]))
    .sort((one, other) => other[1].length - one[1].length);
  const never = '.lesson-card, select, textarea, pre, code, svg, math, noscript, script, '
    + '.unseen, .skip, .tip, [aria-hidden=true], dialog:not([open])';
  const isLetter = sign => sign !== undefined && /[\p{L}\p{N}|]/u.test(sign);
  const isLatin = sign => sign !== undefined && /[a-z0-9]/.test(sign);
  const first = new Map();
  const all = selector => [...document.querySelectorAll(selector)];
  for (const root of [...all('main'), ...all('header.bar, dialog')]) {
    const texts = document.evaluate('.//text()', root, null, 7, null);
    for (let i = 0; i < texts.snapshotLength; i++) {
      const node = texts.snapshotItem(i), parent = node.parentElement;
      const range = document.createRange();
      range.selectNodeContents(node);
      if (parent.closest(never) || !range.getClientRects().length) continue;
      if (!parent.checkVisibility({visibilityProperty: true})) continue;
      const block = parent.closest('dfn') ? parent.closest('dfn') : null;
      let text = block ? block.textContent.toLowerCase() : node.data.toLowerCase();
      for (const [id, word] of words) {
        for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
          if (isLetter(text[at - 1]) || isLatin(text[at + word.length])) continue;
          text = text.slice(0, at) + '\ua66e'.repeat(word.length) + text.slice(at + word.length);
          if (!first.has(id)) first.set(id, [node, root]);
        }
      }
    }
  }
  const wrong = [];
  for (const [id, [node, root]] of first) {
    const marks = [...document.querySelectorAll(`.explained[data-term="${id}"]`)];
    if (marks.length !== 1) { wrong.push(`${id}: ${marks.length} marks`); continue; }
    const isFirst = marks[0].contains(node) || !root.contains(marks[0])
      || marks[0].compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    if (!isFirst) wrong.push(`${id}: stands before its mark in “${node.data}”`);
    const told = document.getElementById(`term-${id}`)?.textContent ?? '';
    const label = marks[0].closest('label:has([type=radio], [type=checkbox])');
    const host = label?.control ?? marks[0].closest('button, a, summary') ?? marks[0];
    const by = host.getAttribute('aria-describedby') ?? '';
    if (!told || !by.split(' ').includes(`term-${id}`)) wrong.push(`${id}: unheard`);
  }
  return [first.size, wrong];
}
"""


def assert_marked(page: Page, what: str, least: int) -> None:
    page.mouse.move(5, 5)
    page.wait_for_function("() => document.querySelector('.explained')")
    for _ in range(30):  # a panel that opens needs its moment
        found, wrong = page.evaluate(UNMARKED)
        if not wrong and found >= least:
            break
        page.wait_for_timeout(100)
    assert not wrong, f"{what}: {wrong}"
    assert found >= least, f"{what}: only {found} terms"


@pytest.mark.thorough  # Draw on its own is below, and how places are found in tests/js
@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_term_on_every_screen_is_marked_at_its_first_place(
    empty_page: Page, address: str, language: str
) -> None:
    page = empty_page
    page.goto(f"{address}/?lang={language}")
    wait_for_reading(page, 7)
    assert_marked(page, "Draw", 8)
    page.evaluate(DONE, [page.evaluate(START, RECIPE)])  # what was trained comes late in the list
    page.get_by_test_id("model-picker").click()
    expect(page.locator(".model", has_text=RECIPE["title"]).first).to_be_visible()
    assert_marked(page, "the picker", 10)
    dotted = page.locator(".model:not(:has(:checked)):not(:has([value^=run])) .explained").first
    model = dotted.locator("xpath=ancestor::label").locator("input").get_attribute("value")
    dotted.click()  # a word that is explained is a part of its row
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", model or "")
    expect(page.locator(".models")).to_be_hidden()
    open_model(page, address, "mlp-sigmoid")
    page.get_by_test_id("trace").click()
    assert_marked(page, "a trace", 8)
    page.get_by_test_id("change").click()
    expect(page.get_by_test_id("lab")).to_be_visible()
    assert_marked(page, "the lab", 12)
    page.get_by_test_id("share").click()
    expect(page.get_by_test_id("sharing")).to_be_visible()
    assert_marked(page, "sharing", 12)
    for model, least in (("cnn", 9), ("lstm", 9)):
        open_model(page, address, model)
        assert_marked(page, model, least)
        page.get_by_test_id("inspect").click()
        page.get_by_test_id("inspector-layer").select_option(index=1)
        assert_marked(page, f"{model}, one neuron", 4)
    page.goto(f"{address}/train")
    unfold(page)
    expect(page.get_by_test_id("start")).to_be_enabled()
    page.get_by_test_id("more").locator("summary").first.click()
    assert_marked(page, "Train", 18)
    page.goto(f"{address}/class")
    page.mouse.move(5, 5)
    assert not page.evaluate(UNMARKED)[1]


def test_a_term_is_told_by_pointer_and_by_keys_and_escape_closes_only_that(page: Page) -> None:
    wait_for_reading(page, 7)
    page.mouse.move(5, 5)
    sure = page.get_by_test_id("sure").locator(".explained")
    tip = page.get_by_test_id("tip")
    expect(tip).to_be_hidden()
    sure.hover()
    expect(tip).to_contain_text("The probability that softmax gives the answer")
    expect(page.get_by_test_id("tip-live")).to_have_text("output, digit 7: 99.7%")
    tip.hover()
    page.wait_for_timeout(400)  # longer than it takes to close
    expect(tip).to_be_visible()
    page.mouse.move(5, 5)
    expect(tip).to_be_hidden()
    page.locator(".layer-label .explained").first.click()  # a layer's name does nothing else
    expect(tip).to_contain_text("hidden layer")
    page.wait_for_timeout(400)  # longer than an opening by the pointer takes
    expect(tip).to_be_visible()
    page.get_by_test_id("model-picker").locator(".explained").first.click()  # this opens its list
    page.wait_for_timeout(400)
    expect(tip).to_be_hidden()
    page.keyboard.press("Escape")
    page.mouse.move(5, 5)

    page.get_by_test_id("network-canvas").focus()
    settle(page)  # the picture knows where one is
    page.keyboard.press("ArrowRight")
    settle(page)
    page.keyboard.press("Enter")  # keeps a neuron
    settle(page)
    kept = page.get_by_test_id("sum").get_attribute("data-neuron")
    label = page.get_by_test_id("sum").locator("[data-term=weighted-sum]")
    while page.evaluate("() => document.activeElement.dataset.term") != "weighted-sum":
        page.keyboard.press("Tab")
    expect(label).to_have_attribute("aria-expanded", "true")
    page.wait_for_function(
        """() => {
             const text = (id) => document.querySelector(`[data-testid=${id}]`).textContent;
             return text('tip-live').includes(`Σ w·a = ${text('neuron-sum')}`);
           }"""
    )
    page.keyboard.press("Escape")
    expect(tip).to_be_hidden()
    expect(page.get_by_test_id("sum")).to_have_attribute("data-neuron", kept or "")
    page.keyboard.press("Enter")
    expect(tip).to_be_visible()
    page.keyboard.press("Enter")
    expect(tip).to_be_hidden()


def test_a_tap_tells_a_term_within_the_screen(
    browser: Browser, address: str, complaints: Complaints
) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, bypass_csp=True
    )
    page = context.new_page()
    complaints.watch(page, address)
    page.goto(address)
    wait_for_reading(page, 7)
    page.touchscreen.tap(380, 5)
    page.get_by_test_id("sure").locator(".explained").tap()
    tip = page.get_by_test_id("tip")
    expect(tip).to_be_visible()
    box = tip.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert_accessible(page, "a term")
    page.touchscreen.tap(380, 5)
    expect(tip).to_be_hidden()
    context.close()
    assert not complaints


def test_a_mark_stays_when_the_text_around_it_changes(page: Page) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})  # what edges cover is told in words
    wait_for_reading(page, 7)
    page.mouse.move(5, 5)
    share = page.locator("[data-testid=cover] .cover-share").first
    expect(share.locator(".explained")).to_have_text("Σ|w·a|")
    before = share.inner_text()
    page.get_by_test_id("edge-count").fill("200")
    expect(share).not_to_have_text(before)
    expect(share.locator(".explained")).to_have_text("Σ|w·a|")
    page.get_by_test_id("test-class-4").click()  # which one is chance, and what it is read as
    expect(page.locator("#pad-note")).to_contain_text("labelled 4")
    expect(page.locator(".stale")).to_have_count(0)
    assert_marked(page, "another digit", 8)


def test_a_mark_stays_while_the_pen_changes_the_numbers_beside_it(page: Page) -> None:
    wait_for_reading(page, 7)
    page.mouse.move(5, 5)
    share = page.get_by_test_id("cover").first.locator(".cover-share")
    expect(share.locator(".explained")).to_have_text("Σ|w·a|")
    before = share.inner_text()
    share.locator(".explained").evaluate("mark => mark.isTheSame = true")
    draw(page, [[(0.3, 0.3), (0.7, 0.6)]])
    expect(share).not_to_have_text(before)
    assert share.locator(".explained").evaluate("mark => mark.isTheSame")
