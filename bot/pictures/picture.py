"""A picture: what a browser shows, the same as a PNG, and the same in words."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bot.pictures import fonts

WIDTH = 1080
"""Points of a PNG: three to each point of a telephone that is 360 wide."""

SECONDS = 20.0
"""So long a drawing is waited for; half a second is usual."""

_PRESS = str(Path(__file__).with_name("press.py"))


_KEPT = ("PATH", "SYSTEMROOT", "TMPDIR", "TEMP", "LD_LIBRARY_PATH")
"""What the other process sees of the environment: no settings of ours."""


class NotDrawn(Exception):
    """A picture cannot be drawn as a PNG."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """A picture that was laid out.

    Attributes:
        svg: with presentation attributes only: no style, no script, no reference to anything outside.
        words: the same in words, a line for each thing that is shown: for screen readers, captions and papers.
        width, height: of the drawing in points; a PNG keeps their proportion.
    """

    svg: str
    words: str
    width: float
    height: float

    def png(self, width: int = WIDTH) -> bytes:
        """Return the picture as a PNG so many points wide; see :func:`png`."""
        return png(self.svg, width)


def png(svg: str, width: int = WIDTH) -> bytes:
    """Return a picture's SVG as a PNG, the same bytes each time. It waits for another process: call it in a thread.

    Raises:
        NotDrawn: it cannot be drawn.
    """
    wanted = {"width": width, "fonts": [*fonts.ours(), *fonts.rare([svg])], "family": fonts.FAMILY}
    return pressed(json.dumps(wanted).encode() + b"\n" + svg.encode())


def pressed(given: bytes) -> bytes:
    """Return what the other process makes of what ``press.py`` reads.

    Raises:
        NotDrawn: it makes nothing of it.
    """
    try:
        done = subprocess.run(  # noqa: S603 - our own file, and what is drawn comes by stdin
            [sys.executable, "-I", _PRESS], input=given, capture_output=True, timeout=SECONDS, check=False,
            env={name: os.environ[name] for name in _KEPT if name in os.environ},
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired) as problem:
        raise NotDrawn(f"the picture was not drawn: {problem}"[:500]) from problem
    if done.returncode or not done.stdout:
        raise NotDrawn(f"the picture was not drawn: {done.stderr.decode(errors='replace')[-400:]}")
    return done.stdout
