"""On a phone: a tap brings the arithmetic as a sheet from below, and the answer stays in view."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from nnviz.web import i18n
from tests.browser.entries import expect_entries
from tests.browser.test_network import cover, open_model, place_of, settle
from tests.browser.train import choose


def in_window(page: Page, testid: str) -> bool:
    """Whether an element lies wholly within the window, and nothing over its middle."""
    return page.get_by_test_id(testid).evaluate(
        """(element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return top >= 0 && bottom <= innerHeight && left >= 0 && right <= innerWidth
            && (element.contains(hit) || hit.contains(element));
        }"""
    )


@pytest.mark.parametrize("language", ["en", pytest.param("ko", marks=pytest.mark.thorough)])
def test_pad_what_undoes_it_and_the_answer_are_seen_at_once(
    phone: Page, address: str, language: str
) -> None:
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto(f"{address}/?lang={language}")
    expect(phone.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    for testid in ("pad", "undo", "clear", "mistake", "test-class-9", "answer", "probabilities"):
        assert in_window(phone, testid), testid
    pad, clear = (phone.get_by_test_id(each).bounding_box() for each in ("pad", "clear"))
    assert pad
    assert clear
    assert clear["y"] - (pad["y"] + pad["height"]) < 24, "directly under the pad"
    names = ("go-learn", "theme-toggle", "model-picker", "language")
    tops = [phone.get_by_test_id(each).bounding_box() for each in names]
    screens, theme, picker, languages = (each["y"] for each in tops if each)
    assert abs(screens - theme) < 12, "one line: where one is, and what one can do"
    assert abs(picker - languages) < 12, "one line: which network, and in which language"


@pytest.mark.parametrize("size", [(390, 844), (360, 740)])
def test_circles_are_in_the_first_view(phone: Page, address: str, size: tuple[int, int]) -> None:
    phone.set_viewport_size({"width": size[0], "height": size[1]})
    open_model(phone, address, "mlp-sigmoid")
    expect(phone.get_by_test_id("offer")).to_be_visible()  # it lies over the bottom of a long one
    x, y = place_of(phone, "hidden1", 15)
    assert phone.evaluate("scrollY") == 0
    assert phone.evaluate(
        "([x, y]) => document.elementFromPoint(x, y)?.dataset.testid === 'network-canvas'", [x, y]
    )
    inset = phone.evaluate(  # what a finger takes of the smallest button: 40 px
        """async () => {
          const button = document.querySelector('[data-testid=trace]');
          const from = () => getComputedStyle(button, '::after').top;
          while (from() === 'auto') await new Promise((done) => setTimeout(done, 50));
          return button.offsetHeight - 2 * parseFloat(from());
        }"""
    )
    assert inset >= 38


def test_what_was_started_on_train_is_brought_into_sight(phone: Page, address: str) -> None:
    phone.goto(f"{address}/train")
    expect(phone.locator("#train")).to_have_attribute("data-ready", "")
    if not phone.get_by_test_id("start").is_visible():  # another run is watched
        phone.get_by_test_id("setup-open").click()
    language, theme = (
        phone.get_by_test_id(each).bounding_box() for each in ("language", "theme-toggle")
    )
    assert language
    assert theme
    assert abs(language["y"] - theme["y"]) < 12, "the head is one line"
    choose(phone, "lesson-overfit")
    phone.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    phone.get_by_test_id("start").click()
    expect(phone.get_by_test_id("setup")).to_be_hidden()
    expect(phone.get_by_test_id("run-title")).to_be_in_viewport()
    for width in (360, 390, 430):  # upright however wide the phone: names stand on each other else
        phone.set_viewport_size({"width": width, "height": 844})
        expect(phone.locator(".network-labels")).to_have_class(re.compile("downwards"))
    caption, drawn = (
        phone.locator(f"#pad {each}").bounding_box() for each in (".pad-wake", "canvas")
    )
    assert caption
    assert drawn
    assert caption["y"] >= drawn["y"] + drawn["height"], "it covers no foot of a digit"
    phone.get_by_test_id("setup-open").scroll_into_view_if_needed()
    top = phone.evaluate(
        "scrollY + document.querySelector('#setup-box').getBoundingClientRect().top"
    )
    assert top < 200  # another can be set up from the top of the page
    phone.get_by_test_id("setup-open").tap()
    expect(phone.get_by_test_id("lesson-overfit")).to_be_in_viewport()


def test_a_tap_brings_the_arithmetic_in_a_sheet_and_back_closes_it(
    phone: Page, address: str
) -> None:
    open_model(phone, address, "mlp-sigmoid")
    words = i18n.catalogue("en")
    expect(phone.locator(".readout-hint")).to_have_text(words["readout.point.touch"])
    expect(phone.get_by_test_id("seen")).to_be_hidden()  # the network holds the same digit
    expect(cover(phone, "hidden2").locator(".cover-share")).to_have_text(re.compile("edges.*%"))
    phone.touchscreen.tap(*place_of(phone, "hidden2", 4))
    expect(phone.get_by_test_id("sheet-head")).to_be_visible()
    expect(phone.get_by_test_id("sheet-answer")).to_have_text("7")
    expect(phone.get_by_test_id("sum")).to_have_attribute("data-neuron", "hidden2/4")
    for testid in ("sheet-answer", "sum"):
        assert in_window(phone, testid), testid
    phone.wait_for_function(  # what was tapped is not under the sheet
        """() => {
          const [chip, head] = ['chip', 'sheet-head'].map((id) =>
            document.querySelector(`[data-testid=${id}]`).getBoundingClientRect());
          return chip.height > 0 && chip.top > 0 && chip.bottom < head.top;
        }"""
    )
    assert "Escape" not in phone.locator(".readout-hint").inner_text()
    phone.get_by_test_id("change").tap()
    slider = phone.get_by_test_id("lab-bias")
    expect(slider).to_be_visible()
    expect(phone.get_by_test_id("line-accuracy")).to_have_text("97.0%")
    assert in_window(phone, "lab-bias"), "what can be changed is in sight at once"
    expect(phone.get_by_test_id("network-canvas")).to_be_in_viewport()  # above the sheet
    slider.fill("8")
    expect(phone.get_by_test_id("line-accuracy")).to_have_text(re.compile("97.0% → [0-9]"))
    for testid in ("sheet-answer", "lab-bias", "line-accuracy", "line-undo", "line-reset"):
        assert in_window(phone, testid), testid
    phone.get_by_test_id("line-undo").tap()
    expect(phone.get_by_test_id("line-accuracy")).to_have_text("97.0%")
    phone.get_by_test_id("sheet-close").tap()  # no other sheet comes up in its place
    expect(phone.get_by_test_id("sheet-head")).to_be_hidden()
    expect(phone.get_by_test_id("inspector")).to_be_hidden()
    phone.touchscreen.tap(*place_of(phone, "hidden2", 4))
    phone.get_by_test_id("inspect").tap()
    phone.get_by_test_id("lab-toggle").tap()
    expect(phone.get_by_test_id("lab")).to_be_visible()
    expect_entries(phone, 2)
    phone.go_back()
    expect(phone.get_by_test_id("lab")).to_be_hidden()
    expect_entries(phone, 1)
    phone.go_back()
    expect(phone.get_by_test_id("inspector")).to_be_hidden()
    expect(phone.get_by_test_id("sum")).to_be_visible()
    phone.get_by_test_id("sheet-close").tap()
    expect(phone.get_by_test_id("sheet-head")).to_be_hidden()
    phone.get_by_test_id("seen-fold").locator("summary").tap()
    expect(phone.get_by_test_id("seen")).to_be_visible()


def test_the_answer_stays_in_view_while_it_is_scrolled_away(phone: Page, address: str) -> None:
    open_model(phone, address, "mlp-sigmoid")
    strip = phone.get_by_test_id("strip")
    expect(strip).to_be_hidden()
    phone.get_by_test_id("teach-open").tap()
    expect(phone.get_by_test_id("teach")).to_be_visible()
    phone.get_by_test_id("step").evaluate("(element) => element.scrollIntoView()")
    expect(phone.get_by_test_id("strip-answer")).to_have_text("7")
    expect(strip).to_be_in_viewport(ratio=1)
    assert in_window(phone, "strip"), "a tap on it reaches nothing under it"
    strip.tap()
    expect(phone.get_by_test_id("answer")).to_be_in_viewport(ratio=1)
    expect(strip).to_be_hidden()
    assert phone.evaluate("scrollY") == 0
    name = phone.locator(".picked")
    name.evaluate("(element) => { element.textContent = '784-16-16-10, '.repeat(6); }")
    assert name.evaluate(
        """(element) => element.getBoundingClientRect().right
          < element.closest('summary').getBoundingClientRect().right - 16"""
    ), "a long name ends in dots within its box"


def test_an_answer_that_is_out_of_date_says_so_and_moves_nothing(phone: Page, address: str) -> None:
    open_model(phone, address, "mlp-sigmoid")
    result = phone.locator("#result")
    said = "(box) => [getComputedStyle(box, '::after').content, box.offsetHeight]"
    before = result.evaluate(said)
    assert before[0] == "none"
    held: list[Route] = []
    phone.route("**/activations", lambda route: held.append(route))
    phone.get_by_test_id("clear").tap()
    phone.get_by_test_id("undo").tap()  # it is asked for, and does not come
    expect(phone.locator("#answer.stale")).to_be_visible()
    assert result.evaluate(said) == [f'"{i18n.catalogue("en")["page.answer.reading"]}"', before[1]]
    phone.unroute("**/activations")  # what was held back is let go
    expect(phone.locator("#answer.stale")).to_have_count(0)
    assert result.evaluate(said) == before


def test_closing_a_sheet_leaves_one_where_one_is(phone: Page, address: str) -> None:
    open_model(phone, address, "mlp-sigmoid")
    phone.touchscreen.tap(*place_of(phone, "hidden2", 4))
    head = phone.get_by_test_id("sheet-head")
    expect(head).to_be_visible()
    phone.evaluate("scrollTo(0, 0)")  # to the pad; the sheet stays
    phone.get_by_test_id("model-picker").tap()
    expect(phone.get_by_test_id("model-cnn")).to_be_visible()
    last = phone.locator("[data-testid^=model-]:visible").last
    last.scroll_into_view_if_needed()
    assert last.evaluate(
        """(element) => {
          const { left, right, top, bottom } = element.getBoundingClientRect();
          const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
          return element.contains(hit);
        }"""
    ), "the list lies above the sheet"
    phone.get_by_test_id("model-picker").tap()
    phone.get_by_test_id("inspect").tap()
    expect(phone.get_by_test_id("inspector")).to_be_visible()
    phone.evaluate("scrollTo(0, 0)")
    phone.get_by_test_id("sheet-close").tap()
    expect(head).to_be_hidden()
    settle(phone)
    assert phone.evaluate("scrollY") == 0


def test_back_from_a_neuron_leads_to_the_question_that_named_it(phone: Page, address: str) -> None:
    open_model(phone, address, "mlp-sigmoid")
    phone.get_by_test_id("why-not").select_option("1")
    parts = phone.get_by_test_id("why-parts")
    expect(parts.get_by_role("button").first).to_be_visible()
    expect(phone.get_by_test_id("why-seen")).to_contain_text("speaks most for 7")
    picture, arithmetic = (
        phone.get_by_test_id(each).bounding_box() for each in ("why-picture", "why-sum")
    )
    assert picture is not None
    assert arithmetic is not None
    assert picture["y"] + picture["height"] < arithmetic["y"], "what was seen comes first"
    parts.get_by_role("button").first.tap()
    expect(phone.get_by_test_id("sheet-head")).to_be_visible()
    expect(phone.get_by_test_id("why")).to_be_hidden()
    expect_entries(phone, 1)
    phone.go_back()
    expect(phone.get_by_test_id("why")).to_be_visible()
    expect(phone.get_by_test_id("sheet-head")).to_be_hidden()
    expect(phone.get_by_test_id("why-not")).to_have_value("1")
    expect_entries(phone, 1)
    phone.go_back()
    expect(phone.get_by_test_id("why")).to_be_hidden()


def test_controls_of_a_pass_stay_when_it_is_over(phone: Page, address: str) -> None:
    open_model(phone, address, "mlp-sigmoid")
    phone.get_by_test_id("play").tap()
    for _ in range(2):
        phone.get_by_test_id("play-forward").tap()
    phone.get_by_test_id("play-speed").select_option("fast")
    expect(phone.locator("#play")).to_have_attribute("data-now", "resume")
    phone.locator("#play").tap()
    expect(phone.locator("#play")).to_have_attribute("data-now", "pause")
    expect(phone.locator("#play")).to_have_attribute("data-now", "resume")  # it is over
    expect(phone.get_by_test_id("play-end")).to_be_in_viewport()
    phone.get_by_test_id("play-end").tap()
    expect(phone.get_by_test_id("playing")).to_be_hidden()


def test_the_list_of_networks_explains_no_word_and_back_closes_it(
    phone: Page, address: str
) -> None:
    open_model(phone, address, "mlp-sigmoid")
    picker, tip = phone.get_by_test_id("model-picker"), phone.get_by_test_id("tip")
    name = phone.locator(".layer-label .explained", has_text="neurons").first
    name.tap()  # a layer's name acts on no press: its words are told
    expect(tip).to_contain_text("neuron")
    picker.locator(".picked").tap()
    expect(phone.get_by_test_id("model-lstm")).to_be_visible()
    expect(tip).to_be_hidden()
    assert not phone.locator(":is(summary, .models label, button:not(.layer-label)) dfn").count()
    expect_entries(phone, 1)
    phone.go_back()
    expect(phone.locator(".models")).to_be_hidden()
    expect(picker).to_have_attribute("data-model", "mlp-sigmoid")
    picker.tap()
    phone.get_by_test_id("model-lstm").locator("strong").tap()
    expect(picker).to_have_attribute("data-model", "lstm")
    expect(phone.locator(".models")).to_be_hidden()
    expect(tip).to_be_hidden()


def test_a_step_stays_under_the_finger_that_takes_it(phone: Page, address: str) -> None:
    open_model(phone, address, "mlp-sigmoid")
    phone.get_by_test_id("teach-open").tap()
    choose(phone, "step-label-3")
    rows = phone.locator(".step-digit").evaluate_all("all => all.map((one) => one.offsetTop)")
    assert [rows.count(top) for top in sorted(set(rows))] == [5, 5], "ten digits in equal rows"
    take = phone.get_by_test_id("step-take")
    expect(take).to_be_enabled()
    take.scroll_into_view_if_needed()
    before = take.bounding_box()
    take.tap()
    expect(phone.get_by_test_id("edited")).to_be_visible()
    expect(phone.get_by_test_id("step-so-far")).to_contain_text("→")
    assert take.bounding_box() == before


def test_a_question_that_was_closed_stays_closed(phone: Page, address: str) -> None:
    phone.goto(address)
    expect(phone.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    phone.get_by_test_id("mistake").tap()
    close = phone.get_by_test_id("why-close")
    close.tap()
    expect(close).to_be_hidden()
    answer = phone.get_by_test_id("answer").get_attribute("data-value") or ""
    phone.get_by_test_id("go-train").tap()
    expect(phone.locator("#train")).to_have_attribute("data-ready", "")
    phone.get_by_test_id("go-draw").tap()
    expect(phone.get_by_test_id("answer")).to_have_attribute("data-value", answer)
    expect(phone.get_by_test_id("why-open")).to_have_attribute("aria-expanded", "false")
    expect(phone.get_by_test_id("why")).to_be_hidden()
    phone.get_by_test_id("mistake").tap()  # another mistake is told again
    expect(close).to_be_visible()


@pytest.mark.parametrize("width", [360, 390])
def test_what_an_unsure_misread_should_have_been_is_whole(
    phone: Page, address: str, width: int
) -> None:
    phone.set_viewport_size({"width": width, "height": 844})
    phone.goto(f"{address}/?lang=ko")
    expect(phone.get_by_test_id("answer")).to_have_attribute("data-value", "7")
    phone.get_by_test_id("mistake").tap()
    wrong = phone.get_by_test_id("wrong")
    expect(wrong).to_contain_text("정답")
    phone.evaluate("document.querySelector('#answer').classList.add('unsure')")
    phone.wait_for_function(  # its sheet comes late
        """() => {
          const wrong = document.querySelector('[data-testid=wrong]');
          return wrong.scrollWidth <= wrong.clientWidth;
        }"""
    )
