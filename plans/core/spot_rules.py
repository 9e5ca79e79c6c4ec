"""The office's rules for spot checks (抽查): how often, between which hours, whom, and when none is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from plans.times import BEIJING
from plans.times.durations import duration, iso
from plans.times.hours import quiet_hours

SEAT = "值班席"
"""Whoever sits on a duty seat; other words are kinds of turns (带班领导, 主班, 副班) or roles of the plan."""

MOST = 50
"""Checks in a week at most."""

EXAMPLE = '{weekly: 2, hours: "08:30-17:30", whom: [值班席, 带班领导], within: PT60S, up_to: Ⅲ}'


@dataclass(frozen=True, kw_only=True, slots=True)
class SpotRules:
    """本地规定, as the policy file sets them.

    Attributes:
        weekly: how many a week at random moments; 0 = none. hours: between which hours of a day in Beijing; they may
            lie in a night only where the office writes it so. whom: :data:`SEAT`, kinds of turns, roles.
        within: an answer that takes longer is late.
        up_to: the highest response level during which one is still held; empty = none while any response runs.
    """

    weekly: int = 0
    hours: tuple[time, time] = (time(8, 30), time(17, 30))
    whom: tuple[str, ...] = (SEAT,)
    within: timedelta = timedelta(seconds=60)
    up_to: str = ""

    def holds(self, moment: datetime) -> bool:
        """Return whether a moment lies in the hours."""
        local, (begins, ends) = moment.astimezone(BEIJING).time(), self.hours
        return begins <= local < ends if begins < ends else local >= begins or local < ends

    def hours_of(self, day: datetime) -> tuple[datetime, datetime]:
        """Return the hours that begin on a day."""
        local = day.astimezone(BEIJING)
        begins, ends = (datetime.combine(local.date(), item, tzinfo=BEIJING) for item in self.hours)
        return begins, ends if ends > begins else ends + timedelta(days=1)

    @classmethod
    def parse(cls, data: Any) -> SpotRules:
        """Read what a policy file says.

        Raises:
            ValueError: with what was expected.
        """
        if not isinstance(data, Mapping) or set(data) - {"weekly", "hours", "whom", "within", "up_to"}:
            raise ValueError(f"应写作 {EXAMPLE}")
        weekly = data.get("weekly", 0)
        if not isinstance(weekly, int) or isinstance(weekly, bool) or not 0 <= weekly <= MOST:
            raise ValueError(f"weekly 应为每周的次数，0至{MOST}")
        hours = quiet_hours(str(data["hours"])) if "hours" in data else cls().hours
        if hours is None:
            raise ValueError('hours 应写作 "08:30-17:30"')
        whom = data.get("whom", [SEAT])
        if not isinstance(whom, list) or not whom or not all(isinstance(item, str) and item for item in whom):
            raise ValueError("whom 应为名单，例如 [值班席, 带班领导]")
        try:
            within = duration(data["within"]) if "within" in data else cls().within
        except ValueError:
            raise ValueError("within 应为时长，例如 PT60S") from None
        if within <= timedelta():
            raise ValueError("within 应大于零，例如 PT60S")
        return cls(weekly=weekly, hours=hours, whom=tuple(whom), within=within, up_to=str(data.get("up_to") or ""))

    def as_data(self) -> dict[str, Any]:
        """Return what :meth:`parse` reads."""
        begins, ends = (f"{item:%H:%M}" for item in self.hours)
        return {
            "weekly": self.weekly, "hours": f"{begins}-{ends}", "whom": list(self.whom), "within": iso(self.within),
            "up_to": self.up_to,
        }  # fmt: skip
