"""Where a clause stands in the official text of a plan, which an installation keeps beside the program.

The text is as it comes out of a web page or PDF: lines broken anywhere, blank lines between them, a table of contents,
perhaps other documents before and after. The headings are found by the clause numbers and titles of the plan file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from plans.model import Plan

_NUMERALS = "一二三四五六七八九十"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ANNEX = "附件"
_DOTTED = re.compile(r"\d+(?:\.\d+)*")
_CHINESE = re.compile(rf"[{_NUMERALS}]+")
_ITEM = re.compile(r"\((\d+|[" + _NUMERALS + r"]+)\)")
_ENDS = "。；：！？!?;:|》"
_MARKS = re.compile(rf"\(\d+\)|[{_CIRCLED}]")
_ROW = 8
"""A row of a table is broken into no more lines than so many."""
_TITLE = 4
"""So many characters of a title must agree, since sources and plan files differ in the rest."""


_LEFT_OUT = re.compile(r"…+|\.{3,}")
_SIGNS = re.compile(r"[^\w%‰℃]+")
_DOTTED_HEADING = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})[.、 ]?([^\W\d_][^。；;，,]{1,29})$")
_CHINESE_HEADING = re.compile(rf"([{_NUMERALS}]+)、([^\W\d_][^。；;，,]{{1,29}})$")


@dataclass(frozen=True)
class _Heading:
    clause: str
    line: int


class OfficialText:
    """The official text of one plan.

    Args:
        plan: its clauses give the headings to look for.
        text: as attached.
    """

    def __init__(self, plan: Plan, text: str) -> None:
        self._lines = [_plain(line) for line in text.splitlines()]
        self._shown = [line.strip() for line in text.splitlines()]
        self._headings = _best(plan, self._lines)
        self._at = {item.clause: number for number, item in enumerate(self._headings)}

    @property
    def found(self) -> tuple[str, ...]:
        """The clauses whose heading was found."""
        return tuple(self._at)

    def section(self, clause: str) -> str | None:
        """Return the text of a clause, broken lines joined, or None where it is not found.

        For an item (``4.3.1(2)``, ``4.3.1 措施(1)``, ``五(四)``, ``4.5.3(1)②``) only the item, where it can be told
        from the rest, be it at the head of a line or within it; for a row of a table (``附件(2)7``) only the row.
        """
        base = next((name for name in _bases(clause) if name in self._at), None)
        if base is None:
            return None
        begin, end = self._bounds(base)
        rest = clause.removeprefix(base)
        for item in _ITEM.finditer(rest):
            second = bool(re.match(r"\s*\w", rest[: item.start()]))
            begin, end = self._item(f"({item.group(1)})", begin, end, 1 if second else 0)
        if base == _ANNEX and (row := re.search(r"\)(\d+)$", rest)):
            begin, end = self._row(int(row.group(1)), begin, end)
        text = _joined(self._shown[begin:end])
        marks = [item for item in _MARKS.findall(rest) if not self._lines[begin].startswith(item)]
        return (_within_lines(text, marks[-1]) if marks else text) or None

    def holds(self, phrase: str, clause: str = "") -> bool:
        """Return whether a phrase stands in the text, or in a clause of it, however its lines and signs are broken.

        ``……`` in the phrase stands for what was left out; the parts must follow each other.
        """
        text = self.section(clause) if clause else "".join(self._lines)
        if text is None:
            return False
        within, at = _letters(text), 0
        for part in _LEFT_OUT.split(phrase):
            sought = _letters(part)
            position = within.find(sought, at)
            if position < 0:
                return False
            at = position + len(sought)
        return True

    def unlisted(self, plan: Plan) -> list[tuple[str, str]]:
        """Return headings of the document that the plan file has no entry for: number and title."""
        if not self._headings:
            return []
        first, last = self._headings[0].line, self._headings[-1].line
        style = _DOTTED_HEADING if any("." in name for name in self._at) else _CHINESE_HEADING
        titles: dict[str, str] = {}
        followers = _followers(plan.clauses)
        numbered = {match[0] for line in self._lines[first:] if (match := _DOTTED.match(line)) is not None}
        for at, line in enumerate(self._lines[first : last + _FARTHEST], first):
            match = style.match(line)
            if match is None:
                continue
            if at > last and match[1] in ("1", "1.1", "一"):
                break  # another document begins
            parent = match[1].rpartition(".")[0]
            follows = match[1] in followers and (not match[1].isdecimal() or f"{match[1]}.1" in numbered)
            if match[1] not in plan.clauses and (parent in plan.clauses or follows):
                titles.setdefault(match[1], match[2])
        return list(titles.items())

    def _bounds(self, clause: str) -> tuple[int, int]:
        number = self._at[clause]
        begin = self._headings[number].line
        later = (item.line for item in self._headings[number + 1 :] if not _within(item.clause, clause))
        return begin, next(later, len(self._lines))

    def _row(self, number: int, begin: int, end: int) -> tuple[int, int]:
        """Return the row of a table that begins with ``number``; the next one begins with the next number."""
        start = next((line for line in range(begin, end) if _numbered(self._lines[line], number)), None)
        if start is None:
            return begin, end
        later = (line for line in range(start + 1, end) if _numbered(self._lines[line], number + 1))
        return start, next(later, min(end, start + _ROW))

    def _item(self, mark: str, begin: int, end: int, occurrence: int) -> tuple[int, int]:
        starts = [line for line in range(begin, end) if self._lines[line].startswith(mark)]
        if not starts:
            return begin, end
        start = starts[min(occurrence, len(starts) - 1)]
        others = (line for line in range(start + 1, end) if _ITEM.match(self._lines[line]))
        return start, next(others, end)


def _letters(text: str) -> str:
    """Return a text without spaces and punctuation, which sources and plan files set differently."""
    return _SIGNS.sub("", _plain(text))


def _followers(numbers: Iterable[str]) -> set[str]:
    """Return the numbers that come next after those of whole chapters: 7 after 6, 八 after 七."""
    following = set()
    for number in numbers:
        if number.isdecimal():
            following.add(str(int(number) + 1))
        elif number in _NUMERALS[:-1]:
            following.add(_NUMERALS[_NUMERALS.index(number) + 1])
    return following


def _numbered(line: str, number: int) -> bool:
    return re.match(rf"{number}(?!\d)", line) is not None


def _within_lines(text: str, mark: str) -> str:
    """Return an item that stands within its line, up to the next of its kind, or the whole where it is not found."""
    plain = unicodedata.normalize("NFKC", mark) if mark[0] not in _CIRCLED else mark
    sign = next((form for form in (mark, plain, f"（{plain[1:-1]}）") if form in text), None)
    if sign is None:
        return text
    begin = text.index(sign)
    if mark in _CIRCLED:
        following = _CIRCLED[_CIRCLED.index(mark) + 1 :][:1]
    else:
        number = mark[1:-1]
        following = f"{sign[0]}{int(number) + 1}{sign[-1]}" if number.isdigit() else ""
    end = text.find(following, begin) if following else -1
    return text[begin : end if end > 0 else None].strip()


def _plain(line: str) -> str:
    return re.sub(r"[\s　*#]+", "", unicodedata.normalize("NFKC", line))


def _bases(clause: str) -> list[str]:
    """Return the clause itself and what it lies in, the nearest first: 4.3.1(2), 4.3.1, 4.3, 4."""
    names = [clause]
    if clause.startswith(_ANNEX):
        names.append(_ANNEX)
    head = _DOTTED.match(clause) or _CHINESE.match(clause)
    if head is not None:
        number = head.group()
        names.append(number)
        while "." in number:
            number = number.rsplit(".", 1)[0]
            names.append(number)
    return list(dict.fromkeys(names))


def _within(clause: str, other: str) -> bool:
    return clause.startswith(other) and clause[len(other) : len(other) + 1] in (".", "(", " ", "")


def _best(plan: Plan, lines: list[str]) -> list[_Heading]:
    """Return the headings of the stretch that holds most of them; of equal ones the last: contents come first."""
    wanted = [
        (name, _plain(item.title))
        for name, item in plan.clauses.items()
        if _DOTTED.fullmatch(name) or _CHINESE.fullmatch(name) or name == _ANNEX
    ]
    if not wanted:
        return []
    candidates = {name: [i for i, line in enumerate(lines) if _heads(line, name, title)] for name, title in wanted}
    for name, places in candidates.items():
        # A clause without a title of its own: the plan file gave it one, the source goes on with its sentence.
        if not places and "." in name:
            places += [i for i, line in enumerate(lines) if _begins(line, name)]
    starts = {line for name, _ in wanted[:3] for line in candidates[name]}
    best: list[_Heading] = []
    for start in sorted(starts):
        chain = _chain(wanted, candidates, start)
        if len(chain) >= len(best):
            best = chain
    return best


def _chain(wanted: list[tuple[str, str]], candidates: dict[str, list[int]], start: int) -> list[_Heading]:
    chain: list[_Heading] = []
    at = start
    for name, _ in wanted:
        line = next((item for item in candidates[name] if item >= at), None)
        if line is not None and (not chain or line - at < _FARTHEST):
            chain.append(_Heading(name, line))
            at = line + 1
    return chain


_SHORT = 30
"""A first line of a clause shorter than this is its heading."""

_FARTHEST = 600
"""A heading farther than so many lines from the last one belongs to another document."""


def _begins(line: str, number: str) -> bool:
    return line.startswith(number) and line[len(number) : len(number) + 1] not in (".", "", *"0123456789")


def _heads(line: str, number: str, title: str) -> bool:
    if number == _ANNEX:
        return line == _ANNEX
    if not line.startswith(number) or len(line) > 60:
        return False
    rest = line[len(number) :].lstrip("、.．:：")
    if not rest or rest[0].isdigit():
        return False
    return title[:_TITLE] in rest or rest[:_TITLE] in title


def _joined(lines: list[str]) -> str:
    """Return paragraphs: a line that ends in the middle of a sentence goes on in the next one."""
    text = ""
    for number, line in enumerate(item for item in lines if item):
        starts = bool(re.match(r"[(（]|\d+[.、．]|[" + _NUMERALS + r"]、", line))
        headed = number == 1 and len(text) < _SHORT and not text.startswith(("(", "（"))
        if text and (headed or starts or text[-1] in _ENDS):
            text += "\n"
        text += line
    return text
