"""The entries of the history that what is open over a screen has made."""

from playwright.sync_api import Page


def expect_entries(page: Page, open_: int) -> None:
    """The history knows of what is open: it hears a moment later, and nobody is as quick as a test.

    A step back or a reload before that leads elsewhere than for whoever sees what has opened.
    """
    page.wait_for_function("open => (history.state?.layers ?? []).length === open", arg=open_)
