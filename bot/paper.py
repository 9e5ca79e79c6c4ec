"""An official paper as what it says, part by part; how it is laid out on the page is ``bot.exchange.paper``.

The parts are those of GB/T 9704-2012 (党政机关公文格式): 标题, 主送机关, 正文 with its levels, 附件说明, 发文机关署名,
成文日期, 附注, 附件. Copy number, secrecy and urgency are the office's matter: nothing here can fill them in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; its number (一、 （一） 1. （1）) follows from its place.

    Attributes:
        level: 1 to 4.
    """

    text: str
    level: int = 1


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the text.

    Attributes:
        indented: by two characters, as every paragraph is but those that begin at the margin.
    """

    text: str
    indented: bool = True


@dataclass(frozen=True, slots=True)
class Table:
    """A table over the width of the text.

    Attributes:
        shares: of the width, a column each.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture.

    Attributes:
        words: the same in words, for who cannot see it. caption: what stands under it.
    """

    png: bytes
    words: str
    caption: str


Block = Heading | Paragraph | Table | Picture


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is enclosed, on pages of its own."""

    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Paper:
    """An official paper.

    Attributes:
        title: in pieces that a line keeps together where it can (``关于``, the place, the event, ``的首报``).
        to: whom it is addressed to, by name.
        signed_by: the unit that issues it. dated: when, in local time.
        note: as to be read beside it (联系人, 联系电话).
        mark: stands first and last on every page (【演练】).
        blank_head: lines for copy number, secrecy and urgency are left empty above the title.
    """

    title: tuple[str, ...]
    blocks: tuple[Block, ...]
    to: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    signed_by: str = ""
    dated: date | None = None
    note: str = ""
    mark: str = ""
    blank_head: bool = False


def text_of(paper: Paper) -> str:
    """Return all words of a paper, a block or row a line."""
    enclosed = [(line for block in item.blocks for line in _lines(block)) for item in paper.attachments]
    titles = [item.title for item in paper.attachments]
    lines = ["".join(paper.title), *paper.to, *(line for block in paper.blocks for line in _lines(block))]
    lines += [line for title, below in zip(titles, enclosed, strict=True) for line in (title, *below)]
    return "\n".join(filter(None, (*lines, paper.signed_by, paper.note)))


def _lines(block: Block) -> tuple[str, ...]:
    match block:
        case Table():
            return tuple("\t".join(row) for row in (block.head, *block.rows))
        case Picture():
            return (block.caption,)
        case _:
            return (block.text,)
