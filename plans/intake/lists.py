"""A list of like units with their numbers is told as one clause: 一班4人发烧、二班2人 becomes 发病6人, at its place.

Only what is a list beyond doubt is put so: each entry is a unit and its numbers and nothing else, and the harm stands
in the entries, before them (受伤的：), behind them (都是中毒的) or in a total that they come to. Looser ones are left
to `plans.intake.adding`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from plans.intake.list_entries import (
    CLAUSE_ENDS,
    ENDS,
    HOSPITAL,
    NAME,
    WORDS,
    Figure,
    entry_at,
    figures_at,
    plus,
    written,
)
from plans.intake.numerals import HEADS
from plans.intake.patterns import lazy
from plans.intake.reading import Span
from plans.intake.replacing import FILL
from plans.intake.tokens import word_at
from plans.intake.words import CASUALTY

_FIGURE = lazy(f"[{''.join(sorted(HEADS))}]")
_LEAD = lazy(r"其?中|造成|导致|致|里面|里头|目前|现场|现在|在|是|为|有|报")
"""What a name seems to begin with, and does not (其中一车间)."""
_REST = lazy(
    r"(?:其他|其它|其余|别的|剩下的?)(?:班|楼|车|车间|村|地方|几个)?(?:都|均)?(?:没有|没事|无|正常)(?=[,、;。!?\n)]|$)"
)
_SUM = lazy(r"[,、;:。 ]{0,2}(?:一共|总共|共计|合计|总计|加起来|加一起|全部|累计|共)(?:是|有|为)?")
_HEAD_END = lazy(r"(?:的|人数|人员|情况|名单|分布)*(?::| |\n)$")
_LINK = lazy(r"(?:,|:|;|。|\()?(?:其中|分别是|分别为|里面|里头|包括|含)?:?$")
_TAIL = lazy(r"[,、; ]{0,2}(?:全部|全|都|均|统统)(?:是|为|系)?")
_SAYS = lazy(r"[伤病毒吐烧泻死疼痛晕症]")
_IN_LINE, _LINE = frozenset(",、;"), frozenset("\n")
_APART = frozenset("。 ")
"""Marks behind which an entry must have a name that is known."""
_MARKS = _IN_LINE | _LINE | _APART
ENOUGH = 24
"""Entries of a list that are read."""
_LISTS = 8
"""Lists that are read: no report has more."""
_MANY = 48
_NAME_REACH = 24
"""Characters before a list in which its head begins."""


@dataclass
class _List:
    """Entries that follow each other, from where to where, behind the same mark (``,``: also ``、`` and ``;``)."""

    start: int
    end: int
    mark: str = ""
    entries: list[tuple[str, tuple[Figure, ...]]] = field(default_factory=list)


@dataclass(frozen=True)
class Listed:
    """A list that was put as one clause: where it stood, and whether its numbers contradict each other."""

    span: Span
    doubtful: bool = False


def listed(text: str, category: str | None) -> tuple[str, list[Listed]]:
    """Return the text with each list as one clause, offsets as they were, and where they stood."""
    found: list[Listed] = []
    chars: list[str] | None = None
    for run in islice(_runs(text), _LISTS):
        told = _told(text, run, category)
        if told is None:
            if ragged := _ragged(text, run):
                found.append(Listed(ragged, True))
            continue
        clause, (low, high), doubtful = told
        if len(clause) > high - low:
            continue
        chars = chars or list(text)
        chars[low:high] = FILL * (high - low - len(clause)) + clause
        found.append(Listed((low, high), doubtful))
    return ("".join(chars) if chars is not None else text), found


def _runs(text: str) -> Iterator[_List]:
    """Entries that stand side by side, two at least."""
    if sum(1 for _ in islice(_FIGURE.finditer(text), 2)) < 2:
        return
    at = 0
    for _ in range(_MANY):
        name = NAME.search(text, at)
        if name is None:
            return
        lead = _LEAD.match(text, name.start())
        run = _run(text, lead.end() if lead and NAME.match(text, lead.end()) else name.start())
        if run is not None and sum(1 for entry in run.entries if entry[1]) >= 2:
            yield run
            at = run.end
        else:
            at = name.end()


def _run(text: str, start: int) -> _List | None:
    run: _List | None = None
    at = start
    while run is None or len(run.entries) < ENOUGH:
        rest = _REST.match(text, at) if run is not None else None
        if run is not None and rest is not None:
            run.end = rest.end()
        else:
            entry = entry_at(text, at, known=run is None or text[at - 1] in _APART)
            if entry is None:
                break
            name, figures, end = entry
            if run is not None and _is_hospital(name) != _is_hospital(run.entries[0][0]):
                break  # 食堂7人腹痛，县医院2人: where they lie is no other unit
            run = run or _List(start, end)
            run.entries.append((name, figures))
            run.end = end
        mark = text[run.end : run.end + 1]
        mark = "," if mark in _IN_LINE else mark
        if mark not in _MARKS or (run.mark not in ("", mark) and len(run.entries) > 1):
            break
        run.mark = mark
        at = run.end + 1
    return run


def _is_hospital(name: str) -> bool:
    return HOSPITAL.search(name) is not None


def _told(text: str, run: _List, category: str | None) -> tuple[str, Span, bool] | None:
    """The clause, what it stands for, and whether it is doubtful; None where no harm is told."""
    low, high = run.start, run.end
    kinds = list(dict.fromkeys(figure.kind for _, figures in run.entries for figure in figures))
    bare = "" in kinds
    harms = [kind for kind in kinds if kind]
    total: dict[str, Figure] = {}
    doubtful = False
    if bare and (len(harms) > 1 or any(len(figures) > 1 for _, figures in run.entries)):
        return None
    kind = harms[0] if harms else ""
    if bare and not harms:
        before = _before(text, low)
        if before is not None:
            kind, low, figure = before
            if figure is not None:
                total[kind] = figure
        else:
            behind = _behind(text, high)
            if behind is not None:
                kind, high = behind
            elif all(HOSPITAL.match(name) for name, _ in run.entries) and (category or _SAYS.search(text)):
                kind = "hospital"
    if bare and not kind:
        total_behind = _SUM.match(text, high)
        body = figures_at(text, total_behind.end()) if total_behind else None
        if body is None or len(body[0]) != 1 or not body[0][0].kind:
            return None
        kind = body[0][0].kind
    sums: dict[str, Figure] = {}
    if harms and (before := _before(text, low)) is not None and before[0] in kinds:
        _, low, figure = before
        total = {before[0]: figure} if figure is not None else total  # 16人失联，一组失联8人，二组失联7人
        high += text[high : high + 1] == ")" and "(" in text[low : run.start]
    names: set[tuple[str, str]] = set()
    for name, figures in run.entries:
        for figure in figures:
            of = figure.kind or kind
            doubtful = doubtful or (name, of) in names
            names.add((name, of))
            sums[of] = plus(sums.get(of), figure, of)
    summed = _SUM.match(text, high)
    body = figures_at(text, summed.end()) if summed else None
    if body is not None:
        figures, end = body
        if len(figures) == 1 and not figures[0].kind and len(sums) == 1:
            figures = (Figure(next(iter(sums)), figures[0].low, figures[0].high),)
        if all(figure.kind in sums for figure in figures):
            total |= {figure.kind: figure for figure in figures}
            high = end
        else:
            doubtful = True
    elif summed is not None:
        doubtful = True
    beside = _neighbour(text, run)
    if beside is not None and (beside[0] < low if beside[0] < run.start else high == run.end):
        return None
    parts = []
    for of, figure in sums.items():
        said = total.get(of)
        if said is not None and (said.low, said.high) != (figure.low, figure.high):
            part = _of_a_whole(text, run.start) and figure.high is not None and figure.high < said.low
            if part:
                figure = said
            else:
                doubtful = True
                top = None if said.high is None or figure.high is None else max(said.high, figure.high)
                figure = Figure(of, min(said.low, figure.low), top)
        parts.append(WORDS[of] + written(figure))
    return ",".join(parts), (low, high), doubtful


_NUMBERED = lazy(r"[\d一二两三四五六七八九十几俩仨廿卅](?:个人|[个人名例]|[,、;\n)]|$)")


def _ragged(text: str, run: _List) -> Span | None:
    """A list beside which, behind the same marks, stands what must be an entry of it and is not understood."""
    piece = _neighbour(text, run)
    if piece is None or any((word := word_at(text, at)) and word.kind in CASUALTY for at in range(*piece)):
        return None
    return min(run.start, piece[0]), max(run.end, piece[1])


def _neighbour(text: str, run: _List) -> Span | None:
    """What stands before or behind a list like an entry of it: a unit with a number."""
    marks = frozenset(run.mark) if run.mark in ("\n", " ") else _IN_LINE
    if text[run.start - 1 : run.start] in marks:
        start = max(text.rfind(mark, max(0, run.start - 30), run.start - 1) for mark in CLAUSE_ENDS) + 1
        if NAME.search(text, start, run.start - 1) and _NUMBERED.search(text, start, run.start - 1):
            return start, run.start - 1
    if text[run.end : run.end + 1] in marks:
        stop = min((at for mark in CLAUSE_ENDS if (at := text.find(mark, run.end + 1)) >= 0), default=len(text))
        name = NAME.match(text, run.end + 1, stop)
        if name is not None and _NUMBERED.search(text, name.end(), stop):
            return run.end + 1, stop
    return None


_PARTS = lazy(r"(?:其中|包括|里面|里头|含)[^,。;\d]{0,2}$")


def _of_a_whole(text: str, at: int) -> bool:
    """The list tells only some of those counted before it."""
    return _PARTS.search(text, max(0, at - 6), at) is not None


def _before(text: str, low: int) -> tuple[str, int, Figure | None] | None:
    """失联的：, or a total with its harm (一共受伤19人，其中): the harm, where it begins, the total."""
    start = max(text.rfind(mark, max(0, low - _NAME_REACH), low) for mark in "。!?\n;") + 1
    start = max(start, low - _NAME_REACH)
    for at in range(start, low):
        if text[at] in ENDS:
            continue
        word = word_at(text, at)
        if word is not None and word.kind in WORDS:
            head = _HEAD_END.match(text[word.end : low]) if word.end < low else None
            if head is not None:
                return word.kind, at, None
        summed = _SUM.match(text, at)
        body = figures_at(text, summed.end() if summed else at)
        if body is not None and len(body[0]) == 1 and body[0][0].kind and body[1] < low:
            if _LINK.fullmatch(text, body[1], low):
                return body[0][0].kind, at, body[0][0]
    return None


def _behind(text: str, high: int) -> tuple[str, int] | None:
    """，都是死亡的."""
    tail = _TAIL.match(text, high)
    word = word_at(text, tail.end()) if tail else None
    if word is None or word.kind not in WORDS:
        return None
    end = word.end + text.startswith("的", word.end)
    return word.kind, end


def whole_of(span: Span, lists: Sequence[Listed]) -> Span:
    """A figure that stands in a list has the words of all of it."""
    low, high = span
    for item in lists:
        if low < item.span[1] and high > item.span[0]:
            low, high = min(low, item.span[0]), max(high, item.span[1])
    return low, high
