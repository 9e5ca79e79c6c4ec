"""Whom to ring: search over the units and lines of the plans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from plans.acting import carries_out
from plans.directory.index import SMALL, Index
from plans.directory.numbers import dialled, digits, personal, tapped
from plans.directory.sounds import LEAST, NUMBER, Sound, name_score, sound_of, words_of

if TYPE_CHECKING:
    from plans.model import Plan, Unit

_FAX = ("传真", "fax", "chuanzhen", "cz")
NEARER = 6.0
"""What belonging to the chat's plan weighs against fitting better: less than the whole name against a part of it."""

_DUTY = ("值班", "电话", "zhiban", "zb")


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """One line of the directory.

    Attributes:
        names: everything that the unit is called, its full name first.
        kind: 值班, 传真 …
        place: of the plan: its jurisdiction, so that 晋城 消防 finds the right one.
    """

    unit: str
    names: tuple[str, ...]
    number: str
    kind: str
    plan: str
    place: str = ""
    label: str = ""
    area_code: str = ""

    @property
    def dial(self) -> str:
        """The number with the area code that the plan leaves out: 0356-2039411."""
        return dialled(self.number, self.area_code)

    @property
    def tap(self) -> str:
        """The number to tap, ``+863562039411``; empty for short ones."""
        return tapped(self.number, self.area_code)

    @property
    def personal(self) -> bool:
        """Whether it is somebody's own telephone, which no group may see."""
        return personal(self.number)


@dataclass(frozen=True, kw_only=True, slots=True)
class Hit:
    """A line that was found.

    Attributes:
        number: as the plan prints it; ``dial`` has the area code, ``tap`` the country's (empty for short numbers).
        label: whose line it is, where it is not the unit's own.
        names: everything that the unit is called.
        score: from 0 to 100.
    """

    unit: str
    number: str
    kind: str
    plan: str
    score: float
    label: str = ""
    dial: str = ""
    tap: str = ""
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, entry: Entry, score: float = 100) -> Hit:
        """Return a line as one that was found."""
        return cls(
            unit=entry.unit,
            number=entry.number,
            kind=entry.kind,
            plan=entry.plan,
            score=score,
            label=entry.label,
            dial=entry.dial,
            tap=entry.tap,
            names=(entry.unit, *entry.names),
        )

    def as_json(self) -> dict[str, object]:
        """Return what ``tocsin phone --json`` prints."""
        return {
            "unit": self.unit,
            "number": self.number,
            "kind": self.kind,
            "plan": self.plan,
            "score": self.score,
            "dial": self.dial,
            "label": self.label or None,
        }


@dataclass(frozen=True, slots=True)
class _Line:
    entry: Entry
    sounds: tuple[Sound, ...]
    place: Sound
    digits: str


@dataclass
class PhoneBook:
    """Lines that can be searched.

    Args:
        entries: in the order in which equal hits are shown.
    """

    entries: Sequence[Entry]
    _lines: list[_Line] = field(init=False, repr=False)
    _index: Index | None = field(init=False, repr=False, default=None)
    _shortest: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._lines = [
            _Line(
                entry,
                tuple(sound_of(name) for name in dict.fromkeys((entry.unit, *entry.names, entry.label)) if name),
                sound_of(entry.place),
                digits(entry.dial),
            )
            for entry in self.entries
        ]
        self._shortest = list(range(len(self._lines)))
        if len(self._lines) > SMALL:
            self._shortest.sort(key=lambda order: min(len(name.text) for name in self._lines[order].sounds))
            lines = [self._lines[order] for order in self._shortest]
            self._index = Index(
                [line.sounds for line in lines], [line.digits for line in lines], [line.place for line in lines]
            )

    def search(
        self,
        query: str,
        *,
        plan: str = "",
        limit: int = 10,
        prefer: Sequence[str] = (),
        at_hand: Collection[str] = (),
    ) -> list[Hit]:
        """Return the lines that fit every word of a query, best first.

        Args:
            query: Chinese, pinyin, initials or part of a number.
            plan: only lines of this plan.
            prefer: plans whose lines go before equally good ones of others: those of the chat.
            at_hand: units whose lines go before equally good ones of others: those called in the running incident.
        """
        words = words_of(query)
        hits: list[tuple[float, bool, int, Hit]] = []
        for order in self._to_look_at(words):
            line = self._lines[order]
            entry = line.entry
            if plan and entry.plan != plan:
                continue
            score = min(_fits(word, line) for word in words)
            if score >= LEAST:
                nearer = (NEARER if entry.plan in prefer else 0) + (NEARER / 2 if entry.unit in at_hand else 0)
                # A fax stands behind a telephone that fits as well.
                hits.append((-score - nearer, "传真" in entry.kind, order, Hit.of(entry, score)))
        return [hit for *_, hit in sorted(hits, key=lambda item: item[:3])[: max(limit, 0)]]

    def _to_look_at(self, words: Sequence[str]) -> Iterable[int]:
        """Return the lines that may fit, in a large book only the likely ones."""
        if not words:
            return ()
        if self._index is None:
            return self._shortest
        return [self._shortest[place] for place in self._index.candidates(words, (*_FAX, *_DUTY))]


def phone_book(plans: Iterable[Plan], extra: Iterable[Entry] = ()) -> PhoneBook:
    """Return the directory of some plans.

    Args:
        extra: lines that the installation has added or changed; they come first.
    """
    return PhoneBook([*extra, *(entry for plan in plans for entry in entries(plan))])


@carries_out("list", "phone", "Unit.lines", "Unit.rung_at", "Line")
def entries(plan: Plan) -> Iterable[Entry]:
    """Return the lines of a plan's units, in the plan's order; a body rung at another one has that one's."""
    by_id = {unit.id: unit for unit in plan.units}
    for unit in plan.units:
        # Where the source prints one line for two bodies, or a place stands for several, their lines are its lines.
        others = [by_id[name] for name in (unit.rung_at, *unit.standing_for) if name in by_id]
        for owner in (unit, *others):
            for line in owner.lines:
                label = line.label or ("" if owner is unit else _name(owner))
                yield Entry(
                    unit=_name(unit),
                    names=(unit.id, *unit.aliases),
                    number=line.number,
                    kind=line.kind,
                    plan=plan.id,
                    place=plan.jurisdiction.name,
                    label=label,
                    area_code=plan.jurisdiction.area_code,
                )


def duty_line(plan: Plan) -> Entry | None:
    """Return the line of the plan's duty room, None where it has none."""
    lines = [entry for entry in entries(plan) if "传真" not in entry.kind]
    for name in (plan.office, plan.office_unit):
        for entry in lines:
            if name and name in (entry.unit, *entry.names):
                return entry
    return None


def once(hits: Iterable[Hit]) -> list[Hit]:
    """Return each number once, where several plans print the same."""
    kept: dict[tuple[str, str], Hit] = {}
    for hit in hits:
        kept.setdefault((digits(hit.dial), hit.kind), hit)
    return list(kept.values())


def _fits(word: str, line: _Line) -> float:
    """Return from 0 to 100 how well one word of a query fits a line."""
    if NUMBER.match(word):
        return _number(digits(word), line.digits)
    fax = "传真" in line.entry.kind
    if word in _FAX:
        return 96 if fax else LEAST + 1
    best = max((name_score(word, name) for name in line.sounds), default=0)
    place = line.place
    if place.text and (word in place.text or (place.initials.startswith(word) and len(word) > 1)):
        best = max(best, 95)
    if word in _DUTY:
        best = max(best, LEAST + 1 if fax else 96)
    return round(best, 1)


def _number(wanted: str, line: str) -> float:
    if len(wanted) < 3 or not line:
        return 100 if wanted and wanted == line else 0
    if wanted.startswith("86") and len(wanted) > 9:
        wanted = wanted.removeprefix("86")
        wanted = wanted if wanted.startswith("0") else f"0{wanted}"
    if wanted == line:
        return 100
    if line.endswith(wanted):
        return 97
    return 90 if wanted in line else 0


def _name(unit: Unit) -> str:
    return unit.name or unit.id
