"""What is asked of a token of another system: read from words, and checked against the plans that are there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.callback_data import new_id
from bot.texts.api_tokens import SCOPES
from plans.cells import legible
from plans.model import Plan
from storage.api_tokens import ApiToken

REPORT, READ, ANSWER, WARN = "report", "read", "answer", "warn"

EVERY_SCOPE = (REPORT, READ, ANSWER, WARN)

DAYS, MOST_DAYS = 365, 731

RATE, MOST_RATE = 120, 6000
"""Requests a minute."""

SHORTEST, LONGEST = 2, 30
"""Characters of a name."""

_DAYS = re.compile(r"(\d{1,4})(天|日|个月|年)")

_UNTIL = re.compile(r"到(\d{4})-(\d{1,2})-(\d{1,2})")

_RATE = re.compile(r"(?:每分钟)?(\d{1,5})次(?:[/每]分(?:钟)?)?")

_SPAN = {"天": 1, "日": 1, "个月": 30, "年": 365}

_NAME = re.compile(r"[^\W_][\w·（）()-]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """A token that is to be made; the attributes are those of ``ApiToken``."""

    name: str
    jurisdiction: str
    plans: tuple[str, ...]
    scopes: tuple[str, ...]
    units: tuple[str, ...]
    days: int
    rate: int

    def token(self, digest_of: str, by: str, now: datetime) -> ApiToken:
        """Return the token."""
        return ApiToken(
            id=new_id(), digest=digest_of, name=self.name, jurisdiction=self.jurisdiction, plans=self.plans,
            scopes=self.scopes, units=self.units, rate=self.rate, created_by=by, created_at=now,
            until=now + timedelta(days=self.days),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class NotRead(Exception):
    """What was said is no token that can be made: the key of a text, and its values."""

    key: str
    values: dict[str, str]


def read_wanted(words: Sequence[str], plans: Sequence[Plan], today: datetime) -> Wanted:
    """Return what is wanted: a name, then scopes, units, plans or a jurisdiction, how long, how often.

    Args:
        plans: those whose jurisdiction is administered.

    Raises:
        NotRead: it cannot be made so.
    """
    if not words or not named(words[0]):
        raise NotRead("token_name", {"given": words[0][:20] if words else "", "most": str(LONGEST)})
    scopes: list[str] = []
    places: list[str] = []
    chosen: list[Plan] = []
    asked: list[str] = []
    days, rate = DAYS, RATE
    by_word = {title: scope for scope, title in SCOPES.items()} | {scope: scope for scope in SCOPES}
    for word in words[1:]:
        some = [by_word.get(part) for part in re.split(r"[+、，,]", word) if part]
        if some and all(some):
            scopes += [scope for scope in some if scope is not None]
        elif (span := _DAYS.fullmatch(word)) is not None:
            days = int(span[1]) * _SPAN[span[2]]
        elif (until := _UNTIL.fullmatch(word)) is not None:
            days = _days_until(until, today)
        elif (often := _RATE.fullmatch(word)) is not None:
            rate = int(often[1])
        elif plan := next((item for item in plans if word in (item.id, item.title)), None):
            chosen.append(plan)
        elif any(item.jurisdiction.name == word for item in plans):
            places.append(word)
        else:
            asked.append(word)
    if not scopes:
        raise NotRead("token_scope", {"scopes": "、".join(SCOPES.values())})
    place = _place(places, chosen, plans, asked)
    here = [plan for plan in plans if plan.jurisdiction.name == place]
    wanted = Wanted(
        name=words[0], jurisdiction=place, plans=tuple(dict.fromkeys(plan.id for plan in chosen)),
        scopes=tuple(scope for scope in EVERY_SCOPE if scope in scopes), units=units_of(chosen or here, asked),
        days=days, rate=rate,
    )  # fmt: skip
    return checked(wanted, here)


def _days_until(until: re.Match[str], today: datetime) -> int:
    try:
        end = datetime(int(until[1]), int(until[2]), int(until[3]), tzinfo=today.tzinfo)
    except ValueError:
        raise NotRead("token_days", {"most": str(MOST_DAYS)}) from None
    return (end - today.replace(hour=0, minute=0, second=0, microsecond=0)).days


def _place(places: Sequence[str], chosen: Sequence[Plan], plans: Sequence[Plan], asked: Sequence[str]) -> str:
    """Return the one jurisdiction that is meant."""
    meant = dict.fromkeys([*places, *(plan.jurisdiction.name for plan in chosen)])
    there = [*meant] or [*dict.fromkeys(plan.jurisdiction.name for plan in plans)]
    if asked and not meant and len(there) > 1:
        there = [name for name in there if _knows(name, plans, asked)] or there
    if len(there) != 1:
        raise NotRead("token_place", {"places": "、".join(there)})
    return there[0]


def _knows(place: str, plans: Sequence[Plan], asked: Sequence[str]) -> bool:
    here = [plan for plan in plans if plan.jurisdiction.name == place]
    return all(any(_unit(word, plan) for plan in here) for word in asked)


def units_of(plans: Sequence[Plan], asked: Sequence[str]) -> tuple[str, ...]:
    """Return the units of some plans that are named.

    Raises:
        NotRead: one of them is not a unit of any.
    """
    found: dict[str, None] = {}
    for word in asked:
        unit = next((one for plan in plans if (one := _unit(word, plan))), "")
        if not unit:
            raise NotRead("token_word", {"given": word[:30], "scopes": "、".join(SCOPES.values())})
        found[unit] = None
    return tuple(found)


def _unit(word: str, plan: Plan) -> str:
    """Return a unit by its name or an alias; a placeholder (事发学校) is another body each time, and nobody's."""
    return next(
        (
            item.id
            for item in plan.units
            if not item.place_bound and (word in (item.id, item.name) or word in item.aliases)
        ),
        "",
    )


def named(word: str) -> bool:
    """Return whether a word can name a system: people read it beside a report, so nothing live and no number."""
    plain = SHORTEST <= len(word) <= LONGEST and legible(word) == word and bool(_NAME.fullmatch(word))
    return plain and not word.isdecimal() and not re.search(r"\d{7}", word)


def checked(wanted: Wanted, plans: Sequence[Plan]) -> Wanted:
    """Return what is wanted, with what follows of it.

    Args:
        plans: of the jurisdiction.

    Raises:
        NotRead: a scope lacks, a unit is there without one who answers, or the other way round; too long, too often.
    """
    titles = "、".join(SCOPES.values())
    if not wanted.scopes:
        raise NotRead("token_scope", {"scopes": titles})
    if (ANSWER in wanted.scopes) != bool(wanted.units):
        raise NotRead("token_units", {"answer": SCOPES[ANSWER]})
    if not 1 <= wanted.days <= MOST_DAYS:
        raise NotRead("token_days", {"most": str(MOST_DAYS)})
    if not 1 <= wanted.rate <= MOST_RATE:
        raise NotRead("token_rate", {"most": str(MOST_RATE)})
    if not plans or any(plan not in {item.id for item in plans} for plan in wanted.plans):
        raise NotRead("token_place", {"places": "、".join(dict.fromkeys(plan.jurisdiction.name for plan in plans))})
    return wanted
