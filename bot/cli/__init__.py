"""The command ``tocsin`` (docs/contract.md): each subcommand imports what it needs when it runs."""

from __future__ import annotations

import gc
import os
import sys

_NEW_OBJECTS = 100_000
"""So many objects are made between two looks for garbage: most of what a command makes is there to its end."""

_READING = (["read"], ["classify"], ["phone"], ["who"], ["plans"])
"""These tell what is there; what a run of one had to work out, it keeps for the next (`plans.cache`)."""


def main() -> None:
    """Run the command; wrong use or bad input is told in words, with exit status 2, never as a traceback."""
    _open_closed()
    gc.set_threshold(_NEW_OBJECTS, *gc.get_threshold()[1:])
    from bot.cli.application import run

    words = [_clean(word) for word in sys.argv[1:]]
    reading = words[:1] in _READING
    status = _keeping(words) if reading and not sys.dont_write_bytecode else run(words)
    if reading:
        gc.freeze()  # there is nothing to put away; the end would look for it among all that was loaded
    sys.exit(status)


def _keeping(words: list[str]) -> int:
    from bot.cli.application import run
    from plans.cache import CACHES, Cache

    Cache.collects = True
    status = run(words)
    if any(cache.fresh for cache in CACHES):
        from bot.preparation import keep

        keep()
    return status


def _open_closed() -> None:
    """Give the standard streams that the caller closed to nobody.

    Else the next file that is opened, a database perhaps, would get the number of one, and what is printed after it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest free number: this one
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")


def _clean(word: str) -> str:
    """Return an argument whose bytes were no text with � in their place."""
    return word.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
