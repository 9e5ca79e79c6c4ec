"""A picture: what a browser shows, the same as a PNG, and the same in words."""

from __future__ import annotations

from dataclasses import dataclass

from bot.pictures import fonts

WIDTH = 1080
"""Points of a PNG: three to each point of a telephone that is 360 wide."""


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
        """Return the picture as a PNG so many points wide; it takes some hundred milliseconds of a processor.

        Raises:
            ValueError: it cannot be drawn.
        """
        import resvg_py

        files = [*fonts.ours(), *fonts.rare([self.svg])]
        return bytes(
            resvg_py.svg_to_bytes(
                svg_string=self.svg, width=width, font_files=files, skip_system_fonts=True, font_family=fonts.FAMILY
            )
        )
