"""The mentions of a text that speak of one and the same warning."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from plans.intake.warning.found import Colour, Level, Stage, Words
from plans.intake.warning.mentions import Mention

_DONE: dict[Stage, int] = {
    "lifted": 0, "raised": 1, "lowered": 1, "extended": 2, "continued": 3, "updated": 4, "issued": 5,
}  # fmt: skip
"""Of several stages that a text says of one warning (发布, then 升级) the one of the lowest number is what was done."""

T = TypeVar("T")


@dataclass(slots=True)
class Group:
    """The mentions of one warning, and what each says is done with it; once settled, the last change stands first."""

    mentions: list[Mention]
    verbs: list[Words[Stage]]

    @property
    def kind(self) -> Words[str] | None:
        """Its kind."""
        return _first(mention.kind for mention in self.mentions)

    @property
    def colour(self) -> Words[Colour] | None:
        """The colour that holds now."""
        return _first(mention.colour for mention in self.mentions)

    @property
    def level(self) -> Words[Level] | None:
        """Its level."""
        return _first(mention.level for mention in self.mentions)

    @property
    def before(self) -> Words[Colour] | None:
        """The colour before the last change; where that is not said, the one that the change before it came to."""
        last = self.mentions[0]
        if last.before is not None or not last.changed:
            return last.before
        earlier = _first(mention.colour for mention in self.mentions[1:] if mention.span < last.span)
        return earlier if earlier and last.colour and earlier.value != last.colour.value else None

    def stage(self) -> Words[Stage] | None:
        """What was done with it, of all that the text says was."""
        return min(self.verbs, key=lambda verb: _DONE[verb.value], default=None)


def join(groups: list[Group], mention: Mention, verb: Words[Stage] | None) -> None:
    """Add a mention to the one warning that it can be of, else begin another."""
    fits = [
        group
        for group in groups
        if all(
            _same(mention.kind, other.kind) and _same(mention.level, other.level) and _of_colour(mention, other)
            for other in group.mentions
        )
    ]
    if len(fits) == 1:
        fits[0].mentions.append(mention)
        fits[0].verbs += [verb] if verb else []
    elif not fits or mention.kind is not None:
        groups.append(Group([mention], [verb] if verb else []))


def settled(groups: list[Group]) -> list[Group]:
    """Groups in which what changed comes first, so that its colour is the one that holds."""
    for group in groups:
        group.mentions.sort(key=lambda mention: (not mention.changed, -mention.span[0] if mention.changed else 0))
    return groups


def _same(one: Words[T] | None, other: Words[T] | None) -> bool:
    return one is None or other is None or one.value == other.value


def _of_colour(mention: Mention, other: Mention) -> bool:
    """Whether two mentions can be of one warning: the colour it has, or one that it had before the change."""
    if _same(mention.colour, other.colour):
        return True
    if mention.changed and mention.before is None and mention.kind is None:
        return mention.span > other.span  # 后又升级为红色
    return any(
        now.before is not None
        and was.span < now.span
        and was.before is None
        and was.colour is not None
        and now.before.value == was.colour.value
        for now, was in ((mention, other), (other, mention))
    )


def _first(values: Iterable[Words[T] | None]) -> Words[T] | None:
    return next((value for value in values if value is not None), None)
