"""What Draw is before anything is drawn: its theme, language, address, size and weight."""

import urllib.request

import pytest
from playwright.sync_api import Page, expect

from nnviz.web import i18n
from tests.browser.geometry import settle
from tests.browser.test_draw import wait_for_reading


def test_the_theme_follows_the_system_until_it_is_chosen_and_is_kept(page: Page) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    page.emulate_media(color_scheme="dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = page.evaluate(ground)
    page.get_by_test_id("theme-toggle").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert page.evaluate(ground) != dark
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")


def test_korean_is_complete_and_kept(page: Page, address: str) -> None:
    page.get_by_test_id("language").get_by_text("한국어").click()
    korean = i18n.catalogue("ko")
    expect(page.locator("#pad-title")).to_have_text(korean["pad.title.digit"])
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    wait_for_reading(page, 7)
    expect(page.get_by_test_id("model-picker")).to_contain_text(korean["model.mlp-sigmoid"])
    page.goto(address)
    expect(page.locator("#pad-title")).to_have_text(korean["pad.title.digit"])


def test_an_address_names_its_model(empty_page: Page, address: str) -> None:
    page = empty_page
    page.goto(f"{address}/#model=mlp-wide")
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-wide")
    page.reload()
    expect(page.get_by_test_id("model-picker")).to_have_attribute("data-model", "mlp-wide")
    wait_for_reading(page, 7)


@pytest.mark.parametrize("language", ["en", pytest.param("ko", marks=pytest.mark.thorough)])
def test_nothing_is_wider_than_the_screen_nor_higher_than_a_laptop(
    empty_page: Page, address: str, language: str
) -> None:
    page = empty_page
    page.goto(f"{address}/?lang={language}")
    wait_for_reading(page, 7)
    for width, height in ((1440, 900), (1366, 768), (1024, 768), (1920, 1080), (390, 844)):
        page.set_viewport_size({"width": width, "height": height})
        settle(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if width > 900:
            assert page.evaluate("document.documentElement.scrollHeight") <= height


def test_the_first_load_is_light_and_has_no_plotly(fresh_page: Page, address: str) -> None:
    page = fresh_page
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})
    received: list[int] = []
    urls: list[str] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.on("request", lambda request: urls.append(request.url))
    # What waits for the page to rest (page/late.js) waits for ever: a busy machine rests early.
    page.add_init_script(
        "const later = window.setTimeout;"
        "window.setTimeout = (act, wait, ...all) => later(act, wait === 2500 ? 1e9 : wait, ...all);"
    )
    page.goto(address)
    wait_for_reading(page, 7)
    page.wait_for_load_state("networkidle")
    assert 20_000 < sum(received) <= 150_000
    assert not [url for url in urls if "plotly" in url]


def test_the_page_is_served_with_its_policy(address: str) -> None:
    with urllib.request.urlopen(address) as reply:
        assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
