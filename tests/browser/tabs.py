"""One tab for many tests: a new one costs three times what loading a page again in it does."""

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Error, Page, ViewportSize

LOCALE = "en-US"
LAPTOP: ViewportSize = {"width": 1440, "height": 900}
TABLET: ViewportSize = {"width": 1024, "height": 768}
PHONE: ViewportSize = {"width": 390, "height": 844}
SMALL = "/api/class"  # whichever page of few bytes
FORGET = "() => { sessionStorage.clear(); localStorage.clear(); }"


class Tabs:
    """The tab that tests share, one after the other, and how it is made as new.

    It stays at the server of all of them, for there its process is kept with all scripts compiled,
    and nothing is intercepted, for then the browser keeps nothing that it has fetched.
    """

    def __init__(self, browser: Browser, viewport: ViewportSize, **options: Any) -> None:
        self._browser, self._viewport, self._options = browser, viewport, options
        self._page: Page | None = None

    def new(self, address: str) -> Page:
        """A tab that shows next to nothing and remembers nothing of ``address``."""
        if self._page is not None:
            try:
                self._clean(self._page, address)
            except Error:  # it crashed, or was closed
                self.close()
        if self._page is None:
            context = self._browser.new_context(
                viewport=self._viewport, locale=LOCALE, **self._options
            )
            self._page = context.new_page()
        return self._page

    def close(self) -> None:
        """Throw the tab away; the next one is a new one."""
        if self._page is not None:
            self._page.context.close()
        self._page = None

    def _clean(self, page: Page, address: str) -> None:
        context = page.context
        for other in context.pages:
            if other is not page:
                other.close()
        left = urlsplit(page.url)
        if left.scheme.startswith("http") and f"{left.scheme}://{left.netloc}" != address:
            self.close()  # left at another server, which may be gone with all that is kept of it
            return
        page.unroute_all(behavior="ignoreErrors")
        context.unroute_all(behavior="ignoreErrors")
        page.goto(f"{address}{SMALL}")  # what a page keeps when it is left is there now
        page.evaluate(FORGET)
        context.clear_cookies()
        context.clear_permissions()
        page.mouse.move(0, 0)
        page.set_viewport_size(self._viewport)
        page.emulate_media(
            media="null",
            color_scheme="light",
            reduced_motion="no-preference",
            forced_colors="none",
            contrast="no-preference",
        )
