"""A clause that denies a harm of everybody, put in the words that every reader knows: 没有人不治身亡 is 没有人死亡.

Who is spoken of before, and how many, has no part in it: 7人受伤，要命的一个没有 tells of nobody dead, and of no seven.
Offsets stay as they were: a longer clause is filled up with words that tell of no harm.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from itertools import islice

from plans.intake.lexicon import alternatives
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.replacing import FILL
from plans.intake.tokens import Token, tokenise

_PUT = {
    "dead": ("没死人", "没有死人", "没有人死亡"),
    "serious": ("无重伤", "没有重伤", "没有人重伤"),
    "missing": ("无失联", "没有失联", "没有人失联"),
    "trapped": ("无被困", "没有被困", "没有人被困"),
    "hurt": ("无人受伤", "没有人受伤"),
    "danger": ("无生命危险", "没有生命危险"),
}
"""How a denial is put, from the shortest; that nobody broke a bone (``wound``) denies no hurt, and is left out."""
_KINDS = (*_PUT, "wound", "ill")
_PADS = ("", "暂", "目前", "到现在", "截至目前")
_MOST = 24
"""Denials of a text that are put so."""
_NOBODY = lazy(r"[人谁哪个的者都均全零]|[出发][现生]|造成")
"""没受伤 is said of whom the text spoke of last, 没有人受伤 of everybody."""


def _harm() -> str:
    return "|".join(f"(?P<{kind}>{alternatives('denied', kind)})" for kind in _KINDS)


def _source(way: Sequence[str]) -> str:
    """A clause made of harms and of words of the table, in this order."""
    told = "".join(f"(?:{_harm() if part == 'harm' else alternatives('denied', part)})" for part in way)
    return rf"(?:(?<=[,。;!?:\n(])|^)(?:{alternatives('denied', 'lead')})?{told}(?=[,。;!\n)]|$)"


_OF_SOMEBODY = {
    "hurt": ("没受伤", "没有受伤"),
    "trapped": ("没被困", "没有被困"),
    "missing": ("没失联", "没有失联"),
    "ill": ("没事",),
}
"""How it is put of somebody (司机没挂彩); that he is not dead, or not gravely hurt, leaves open what befell him."""
_WAYS = (("deny", "harm", "rest"), ("one", "harm", "not"), ("harm", "behind"), ("harm", "none"))
"""没有人身亡; 一个重的都没有; 要命的一个没有; 死亡:无."""
_PATTERNS = tuple(lazy(partial(_source, way)) for way in _WAYS)


def _source_of_him() -> str:
    """Behind somebody: 没遇难, 都没受啥伤, 并没有卡住."""
    told = f"(?:{alternatives('denied', 'of')})(?:{_harm()})(?:{alternatives('denied', 'rest')})"
    return rf"(?<=[\u4e00-\u9fa5\d{FILL}])(?<![有没不无]){told}(?=[,。;!\n)]|$)"


_OF_HIM = lazy(_source_of_him)


def as_denied(text: str) -> str:
    """Normalised text with such clauses put plainly.

    >>> as_denied("面包车翻了,7人受伤,要命的一个没有")
    '面包车翻了,7人受伤,目前没有人死亡'
    """
    for way, pattern in zip(_WAYS, _PATTERNS, strict=True):
        for match in islice(pattern.finditer(text), _MOST):
            text = text[: match.start()] + _put(match, general=way[0] != "deny") + text[match.end() :]
    return _OF_HIM.sub(_put_of_him, text, count=_MOST)


_WELL_KNOWN = frozenset("死 死人 死亡 死的 伤 受伤 伤着 伤到 被困 失联 失踪".split())
"""What every reader knows how to deny, of somebody and of all."""
_DENIES = lazy(r"[没无未]")


def _put_of_him(match: re.Match[str]) -> str:
    kind = next(kind for kind in _KINDS if match[kind])
    clause = match.string[max(match.string.rfind(mark, 0, match.start()) for mark in ",。;!?:\n(") + 1 : match.start()]
    rare = kind == "dead" and "未" in match[0]
    if (match[kind] in _WELL_KNOWN and not rare) or _DENIES.search(clause):
        return match[0]
    ways = [way for way in _OF_SOMEBODY.get(kind, ()) if len(way) <= len(match[0])]
    if not ways:
        return match[0] if kind in _OF_SOMEBODY else FILL * len(match[0])
    return "都" * (len(match[0]) - len(ways[-1])) + ways[-1]


def _put(match: re.Match[str], *, general: bool) -> str:
    said = match[0]
    kind = next(kind for kind in _KINDS if match[kind])
    if kind == "ill":
        return said
    if kind == "wound":
        return FILL * len(said)
    ways = [way for way in _PUT[kind] if len(way) <= len(said)]
    if not ways or (kind == "hurt" and not general and _NOBODY.search(said) is None):
        return said
    rest = len(said) - len(ways[-1])
    return _PADS[-1] * (rest // 4) + _PADS[rest % 4] + ways[-1]


_FACT = {
    "dead": "deaths",
    "serious": "serious_injuries",
    "missing": "missing",
    "trapped": "trapped",
    "hurt": "injuries",
}
_TELLS = {
    "dead": frozenset(("dead",)),
    "serious": frozenset(("serious", "critical", "grave")),
    "missing": frozenset(("missing",)),
    "trapped": frozenset(("trapped",)),
    "hurt": frozenset(("hurt", "wound", "light", "serious", "critical", "grave", "faint", "hospital", "ill")),
}
"""Words of harm that tell of somebody after all."""
_SAID = lazy(
    rf"(?:(?<=[,。;!?:\n(])|^)(?:{'|'.join(_PADS[1:])})*"
    rf"(?:{'|'.join(f'(?P<{kind}>{chr(124).join(ways)})' for kind, ways in _PUT.items())})(?=[,。;!\n)]|$)"
)


def none_at_all(heard: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts; a harm that is denied of everybody, and of which nothing else tells, befell nobody.

    Args:
        heard: masked text, in which denials are put plainly.
        facts: as they would be shown.
    """
    told = dict(facts)
    spans = [(match.span(), next(kind for kind in _PUT if match[kind])) for match in _SAID.finditer(heard)]
    if not spans:
        return told
    tokens = tokenise(heard)
    for span, kind in spans[:_MOST]:
        fact = _FACT.get(kind, "")
        found = told.get(fact)
        if not fact or (found is not None and not found.unknown):
            continue
        if any(token.kind in _TELLS[kind] and not _within(token, spans) for token in tokens):
            continue
        told[fact] = Found(at_least=0, at_most=0, stated=0, text=heard[slice(*span)], span=span)
    return told


def _within(token: Token, spans: Sequence[tuple[Span, str]]) -> bool:
    return any(low <= token.start < high for (low, high), _ in spans)
