"""What a later reading adds to the figures is held against them: nothing sure is lowered, no other harm is added in.

The tally of units and the tree of groups (`plans.intake.tally`, `plans.intake.groups`) fill what the grammar left
silent or asked. Where what they say does not go with what is known already, it stays as it was.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from plans.intake.coming import CAME
from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found
from plans.intake.taking import overlap


@dataclass(frozen=True, kw_only=True)
class Plain(Found):
    """A figure of a text that tells of one after another, each in a clause of his own: it stands as it is."""


_TOTAL = lazy(r"(?:(?:一|总|拢|统)?共|合计|总计)(?:有|是)?(?=[\d一二三四五六七八九十])")
_DENIED = ("deaths", "injuries", "serious_injuries", "ill")
"""That nobody is so is left to the grammar, which knows of whom it is said."""
_OF_THESE = lazy(r"其中|包[括含]|分别|内含")
_FEW = 2
"""So many may well be two and two."""


def borne_out(
    text: str, read: Mapping[str, Found], before: Mapping[str, Found], after: Mapping[str, Found]
) -> dict[str, Found]:
    """The facts after another reading, without what does not go with those before it.

    Args:
        text: normalised and masked.
        read: as the grammar has them.
        before: as they would be shown.
        after: the same, with what another reading says.
    """
    told: dict[str, Found] = {}
    kept = {name: found for name, found in before.items() if name in after}
    for name, new in after.items():
        old = before.get(name)
        if isinstance(new, Plain):
            told[name] = Found(**{part.name: getattr(new, part.name) for part in fields(Found)})
        elif new is old or new.unknown or _goes_with(text, name, read.get(name), kept, new):
            told[name] = new
        elif old is not None:
            told[name] = old
    return told


def _goes_with(text: str, name: str, grammar: Found | None, before: Mapping[str, Found], new: Found) -> bool:
    old = before.get(name)
    many = new.at_least or 0
    others = {
        found.at_least for other, found in before.items() if other != name and found.at_least and not found.unknown
    }
    if old is not None and not old.unknown:
        lowered = name == "serious_injuries" and many < (old.at_least or 0)
        more = many - (old.at_least or 0)
        return not lowered and more not in others and not _are_of_the_scene(text, more)
    if old is not None and _TWICE.search(text):
        return False  # 7人遇难。重复：7人遇难
    if not many:
        return old is not None or name not in _DENIED
    if old is None and any(_is_of(text, found, new) for other, found in before.items() if other != name):
        return False
    if grammar is not None and not grammar.unknown and many < (grammar.at_least or 0):
        return False
    total = _TOTAL.search(text)
    number = next(numbers(text[total.end() : total.end() + 6]), None) if total else None
    listed = total is not None and number is not None and _LIST.match(text, total.end() + number.end)
    if listed and number is not None and old is not None and not others and many < number.low:
        return False  # 合计6人：县医院3个，中医院2个
    return number is None or many <= number.low


_LIST = lazy(r"[人个名位例]?:")
"""Behind a total: those whom it counts follow."""
_TWICE = lazy(r"重复[:：]|再[说报发]一[遍次]|重发|同上")
_SCENE = lazy(
    r"(?:事发时|当时|车上|船上|[楼屋厂店棚]里|现场|值班|当班|在场|[一总]共|投入|出动|调集|疏散|安置|转移|"
    rf"(?:家长|医生|大夫|护士|民?警|队员)[^,。;!?\n\d]{{0,3}}来了?|{CAME})"
    r"[^,。;!?\n\d死伤亡困失埋]{0,6}"
    r"(\d{1,4}|[一二两三四五六七八九十百]{1,4})[个人名位]"
)


def _are_of_the_scene(text: str, many: float) -> bool:
    """楼里有9人, 家长来了6人: so many are told to be there, or to have come, and not to have come to harm."""
    return any(number.low == many for match in _SCENE.finditer(text) for number in numbers(match[1]))


def _is_of(text: str, whole: Found, new: Found) -> bool:
    """死亡20人：3楼十个、2楼10人: what seems another harm is how those of one are spread."""
    many, most = new.at_least or 0, whole.at_least or 0
    if many <= _FEW or many > most:
        return False
    return (
        overlap(whole.span, new.span)
        or _OF_THESE.search(text, whole.span[1], max(whole.span[1], new.span[0]) + 2) is not None
    )
