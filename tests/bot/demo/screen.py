"""Where things stand on the page, for the tests that look at it."""

from __future__ import annotations

from playwright.async_api import Locator, Page

HEADMASTER, GROUP, DUTY = "警钟，以张校长的身份", "城区校园安全指挥群，以李值班的身份", "警钟，以李值班的身份"


def pane(page: Page, label: str) -> Locator:
    """Return the pane with an accessible name."""
    return page.get_by_role("region", name=label, exact=True)


def lines(page: Page, label: str) -> Locator:
    """Return the lines of a pane."""
    return pane(page, label).locator(".line")


async def write(page: Page, label: str, text: str) -> None:
    """Type a text in a pane and send it."""
    await pane(page, label).get_by_role("textbox").fill(text)
    await pane(page, label).get_by_role("textbox").press("Enter")
