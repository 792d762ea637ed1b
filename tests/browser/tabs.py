"""One tab for many tests: a new one costs five times what loading a page again in it does."""

from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, Route, ViewportSize

VIEWPORT: ViewportSize = {"width": 1440, "height": 900}
LOCALE = "en-US"
FORGET = "() => { sessionStorage.clear(); localStorage.clear(); }"


class Tabs:
    """The tab that tests share, one after the other, and how it is made as new."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._page: Page | None = None

    def new(self, address: str) -> Page:
        """A tab of 1440x900 that shows nothing and remembers nothing of ``address``."""
        if self._page is not None:
            try:
                _clean(self._page, address)
            except Error:  # it crashed, or was closed
                self.close()
        if self._page is None:
            context = self._browser.new_context(viewport=VIEWPORT, locale=LOCALE)
            self._page = context.new_page()
        return self._page

    def close(self) -> None:
        """Throw the tab away; the next one is a new one."""
        if self._page is not None:
            self._page.context.close()
        self._page = None


def _clean(page: Page, address: str) -> None:
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    left = urlsplit(page.url)
    page.unroute_all(behavior="ignoreErrors")
    context.unroute_all(behavior="ignoreErrors")
    is_elsewhere = left.scheme.startswith("http")
    origins = {address} | ({f"{left.scheme}://{left.netloc}"} if is_elsewhere else set())
    for origin in origins:
        nothing = f"{origin}/nothing"
        page.route(nothing, _say_nothing)
        page.goto(nothing)  # what a page keeps when it is left is there now
        page.evaluate(FORGET)
        page.unroute(nothing)
    page.goto("about:blank")
    context.clear_cookies()
    context.clear_permissions()
    page.mouse.move(0, 0)
    page.set_viewport_size(VIEWPORT)
    page.emulate_media(
        media="null",
        color_scheme="light",
        reduced_motion="no-preference",
        forced_colors="none",
        contrast="no-preference",
    )


def _say_nothing(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<title>Nothing</title>")
