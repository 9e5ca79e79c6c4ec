"""Of those hurt or ill some died, and the text tells how many are left: 热倒四个，黄大爷没了呼吸，剩那三个在挂水."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from plans.intake.numerals import numbers
from plans.intake.patterns import lazy
from plans.intake.reading import Found

_N = r"(?:\d{1,4}|[一二两三四五六七八九十俩仨]{1,3})"
_REST = lazy(
    rf"(?:剩下?|其[余他它]|余下|另外|另|(?<=[,。; ])后)(?:的|那|这|还有)?(?P<n>{_N})"
    r"(?:[个名人位口]|(?<=[俩仨]))(?![包车厂村房屋井月小])"
)
_FORMAL = lazy(r"中毒|无效|去世|[没未]能|不治|死亡")
"""Words of a bulletin, in which those who died of an illness are counted among the ill."""
_INCLUDED = lazy(
    r"(?:死的|死者|没了的|走了的|遇难的)[^,。;!?\n]{0,5}?(?:也|都|就|已)?(?:算|包括|包含|含|是)?"
    rf"在(?:那|这|上面)?(?P<n>{_N})[个人名](?:伤[员者])?(?:里|之内|以内|当中|之中)"
)


def without_the_dead(text: str, facts: Mapping[str, Found]) -> dict[str, Found]:
    """The facts, of which the hurt and the ill count nobody who died, where the text says how many that leaves.

    Args:
        text: normalised and masked.
        facts: as read.
    """
    told = dict(facts)
    dead = _exactly(told.get("deaths"))
    for name in ("ill", "injuries"):
        found, many = told.get(name), _exactly(told.get(name))
        if found is None or not dead or not many or many <= dead:
            continue
        if name == "ill" and _FORMAL.search(text):
            continue
        if not _is_whole(text, found, told["deaths"], many, many - dead):
            continue
        left = many - dead
        told[name] = replace(found, at_least=left, at_most=left, stated=left)
    return told


def _is_whole(text: str, found: Found, dead: Found, many: int, left: int) -> bool:
    """Whether the dead are counted among so many."""
    included = _INCLUDED.search(text)
    if included is not None and _value(included["n"]) == many:
        return True
    if found.span[0] >= dead.span[0]:
        return False
    return any(_value(rest["n"]) == left for rest in _REST.finditer(text, dead.span[0]))


def _exactly(found: Found | None) -> int | None:
    if found is None or found.unknown or found.at_least is None or found.at_least != found.at_most:
        return None
    return int(found.at_least)


def _value(words: str) -> int | None:
    number = next(numbers(words), None)
    return int(number.low) if number is not None and number.low == number.high else None
