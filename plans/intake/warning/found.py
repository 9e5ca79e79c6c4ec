"""What is found of a warning in a text: each value with its words and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, TypeVar

from plans.intake.reading import Span, iso

Colour = Literal["红", "橙", "黄", "蓝"]
Level = Literal["Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"]
Stage = Literal["issued", "updated", "raised", "lowered", "continued", "extended", "lifted"]
WhyNot = Literal["drill", "asked", "supposed", "ordered", "denied", "hearsay", "rule", "past", "nothing"]
"""``supposed``: it may come, or is to come; ``rule``: what holds at such a warning; ``nothing``: there is none."""

T = TypeVar("T", covariant=True)


@dataclass(frozen=True, slots=True)
class Words(Generic[T]):
    """A value, the words that say it, and where they stand in the text as it was given."""

    value: T
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a warning; vague where the words leave hours open (夜间, 傍晚, 未来3至6小时)."""

    at: datetime
    vague: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningFound:
    """One warning of a text; None is what the text does not say.

    Attributes:
        kind: name of the table ``warning_kinds``.
        colour: the one that holds now, after 升级为橙色 the 橙; of a lifting, the one that was lifted.
        level: where the text says it; never taken from the colour.
        before: the colour that it had.
        stage: what was done; None in a mere heading.
        passed_on: 转发, where somebody hands on what another body issued.
        issuer: who issued it, not who hands it on.
        issued_at: the moment of what was done (发布, 解除 …).
        from_, to: for when it is.
        areas: for where, in the order of the text.
    """

    kind: Words[str] | None = None
    colour: Words[Colour] | None = None
    level: Words[Level] | None = None
    before: Words[Colour] | None = None
    stage: Words[Stage] | None = None
    passed_on: Words[str] | None = None
    issuer: Words[str] | None = None
    issued_at: Words[datetime] | None = None
    from_: Words[Moment] | None = None
    to: Words[Moment] | None = None
    areas: tuple[Words[str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The shape of docs/contract.md ``tocsin warn read``, with ``words``: field -> text and span."""
        plain = ("kind", "colour", "level", "before", "stage", "issuer")
        words = {name: getattr(self, name) for name in (*plain, "passed_on", "issued_at")}
        words |= {"from": self.from_, "to": self.to}
        return {
            **{name: words[name].value if words[name] else None for name in plain},
            "passed_on": self.passed_on is not None,
            "issued_at": iso(self.issued_at.value) if self.issued_at else None,
            "from": iso(self.from_.value.at) if self.from_ else None,
            "to": iso(self.to.value.at) if self.to else None,
            "area": [area.value for area in self.areas],
            "words": {
                name: {"text": found.text, "span": list(found.span)}
                for name, found in words.items()
                if found is not None
            }
            | {"area": [{"text": area.text, "span": list(area.span)} for area in self.areas]},
        }


@dataclass(frozen=True, kw_only=True, slots=True)
class WarningText:
    """What one text says of warnings.

    Attributes:
        warnings: those that it gives, in order; several in one text are not joined.
        why_not: where it gives none, why, with the words.
    """

    warnings: tuple[WarningFound, ...] = ()
    why_not: Words[WhyNot] | None = None
