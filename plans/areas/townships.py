"""Townships and streets: what a text calls an area, and which bodies lie in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from plans.areas.body import Body, of_kind
from plans.intake.numerals import normalise
from plans.measures import value_of

_OFFICE = re.compile(r"(?:人民政府|政府)$|(?<=街道)办事处$|(?:党工委|管委会|管理委员会)$")
_OFFICES = 6
"""Characters that stand for the office behind the name of an area, at most."""

_SUFFIX = re.compile(r"(?:街道|[镇乡])$")
_APART = re.compile(r"[、，,;；。/|\s]+|以及|及其|和|与|及")
_WHOLE = re.compile(
    r"(?:(?P<all>全[区县市省国]|(?:各个?|所有)(?:乡镇|镇街|街镇|镇乡|镇|乡|街道))|全[域境])(?:范围|境内|地区|区域)?内?$"
)
"""全区 and 各镇街 mean everything; 全域 behind a name means all of that."""

_STREETS = re.compile(r"(?<=[镇乡])[（(]街道[)）]")
_WITHOUT = re.compile(r"(?:除了?|不含|不包括)(?P<names>[^外]+?)(?:之外|以外|外|[)）]|$)")
_PLACE = re.compile(r"[\u4e00-\u9fff]{1,10}[省市县区旗州]$")
"""A place before 全区: 晋城市城区全区."""

_AND_OTHERS = re.compile(r"等(?P<count>[一二三四五六七八九十两\d]+)?个?(?:乡镇|镇街|街镇|镇|乡|街道|地区|地)")
"""城关镇等三个乡镇: where fewer are named, somebody must say which the others are."""

_REST = re.compile(
    r"^(?:受?影响|范围|地区|区域|境内|全境|全域|全部|部分|局部|大部|大部分|一带|辖区|等|的|内|为|是|在|[：:（()）]"
    r"|[一二三四五六七八九十两\d]+个?(?:乡镇|镇街|镇|乡|街道|地)|乡镇|镇街|街镇|范围内|村|社区|我?[区县市])*$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Areas:
    """What a text says of areas.

    Attributes:
        names: townships and streets that are meant, as the list has them, in its order where all are.
        everything: it said 全区, so that bodies without a township are meant too; ``without`` are not.
        unknown: words that are no township known here; a person must look at them.
    """

    names: tuple[str, ...] = ()
    everything: bool = False
    without: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def area_of(name: str) -> str:
    """Return the area that an office is named after: 河口乡 of 河口乡人民政府, 东街街道 of 东街街道办事处."""
    return _OFFICE.sub("", normalise("".join(name.split())))


@dataclass
class Townships:
    """The townships and streets of a place.

    Args:
        bodies: of the place; their townships, and those that are offices of one, are known by that.
        offices: names of further offices, as a plan has them.
    """

    bodies: Sequence[Body]
    offices: Sequence[str] = ()
    names: tuple[str, ...] = field(init=False)
    _by_name: dict[str, str] = field(init=False, repr=False)
    _longest: int = field(init=False, repr=False)

    def __post_init__(self) -> None:
        full: dict[str, None] = {}
        for name in (*self.offices, *(body.name for body in self.bodies if "镇街" in body.families)):
            full[area_of(name)] = None
        for body in self.bodies:
            if body.township:
                full[area_of(body.township)] = None
        bare: dict[str, list[str]] = {}
        for name in full:
            bare.setdefault(_SUFFIX.sub("", name) or name, []).append(name)
        by_name = {name: name for name in full}
        for short, names in bare.items():
            longer = [name for name in names if name != short]
            if short in full and len(longer) == 1:  # 城关 in one row is 城关镇 in another
                by_name[short] = longer[0]
            elif len(names) == 1 and len(short) > 1:
                by_name[short] = names[0]
        for name in full:
            if _SUFFIX.sub("", name) == name:  # listed as 河口 alone, and spoken of as 河口乡
                for suffix in ("镇", "乡", "街道"):
                    by_name.setdefault(name + suffix, by_name[name])
        self._by_name = by_name
        self.names = tuple(dict.fromkeys(by_name[name] for name in full))
        self._longest = max(map(len, by_name), default=0)

    def of(self, body: Body) -> str:
        """Return the township of a body, written in one way for all; its own area where it is an office of one."""
        own = area_of(body.township or (body.name if "镇街" in body.families else ""))
        return self._by_name.get(own, own)

    def called(self, name: str) -> str:
        """Return the township that a name means, empty where it is not known here."""
        return self._by_name.get(area_of(name), "")

    def read(self, text: str) -> Areas:
        """Return what a text says of areas: ``城关镇、河口乡``, ``全区``, ``全县（除河口乡外）``."""
        plain = normalise(text)
        excluded, unknown = [], []
        for match in _WITHOUT.finditer(plain):
            found, rest = self._split(match["names"])
            excluded += found
            unknown += rest
        named, rest, everything = [], [], False
        for piece in _APART.split(_STREETS.sub("", _WITHOUT.sub("", plain))):
            piece = piece.strip("()（）")
            while (whole := _WHOLE.search(piece)) is not None:
                piece = piece[: whole.start()]
                everything |= not piece or (whole["all"] is not None and not self._split(piece)[0])
                if everything and not self._split(piece)[0]:
                    piece = "" if _PLACE.match(piece) else piece
            found, others = self._split(piece)
            named += found
            rest += others
        others_meant = _AND_OTHERS.search(plain)
        if others_meant and not everything and _count(others_meant["count"]) != len(set(named)):
            rest.append(others_meant[0])
        names = list(self.names) if everything else named
        return Areas(
            names=tuple(name for name in dict.fromkeys(names) if name not in excluded),
            everything=everything,
            without=tuple(dict.fromkeys(excluded)),
            unknown=tuple(dict.fromkeys((*rest, *unknown))),
        )

    def _split(self, text: str) -> tuple[list[str], list[str]]:
        """Return the townships that words name, and the words that are left over."""
        found, rest = [], []
        for piece in _APART.split(text):
            left, at = "", 0
            while at < len(piece):
                for size in range(min(self._longest + _OFFICES, len(piece) - at), 1, -1):
                    name = self._by_name.get(area_of(piece[at : at + size]))
                    if name is not None:
                        found.append(name)
                        at += size
                        break
                else:
                    left += piece[at]
                    at += 1
            if left and not _REST.match(left):
                rest.append(piece if left == piece else left)
        return found, rest


def _count(word: str | None) -> int | float | None:
    return value_of(word) if word else None


def bodies_in(bodies: Iterable[Body], areas: Areas, townships: Townships | None = None, kind: str = "") -> list[Body]:
    """Return the bodies that lie in some areas, in the list's order.

    Args:
        townships: of the place, where it was made before; it is made of the bodies otherwise.
        kind: only those of it, as :func:`of_kind` reads it.
    """
    bodies = list(bodies)
    known = townships or Townships(bodies)
    wanted = frozenset(areas.names)
    return [
        body
        for body in of_kind(bodies, kind)
        if (own := known.of(body)) in wanted or (areas.everything and own not in areas.without)
    ]
