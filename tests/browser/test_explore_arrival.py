"""How one comes to a view: by an address, Back, another network, or one that is not there."""

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from nnviz import ink, models
from nnviz.datasets import mnist
from nnviz.web.studies import confusions
from tests.browser.conftest import Complaints
from tests.browser.explore_views import draw_stroke, open_view, pick, wait_for
from tests.browser.soon import soon

TEST = mnist.load().test


@pytest.fixture
def page(empty_page: Page) -> Page:
    """Every test here opens the view that it is about."""
    return empty_page


@pytest.mark.thorough
def test_back_leads_to_what_a_fresh_page_shows(empty_page: Page, address: str) -> None:
    """Another view, network and digit lie between, each changed before it is there."""
    page = empty_page
    told = {"fool": "fool-least", "why": "blame-sum", "map": "map-answer"}
    for view, name in told.items():
        open_view(page, address, f"view={view}&model=mlp-sigmoid&digit=0")
        for step in ("view=dataset&model=lstm", "view=why&model=mlp-relu&digit=15"):
            page.evaluate("(step) => { location.hash = step; }", step)
        page.evaluate(f"location.hash = 'view={view}&model=mlp-two-heads&digit=33'")
        page.evaluate("location.hash = 'view=dataset&model=mlp-sigmoid&digit=8'")
        expect(page.get_by_test_id("data-count")).to_be_visible()
        page.go_back()
        expect(page.get_by_test_id("model-picker")).to_contain_text("two outputs")
        fresh = page.context.new_page()
        open_view(fresh, address, f"view={view}&model=mlp-two-heads&digit=33")
        expect(fresh.get_by_test_id(name)).to_contain_text(re.compile(r"\d"))
        expect(page.get_by_test_id(name)).to_have_text(fresh.get_by_test_id(name).inner_text())
        expect(page.locator(".room:not([hidden]) .stale")).to_have_count(0)
        fresh.close()


def test_mistakes_are_told_apart_by_who_else_makes_them(empty_page: Page, address: str) -> None:
    page = empty_page
    open_view(page, address, "view=mistakes&model=mlp-sigmoid")
    answer = page.get_by_test_id("miss-answer")
    expect(answer).to_contain_text("its own mistakes", timeout=60_000)
    told = page.request.get(f"{address}/api/datasets/mnist/test/misreadings").json()["models"]
    own, *others = (set(each["indices"]) for each in told)
    assert [told[0]["model"], len(others)] == ["mlp-sigmoid", 5]
    clear = [place for place in own if not confusions.is_disputed(place)]
    fellows = [sum(place in other for other in others) for place in clear]
    alone, every = fellows.count(0), fellows.count(5)
    some = len(clear) - alone - every
    expect(answer).to_contain_text(f"{alone} are its own mistakes: the 5 other networks")
    expect(answer).to_contain_text(
        f"{some} are misread by some of those, too, and {every} by all 6"
    )
    switch = page.locator(".room-mistakes .switch")
    expect(switch).to_contain_text(f"this network alone: {alone}")
    switch.get_by_text("this network alone").click()
    expect(page.get_by_test_id("miss-count")).to_contain_text(f"{alone} of the {len(own)} misread")
    expect(page).to_have_url(re.compile("by=alone"))
    page.get_by_test_id("guess-skip").dblclick()  # the second click finds nothing in its place
    expect(page.get_by_test_id("guess-skip")).to_be_disabled()
    expect(page.get_by_test_id("guess-pad")).to_be_visible()
    expect(page).not_to_have_url(re.compile("digit="))  # nothing was put on the pad
    reveal = page.get_by_test_id("guess-told")
    expect(reveal).to_contain_text("most likely not asked")
    label = TEST.labels[int(page.locator(".guess").get_attribute("data-index") or -1)]
    expect(reveal).to_contain_text(f"5 say “{label}”")
    expect(reveal).to_contain_text("the network's own mistake: all 5 others read it as its label")


def test_views_have_addresses_back_returns_and_one_click_leads_to_draw(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_view(page, address, "view=mistakes")
    wait_for(page, "mistakes")
    network = models.load("mlp-sigmoid").network
    probabilities = network.forward(ink.to_input(TEST.images))[0]
    read, sure = probabilities.argmax(axis=1), probabilities.max(axis=1)
    wrong = np.flatnonzero(read != TEST.labels)
    surest = wrong[np.argsort(-sure[wrong], kind="stable")[0]]
    expect(page.get_by_test_id("miss-count")).to_contain_text(f"{len(wrong)} of the {len(wrong)}")
    expect(page.get_by_test_id("miss-answer")).to_contain_text(
        f"{10_000 - len(wrong):,} of 10,000 test digits right (97.0%) and {len(wrong)} wrong"
    )
    doubted = sum(confusions.is_disputed(int(place)) for place in wrong)
    page.get_by_test_id("view-questions").click()  # in one line, whose they are
    expect(page.get_by_test_id("preview-wrong")).to_contain_text(
        f"{len(wrong)} of 10,000 test digits: {len(wrong) - doubted} the network's, {doubted} with"
    )
    page.get_by_test_id("view-mistakes").click()
    expect(page.get_by_test_id("miss-answer")).to_contain_text(
        f"For {doubted}, people doubt the label"
    )
    guess = page.locator(".guess")
    expect(guess).to_have_attribute("data-index", str(surest))
    expect(page.get_by_test_id("guess-told")).to_be_empty()  # your guess first
    page.get_by_test_id("guess-4").click()
    expect(page.get_by_test_id("guess-told")).to_contain_text(str(TEST.labels[surest]))
    page.get_by_test_id("guess-next").click()
    expect(guess).not_to_have_attribute("data-index", str(surest))
    listed = page.locator(".room-mistakes").get_by_test_id("digits")
    listed.press("Home")
    listed.press("Enter")  # from the list, too, your guess comes first
    expect(guess).to_have_attribute("data-index", str(surest))
    expect(page.get_by_test_id("guess-told")).to_be_empty()
    page.get_by_test_id("view-dataset").click()
    wait_for(page, "dataset")
    expect(page).to_have_url(re.compile("view=dataset"))
    digits = page.locator(".room-dataset").get_by_test_id("digits")
    digits.focus()
    for key in ("Home", "ArrowRight", "ArrowRight"):
        digits.press(key)
    said = page.locator(".room-dataset").get_by_test_id("digit-said")
    expect(said).to_contain_text(f"label {TEST.labels[2]}")
    digits.press("Enter")
    expect(page.get_by_test_id("answer")).to_have_attribute("data-value", str(read[2]))
    expect(page).to_have_url(re.compile("digit=2"))
    page.go_back()
    expect(page.get_by_test_id("view-mistakes")).to_have_attribute("aria-current", "page")
    page.get_by_test_id("guess-skip").click()
    page.locator(".guess").get_by_test_id("go-draw").click()
    expect(page.get_by_test_id("wrong")).to_contain_text("label says")
    expect(page).not_to_have_url(re.compile("/explore"))
    expect(page.get_by_test_id("why")).to_be_visible()  # it came with the page: no entry of its own
    page.go_back()
    expect(page).to_have_url(re.compile("/explore.*view=mistakes"))


def test_a_network_that_reads_no_digits_is_said_to_be_another(
    empty_page: Page, address: str
) -> None:
    page = empty_page
    open_view(page, address, "view=why&model=houses-mlp&output=99")
    expect(page.get_by_test_id("note")).to_contain_text("House prices (MLP) reads something else")
    expect(page.get_by_test_id("blame-sum")).to_contain_text("output 7")


def test_what_an_address_names_comes_into_view(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 625})
    open_view(page, address, "view=confusion&cell=4-9&digit=0")
    cell = page.get_by_test_id("cell")
    expect(cell.get_by_test_id("cell-title")).to_contain_text("4 read as 9")
    expect(cell).to_be_in_viewport(ratio=1)
    page.evaluate("scrollTo(0, 0)")
    expect(cell).not_to_be_in_viewport()
    page.get_by_test_id("conf-worst").click()  # it is the one that is open already
    expect(cell).to_be_in_viewport(ratio=1)
    page.get_by_test_id("view-why").click()
    expect(page.get_by_test_id("blame-sum")).to_be_visible()
    page.go_back()
    expect(cell).to_be_in_viewport(ratio=1)


def test_a_network_that_is_picked_is_asked_what_the_view_shows(page: Page, address: str) -> None:
    open_view(page, address, "view=fool&digit=0")
    least, sums = page.get_by_test_id("fool-least"), page.get_by_test_id("fool-sums")
    expect(least).to_contain_text("flips")
    before = sums.text_content() or ""  # it is there with the sentence
    with page.expect_response("**/models/lstm/attacks"):
        pick(page, "lstm")
    expect(sums).not_to_have_text(before)
    page.get_by_test_id("view-why").click()
    with page.expect_response("**/models/mlp-wide/attributions"):
        pick(page, "mlp-wide")
    expect(page.get_by_test_id("blame-sum")).to_be_visible()
    expect(page.locator(".why-body")).not_to_have_class(re.compile("coming"))


def saved(page: Page, address: str) -> str:
    """A network that was kept. Its accuracy is measured first: until then one is to come again."""

    def keep() -> str:
        wanted = {"base": "mlp-relu", "title": "Short-lived", "edits": []}
        reply = page.request.post(f"{address}/api/models", data=wanted)
        assert reply.status == 201, reply.text()
        return str(reply.json()["id"])

    return soon(page, keep)


def test_a_network_that_was_deleted_is_told_with_a_way_on(
    page: Page, address: str, complaints: Complaints
) -> None:
    made = saved(page, address)
    open_view(page, address, f"view=why&model={made}&digit=0", "ko")
    assert page.request.delete(f"{address}/api/models/{made}").ok
    page.get_by_test_id("test-digit").click()
    expect(page.get_by_test_id("note")).to_contain_text("삭제되어")
    expect(page.get_by_test_id("status")).to_be_hidden()
    page.get_by_test_id("note-choose").click()
    expect(page.get_by_test_id(f"model-{made}")).to_have_count(0)
    page.get_by_test_id("model-mlp-wide").click()
    expect(page.get_by_test_id("note")).to_be_hidden()
    expect(page.get_by_test_id("blame-sum")).to_be_visible()
    assert all("404" in each for each in complaints), complaints
    complaints.clear()


def test_changes_made_while_the_browser_kept_the_page_are_in_it(page: Page, address: str) -> None:
    """A page that Back brings back as it was left begins anew where Draw changed the network."""
    open_view(page, address, "view=map&layer=hidden1&digit=0")
    scatter = page.locator(".room-map .scatter")
    expect(scatter).to_have_attribute("data-points", "10000", timeout=60_000)
    with page.expect_navigation():
        page.evaluate(
            """() => {
          const edits = { 'mlp-sigmoid': [{ kind: 'off', layer: 'hidden1', unit: 3 }] };
          dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }));
          sessionStorage.setItem('work', JSON.stringify({ model: 'mlp-sigmoid', edits }));
          dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }));
        }"""
        )
    expect(page.get_by_test_id("edited")).to_contain_text("changes made on Draw: 1")


def test_on_a_phone_what_follows_the_pen_is_seen_beside_the_pad(page: Page, address: str) -> None:
    """Of the five questions those about the drawing come first, and the map takes no line more."""
    page.set_viewport_size({"width": 390, "height": 844})
    open_view(page, address, "view=questions&digit=0")
    said = page.get_by_test_id("preview-blamed")
    expect(said).to_contain_text("not 7")
    expect(page.locator("#pad")).to_be_in_viewport(ratio=1)
    expect(page.get_by_test_id("preview-why")).to_be_in_viewport(ratio=1)
    page.get_by_test_id("preview-fool").scroll_into_view_if_needed()
    expect(page.locator("#pad")).to_be_in_viewport(ratio=1)
    open_view(page, address, "view=map&digit=0")
    answer = page.get_by_test_id("map-answer")
    expect(answer).to_contain_text("labelled 7")
    share = page.get_by_test_id("faith-layer").locator("xpath=..")  # not of digits, as the header's
    expect(share).to_contain_text(re.compile(r"%\s*of neighbours in hidden 2"))
    top = "() => document.querySelector('.scatter').getBoundingClientRect().top + scrollY"
    before = page.evaluate(top)
    page.locator("#clear").click()
    star = [[(0.1, 0.1), (0.9, 0.9)], [(0.9, 0.1), (0.1, 0.9)]]
    star += [[(0.1, 0.5), (0.9, 0.5)], [(0.5, 0.1), (0.5, 0.9)]]
    for stroke in star:
        draw_stroke(page, stroke)
    expect(answer).to_contain_text("is like no test digit: even the nearest is")
    assert page.evaluate(top) == before


@pytest.mark.parametrize("language", ["en", "ko"])
def test_more_digits_below_an_edge_are_seen_to_go_on_and_no_count_is_left_out(
    empty_page: Page, address: str, language: str
) -> None:
    """The last row fades until the end is reached; before the counts are there no gap is read."""
    page = empty_page
    page.route("**/misreadings*", lambda route: None)  # it does not come
    open_view(page, address, "view=mistakes", language)
    every = page.get_by_test_id("miss-by-all").locator("xpath=following-sibling::span")
    expect(every).to_have_text({"en": "all networks: …", "ko": "신경망 모두: …"}[language])
    page.unroute("**/misreadings*")
    page.reload()
    expect(every).to_have_text(
        {"en": "all 6 networks: 7", "ko": "신경망 6개 모두: 7"}[language], timeout=60_000
    )
    scroll = page.locator("[data-room=mistakes] .grid-scroll")
    expect(scroll).to_have_class(re.compile("goes-on"))
    scroll.evaluate("each => { each.scrollTop = each.scrollHeight; }")
    expect(scroll).not_to_have_class(re.compile("goes-on"))


def test_a_network_to_compare_with_that_is_gone_is_told_from_the_one_that_is_shown(
    empty_page: Page, address: str, complaints: Complaints
) -> None:
    page = empty_page
    open_view(page, address, "view=confusion&beside=gone-model")
    expect(page.get_by_test_id("conf-compared")).to_contain_text("is no longer there")
    expect(page.get_by_test_id("conf-beside")).to_have_value("none")
    room = page.locator("[data-room=confusion]")
    expect(room.get_by_test_id("conf-accuracy")).to_have_text("97.0%")
    expect(room.get_by_test_id("waiting").first).to_be_hidden()
    assert all("404" in each for each in complaints), complaints
    complaints.clear()
