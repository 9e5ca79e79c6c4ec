"""Clauses with a figure that its writer sets apart: 上礼拜那起死了3个; 晚一分钟就埋了8个; 死7个那是邻县的.

A frame opens a clause (a time, a place, a voice, a fear), closes it, or stands behind it as a clause of its own. Each
is put together (`lexicon/spheres.tsv`) from classes of words (`lexicon/sphere_words.tsv`) and a figure of people: a
new word of a class is understood in every frame. What is of another day, another place or another's voice goes on
to the end of the sentence, or to words that come back to what the writer himself knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import islice

from plans.intake.breaks import clauses
from plans.intake.lexicon import TableError, alternatives, check, rows
from plans.intake.patterns import lazy
from plans.intake.reading import Span, UtteranceKind

_ENOUGH = 60
"""Clauses that are looked at, so that a hostile text stays cheap."""
_C = r"[^,。;!?\n]"
_N = r"(?:\d{1,4}|[一二两三四五六七八九十百几]{1,4}|[俩仨])"
_HARM = (
    r"(?:(?:烧|淹|毒|砸|压|撞|摔|炸|打|闷|冻|电|熏|踩|轧|碾)?(?:死亡?|伤亡)|(?:烧|砸|撞|摔|炸|打|踩|轧|烫|咬|刮|碰)伤|重伤|轻伤|"
    r"埋|压住?|困住?|冲走|卷走|失踪|失联|吐|住院|中毒|遇难|晕倒|被困|发病|落水|感染)"
)
_FIG = rf"(?:{_N}(?:多|来|余)?(?:个|人|名|位|例|口|具|条人)|[俩仨]|(?:{_HARM}|[死伤])(?:了|着|过|进去)?的?{_N})"
_LEAD = (
    r"(?:但是?|可是?|而且?|不过|还有|另外|对了|哦|啊|哎|嗯|就是|也|都|又|说起|说到|想起|想到|记得|看|听|刚|刚才|"
    r"像|跟|和|比|好像|据|其实)*"
)
_FORMS = {
    "fig": _FIG,
    "n": _N,
    "harm": _HARM,
    "lead": _LEAD,
    "is": r"(?:那|这)?(?:个|些|件|条)?(?:都|也|全|就|只|才|可|其实|已经|还)*(?:是|属于?|算|系)",
    "end": r"(?:的?(?:事情?|数字?|旧账|消息|新闻|时候|情况|说法))?(?:了|啦|哈|啊|呀|吧|嘛)?[。!]?$",
}
_Part = tuple[int, int, bool]
"""A clause: start, end, and whether its sentence ends there."""
_Told = tuple[UtteranceKind, Span, str]
_NAME = re.compile(r"<([a-z]+)>")
_UP_TO = re.compile(r"~(\d{1,2})")
_KINDS: tuple[UtteranceKind, ...] = ("past", "reported", "ordered", "supposed", "asked", "rumour")
_PLACES = ("open", "run", "beside", "against", "witnessed", "close", "tag")


def _of(kind: str) -> str:
    return f"(?:{alternatives('sphere_words', kind) or alternatives('utterances', kind)})"


def own_words() -> str:
    """What a clause begins with that comes back to what is so: 现在, 我数了, 现场看到的."""
    return f"(?:{_of('witness')}|{_of('own')}|{alternatives('utterances', 'resume')})"


def written_out(source: str) -> str:
    """The expression of a frame, with classes and forms in the stead of their names.

    Raises:
        KeyError: there is no such class or form.
    """
    source = _NAME.sub(lambda match: _FORMS.get(match[1]) or _class(match[1]), source)
    return _UP_TO.sub(lambda match: f"{_C}{{0,{match[1]}}}?", source)


def _class(name: str) -> str:
    if not alternatives("sphere_words", name) and not alternatives("utterances", name):
        raise KeyError(name)
    return _of(name)


@dataclass(frozen=True)
class _Frame:
    place: str
    kind: UtteranceKind
    pattern: re.Pattern[str]

    @property
    def runs(self) -> bool:
        """Whether it holds what follows in the sentence too."""
        return self.place in ("run", "beside", "against")


@cache
def _frames() -> dict[str, list[_Frame]]:
    found: dict[str, list[_Frame]] = {place: [] for place in _PLACES}
    for row in rows("spheres", 4, 4):
        place, word, source, _ = row.cells
        kind = next((kind for kind in _KINDS if kind == word), None)
        if place not in found or kind is None:
            raise TableError(f"{row.where}: {place!r} and {word!r} are no place and kind of a frame")
        found[place].append(_Frame(place, kind, lazy(partial(written_out, source))))
    return found


def _opening() -> list[_Frame]:
    frames = _frames()
    return [*frames["run"], *frames["beside"], *frames["against"], *frames["open"], *frames["witnessed"]]


def look_over() -> None:
    """Look whether every frame can be used and finds its own example.

    Raises:
        TableError: one cannot.
    """
    _frames()
    for row in rows("spheres", 4, 4):
        try:
            source = written_out(row.cells[2])
        except KeyError as problem:
            raise TableError(f"{row.where}: there is no class {problem}") from None
        check(row, source, row.cells[3])


_OWN = lazy(lambda: rf"{_LEAD}{own_words()}")
_BACK = lazy(lambda: f"{alternatives('utterances', 'verified')}|{alternatives('utterances', 'rumour')}", sparse=True)
"""Within a clause: a voice or another time is no longer spoken of."""
_FIGURE = lazy(_FIG)
_HARMED = lazy(rf"{_HARM}|[死伤断破没困病吐疼]")


_DRILL = lazy(lambda: rf"{_of('drill')}|脚本|剧本|方案", sparse=True)
_HEADING = lazy(lambda: rf"(?:{_of('drill')}|脚本|剧本|内容|背景|情况){_C}{{0,6}}:")
_WITNESS = lazy(lambda: rf"{_LEAD}{_of('witness')}")


def beside_a_drill(text: str) -> bool:
    """Whether a drill is only spoken of beside what is so: 演练方案里写的死3个, 我数了, 伤了2个.

    A drill's own words have a heading, or tell of it in clauses without figures.
    """
    if _HEADING.search(text):
        return False
    parts = list(islice(clauses(text, _ENOUGH), _ENOUGH))
    ordered = [span for kind, span, _ in framed(text) if kind == "ordered"]
    witness = False
    for low, high, _ in parts:
        if any(start <= low < end for start, end in ordered):
            continue
        if _DRILL.search(text, low, high):
            return False
        witness = witness or _WITNESS.match(text, low, high) is not None
    return witness and bool(ordered)


def has_figure(text: str, span: Span) -> bool:
    """Whether a figure of people stands there."""
    return _FIGURE.search(text, *span) is not None


def is_asked(part: str) -> bool:
    """Whether a clause asks for a figure that others tell: 群里问死了12个真的假的."""
    return any(frame.kind == "asked" and frame.pattern.match(part) is not None for frame in _opening())


def framed(text: str) -> Iterator[_Told]:
    """Spans of normalised text that a frame sets apart, with their kind and the words that say so."""
    if _FIGURE.search(text) is None:
        return
    parts = list(islice(clauses(text, _ENOUGH), _ENOUGH))
    for at in range(len(parts)):
        found = _opened(text, parts, at) or _closed(text, parts, at)
        if found is not None:
            yield found


def _opened(text: str, parts: Sequence[_Part], at: int) -> _Told | None:
    low, high, _ = parts[at]
    part = text[low:high]
    for frame in _opening():
        if (match := frame.pattern.match(part)) is None:
            continue
        last = _end(text, parts, at) if frame.runs else at
        end = parts[last][1]
        if _FIGURE.search(text, low, end) and _holds(text, frame, part, [*parts[:at], *parts[last + 1 :]]):
            return frame.kind, (low, end), match[0]
    return None


def _end(text: str, parts: Sequence[_Part], at: int) -> int:
    """The last clause of the sentence that the frame holds: up to where the writer speaks of what he knows himself."""
    while not parts[at][2] and at + 1 < len(parts):
        low, high, _ = parts[at + 1]
        if _OWN.match(text, low, high) or _BACK.search(text, low, high):
            break
        at += 1
    return at


_DAY_BEFORE = lazy(r"大?[昨前][天晚]那")
_DIED_SINCE = lazy(
    rf"(?:今[天早晚儿晨]?|刚才?|现在|凌晨|早上|上午|医院里?|抢救)*(?:又|再)有?(?:{_N}[个人名位])?(?:死|没[了救]|走了|去世|断气|咽气|不治)"
)
"""Somebody more died, and no other event is told of: it is the same one."""
_MORE = lazy(r"又|再|还|新|累计|一共|总共|增")


def _holds(text: str, frame: _Frame, part: str, others: Sequence[_Part]) -> bool:
    """Whether what stands beside a frame bears it out: alone, what befell elsewhere may be the very case.

    Of two days of an illness the writer must tell what he counted himself, and add it to nothing.
    """
    if frame.place == "beside":
        if _DAY_BEFORE.match(part) and any(_DIED_SINCE.match(text, *other[:2]) for other in others):
            return False  # 昨晚那场火伤了2个,今天又死了一个
        return any(_FIGURE.search(text, *other[:2]) for other in others)
    if frame.place in ("against", "witnessed"):
        witness = any(_WITNESS.match(text, *other[:2]) for other in others)
        if frame.place == "witnessed":
            harmed = any(_HARMED.search(text, *other[:2]) for other in others)  # 门卫说死了2个,我数了,是1个
            return witness and harmed and _OWN.match(part) is None
        return witness and not any(_MORE.search(text, *other[:2]) for other in others)
    return True


def _closed(text: str, parts: Sequence[_Part], at: int) -> _Told | None:
    low, high, _ = parts[at]
    part = text[low : min(high + 1, len(text))] if text[high : high + 1] == "?" else text[low:high]
    figure = next(reversed(list(islice(_FIGURE.finditer(part), _ENOUGH))), None)
    for frame in _frames()["close"]:
        if figure is not None:
            if (match := frame.pattern.search(part, figure.end())) is not None:
                return frame.kind, (low, high), match[0]
        elif (match := frame.pattern.match(part)) is not None and frame.kind != "asked":
            return _before(text, parts, at, frame.kind, match[0])
    if figure is None:
        for frame in _frames()["tag"]:
            if (match := frame.pattern.match(part)) is not None:
                return _before(text, parts, at, frame.kind, match[0])
    return None


def _before(text: str, parts: Sequence[_Part], at: int, kind: UtteranceKind, cue: str) -> _Told | None:
    """A clause of its own says it of the figure right before it."""
    if not at or _FIGURE.search(text, *parts[at - 1][:2]) is None:
        return None
    return kind, (parts[at - 1][0], parts[at][1]), cue
