"""Several people counted, then each told of: 俩人，一个没了，另一个擦破皮 are 1 dead and 1 hurt, not 2 of either.

Only what comes out even is read so: the parts are as many as were counted, and of each it is said how he fared.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice

from plans.intake.numerals import Number, numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found, Span
from plans.intake.stepping import HELPERS
from plans.intake.tokens import tokenise

_N = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3}|[俩仨])"
_WHOLE = lazy(
    rf"(?<![第、\d一二三四五六七八九十])(?P<n>{_N})(?:个人|[个人名位]|(?<=[俩仨]))(?:人|学生|工人|孩子|老人)?",
    sparse=True,
)
_PART = lazy(
    r"(?:^|(?<=[,;、:]))(?:其中|里头|里面|当中)?(?:有|另外?有?|还有|剩下?的?|其[余他]的?|余下的?|头|前|后)?(?:的)?"
    rf"(?P<n>{_N})(?:个|人|名|位|(?<=[俩仨]))|(?:^|(?<=[,;、:]))(?P<rest>其[余他]的?|剩下的?|余下的?|别的)(?=[^\d,。;]{{1,12}})",
    sparse=True,
)
_DEAD = lazy(
    r"没了|(?<!没)(?<!未)死|没气|断气|断了气|不行了|咽气|遇难|身亡|没救过来|没挺|没抢救|没(?:了)?(?:心跳|呼吸)|凉了",
    sparse=True,
)
_WENT = lazy(r"(?:医院|送医|抢救|病房|ICU)[^,。;]{0,8}走了")
_SAFE = lazy(r"没(?:受)?伤|没事|好好的|平安|无恙|没什么|没啥")
_KINDS = {
    "dead": "deaths",
    "missing": "missing",
    "trapped": "trapped",
    "ill": "ill",
    **dict.fromkeys(("hurt", "wound", "light", "faint", "serious", "critical", "grave"), "injuries"),
}
_ORDER = ("deaths", "missing", "trapped", "injuries", "ill")
_SHARED_OUT = ("", "injuries", "ill")
"""Fates of a whole that its parts may better or worsen; the dead, the missing and the trapped are counted beside."""
_PIECE = lazy(rf"(?:其中|里头|里面|当中)?有?(?:{_N}个(?!人)|[俩仨])")
"""4人死亡，两人重伤，两人轻伤 are beside each other; of 捅了四个，有一个没了 the second is of the first."""
_SENTENCE = lazy(r"[^。!?\n]+")
_ENOUGH = 12
"""Sentences and wholes that are looked at, so that a hostile text stays cheap."""


@dataclass(frozen=True)
class _Part:
    many: int
    span: Span
    fate: str  # a fact, "safe", or "" where nothing was understood


_WHEREABOUTS = ("injuries", "ill")
"""Whoever is told to be so has been seen."""


def shared(text: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts with those of sentences that tell of each of several people.

    Args:
        text: normalised text, masked.
        facts: as they were read by word and number.
    """
    told = dict(facts)
    for sentence in islice(_SENTENCE.finditer(text), _ENOUGH):
        low, high = sentence.span()
        whole = next(_wholes(text, low, high), None)
        if whole is None:
            continue
        many, base, parts = whole
        inside = {
            name for name, found in told.items() if found.span[0] >= low and found.span[1] <= high and name in _ORDER
        }
        if len(inside) != len([name for name in told if name in _ORDER]):
            continue  # another sentence tells of others
        if not all(part.fate for part in parts):
            continue
        if base in _WHEREABOUTS and any(part.fate in ("trapped", "missing") for part in parts):
            continue  # 7个受伤，2个重伤，5个被困: others are trapped, though it comes out even
        sums: dict[str, list[_Part]] = {}
        for part in parts:
            if part.fate != "safe":
                sums.setdefault(part.fate, []).append(part)
        if base == "ill" and "injuries" in sums:
            continue
        for name in inside - sums.keys():
            if told[name].at_least and not told[name].unknown:
                del told[name]
        for name, of in sums.items():
            told[name] = _joined(text, told.get(name), of, many)
    return told


def _wholes(text: str, low: int, high: int) -> Iterator[tuple[int, str, list[_Part]]]:
    """A number of people, how they fared, and the parts behind it that come to it."""
    for match in islice(_WHOLE.finditer(text, low, high), _ENOUGH):
        number = _exact(match["n"])
        end = min((at for mark in ",;:" if (at := text.find(mark, match.end(), high)) >= 0), default=high)
        if number is None or number < 2 or end >= high:
            continue
        start = max(text.rfind(mark, low, match.start()) for mark in ",;:") + 1 or low
        base = _fate(text[start:end])
        parts = _parts(text, end + 1, high, number, base) if base in _SHARED_OUT else []
        if parts and _PIECE.match(text, parts[0].span[0]):
            yield number, base, parts


def _parts(text: str, low: int, high: int, many: int, base: str) -> list[_Part]:
    found = []
    matches = list(islice(_PART.finditer(text[low:high]), _ENOUGH))
    left = many
    for at, match in enumerate(matches):
        number = _exact(match["n"]) if match["n"] else left
        if number is None or number < 1:
            return []
        stop = matches[at + 1].start() if at + 1 < len(matches) else high - low
        words = _own(text[low + match.start() : low + stop], match.end() - match.start())
        if _WHOLE.search(words, match.end() - match.start()):
            return []  # 2个叫不醒，送医后1个走了: a part with parts of its own
        found.append(
            _Part(number, (low + match.start(), low + stop), _fate(words) or (base if base != "deaths" else ""))
        )
        left -= number
        if left <= 0:
            break
    return found if left == 0 and len(found) >= 2 else []


def _own(words: str, at: int) -> str:
    """What is told of a part, up to a clause of people who help (派出所来了三个民警)."""
    helpers = HELPERS.search(words, at)
    return (
        words
        if helpers is None
        else words[: max((words.rfind(mark, at, helpers.start()) for mark in ",;"), default=-1)]
    )


def _fate(words: str) -> str:
    if _DEAD.search(words) or _WENT.search(words):
        return "deaths"
    kinds = {token.kind for token in tokenise(words)}
    told = {_KINDS[kind] for kind in kinds if kind in _KINDS}
    fate = next((name for name in _ORDER if name in told), "")
    return fate or ("safe" if "safe" in kinds or _SAFE.search(words) else "")


def _joined(text: str, known: Found | None, parts: list[_Part], many: int) -> Found:
    total = sum(part.many for part in parts)
    span = parts[0].span[0], parts[-1].span[1]
    while span[1] > span[0] and text[span[1] - 1] in ",;、: ":
        span = span[0], span[1] - 1
    new = Found(at_least=total, at_most=total, stated=total, text=text[span[0] : span[1]], span=span)
    if known is None or known.unknown or (known.at_least or 0) >= many:
        return new
    if (known.at_least, known.at_most) == (total, total):
        return known
    return replace(known, confidence=min(known.confidence, 0.5))


def _exact(word: str) -> int | None:
    number: Number | None = next(numbers(word), None)
    return int(number.low) if number is not None and number.low == number.high else None
