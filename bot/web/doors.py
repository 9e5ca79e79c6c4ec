"""The small pages before board and wall: a code, a link's button, or why there is nothing to be seen."""

from __future__ import annotations

from datetime import datetime
from html import escape

from bot.render.board import spaced
from bot.render.times import at
from bot.texts import board as t

STYLE, ICON = "/assets/door.css", "/assets/icon.svg"


def code(shown: str, until: datetime, now: datetime) -> str:
    """Return the page of a screen that waits; it looks every few seconds whether it was paired."""
    return _page(
        t.PAGE_CODE_TITLE,
        f'<p class="what">{escape(t.PAGE_CODE)}</p>',
        f'<p class="code" aria-label="{escape(" ".join(shown))}">{escape(spaced(shown))}</p>',
        _words(t.PAGE_CODE_HOW.format(code=spaced(shown))),
        _words(t.PAGE_CODE_UNTIL.format(until=at(until, now))),
        again=5,
    )


def moment() -> str:
    """Return the page of a screen that has just been paired."""
    return _page(t.PAGE_MOMENT_TITLE, _words(t.PAGE_MOMENT), again=2)


def full() -> str:
    """Return the page of a screen that cannot wait here now."""
    return _page(t.PAGE_FULL_TITLE, _words(t.PAGE_FULL), again=120)


def enter() -> str:
    """Return the page of a link: the button sends it back to where it came from, so that the secret stands nowhere."""
    button = f'<form method="post"><button type="submit" autofocus>{escape(t.PAGE_ENTER_BUTTON)}</button></form>'
    return _page(t.PAGE_ENTER_TITLE, _words(t.PAGE_ENTER), button)


def over() -> str:
    """Return the page of a link that opens nothing."""
    return _page(t.PAGE_OVER_TITLE, _words(t.PAGE_OVER))


def closed() -> str:
    """Return the page for who has no session; a link to the same page brings a cookie that a foreign page withheld."""
    return _page(
        t.PAGE_CLOSED_TITLE, _words(t.PAGE_CLOSED), f'<p><a href="/board">{escape(t.PAGE_AGAIN)}</a></p>'
    )  # fmt: skip


def left() -> str:
    """Return the page after a session was left."""
    return _page(t.PAGE_LEFT_TITLE, _words(t.PAGE_LEFT))


def refused() -> str:
    """Return the page for a request that another site made, or that asks for us by another's name."""
    return _page(t.PAGE_REFUSED_TITLE, _words(t.PAGE_REFUSED))


def busy() -> str:
    """Return the page for who asks too often."""
    return _page(t.PAGE_BUSY_TITLE, _words(t.PAGE_BUSY), again=60)


def down() -> str:
    """Return the page while the database does not answer."""
    return _page(t.PAGE_DOWN_TITLE, _words(t.PAGE_DOWN), again=5)


def broken() -> str:
    """Return the page in the place of one that could not be made."""
    return _page(t.PAGE_BROKEN_TITLE, _words(t.PAGE_BROKEN))


def nowhere() -> str:
    """Return the page where there is none."""
    return _page(t.PAGE_NOWHERE_TITLE, _words(t.PAGE_NOWHERE))


def once_more() -> str:
    """Return the page that asks for itself again, now as one of ours: a cookie comes that another's page withheld."""
    return _page(t.PAGE_MOMENT_TITLE, again=0)


def _words(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _page(title: str, *parts: str, again: int | None = None) -> str:
    """Return a page.

    Args:
        again: seconds after which it is asked for anew.
    """
    refresh = f'<meta http-equiv="refresh" content="{again}">\n' if again is not None else ""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        # So a form of ours says whose it is, by browsers too that tell nothing else of it; the path, a secret, stays.
        '<meta name="referrer" content="strict-origin">\n<meta name="robots" content="noindex, nofollow">\n'
        f'{refresh}<title>{escape(title)}</title>\n<link rel="icon" href="{ICON}" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="{STYLE}">\n</head>\n'
        f'<body class="door">\n<main>\n<h1>{escape(title)}</h1>\n{"".join(part + chr(10) for part in parts)}'
        "</main>\n</body>\n</html>\n"
    )
