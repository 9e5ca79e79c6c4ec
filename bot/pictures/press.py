"""Draws one SVG as a PNG, in a process of its own: drawing takes a processor for half a second and lets nobody else in.

It is run as a file, so that it begins at once: it knows nothing of the program. From stdin comes a line of JSON with
``width`` and ``fonts``, then the SVG; the PNG goes to stdout.
"""

import contextlib
import json
import os
import sys


def main() -> None:
    """Draw what stdin holds."""
    import resvg_py

    with contextlib.suppress(OSError, AttributeError):
        os.nice(5)
    wanted, svg = json.loads(sys.stdin.buffer.readline()), sys.stdin.buffer.read().decode()
    drawn = resvg_py.svg_to_bytes(
        svg_string=svg, width=wanted["width"], font_files=wanted["fonts"], skip_system_fonts=True,
        font_family=wanted["family"],
    )  # fmt: skip
    sys.stdout.buffer.write(bytes(drawn))


if __name__ == "__main__":
    main()
