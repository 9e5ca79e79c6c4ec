"""A storm night: who reports when, who takes it, who declares, and how soon units answer. Seeded, on the clock."""

from __future__ import annotations

import asyncio
import heapq
import itertools
import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tests.bench.province.clock import WorkClock
from tests.bench.province.districts import District, name_of
from tests.bench.province.telegram import Said, Telegram

HANDLE, CONFIRM, RECEIVED = re.compile(r"我来处理|处理(\d+)号"), "确认宣布", "收到"
_NUMBER = re.compile(r"(\d+)号")

PLACES = ("沁河", "丹河", "东河", "西河", "南湖", "北湖")
EVENTS = ("渔船翻船，2人落水", "桥下1人落水", "快艇搁浅，船上2人", "渡船靠岸时1人坠河", "皮筏倾覆，2人落水")


@dataclass(frozen=True, kw_only=True)
class Weather:
    """How hard the storm is.

    Attributes:
        reports: in the whole province. hour: within this span, most of them about its first third.
        declared: the share of incidents for which a response is declared, which calls every unit.
        answered: the share of calls that a unit answers. soon: seconds until then, in the middle.
        steady: they come as fast at every minute of it.
        uneven: sigma of the logarithm of how hard each district is hit.
    """

    reports: int = 2_000
    hour: timedelta = timedelta(hours=1)
    declared: float = 0.36
    answered: float = 0.8
    soon: float = 60.0
    steady: bool = False
    uneven: float = 0.6


def arrivals(weather: Weather, districts: int, seed: int) -> list[tuple[float, int]]:
    """Return for each report when it comes, in seconds, and from which district: the same for the same seed."""
    draw = random.Random(seed)
    weights = [draw.lognormvariate(0, weather.uneven) for _ in range(districts)]
    span = weather.hour.total_seconds()
    when = (lambda: draw.uniform(0, span)) if weather.steady else (lambda: draw.triangular(0, span, span / 3))
    moments = sorted(when() for _ in range(weather.reports))
    return list(zip(moments, draw.choices(range(districts), weights, k=weather.reports), strict=True))


class Storm:
    """The people of some districts, who do what the weather makes them do.

    Args:
        districts: those that this installation serves.
        arrivals: of the whole province; only those of the districts at hand come here.

    Attributes:
        told: how often people were told something, by what they do then.
    """

    def __init__(
        self, clock: WorkClock, districts: Sequence[District], weather: Weather,
        coming: Sequence[tuple[float, int]], seed: int,
    ) -> None:  # fmt: skip
        self._clock, self._weather = clock, weather
        self._draw = random.Random(seed)
        self._here = {here.number: here for here in districts}
        self._duties = {here.duty: here for here in districts}
        self._directors = {here.director for here in districts}
        self._liaisons = {chat for here in districts for chat in here.liaisons.values()}
        self._acts: list[tuple[datetime, int, Callable[[], None]]] = []
        self._order, self._numbers = itertools.count(), itertools.count(10**6)
        self._more = asyncio.Event()
        self._seen: set[tuple[int, str]] = set()
        self.telegram: Telegram | None = None
        self.told: Counter[str] = Counter()
        begin = clock.now()
        self.last = begin
        for seconds, number in coming:
            if number in self._here:
                at = begin + timedelta(seconds=seconds)
                self._at(at, self._report(self._here[number], at))
                self.last = at

    @property
    def pending(self) -> int:
        """How many things people are still about to do."""
        return len(self._acts)

    async def run(self) -> None:
        """Let everybody act in time, until cancelled."""
        while True:
            while self._acts and self._acts[0][0] <= self._clock.now():
                heapq.heappop(self._acts)[2]()
            self._more.clear()
            await self._clock.sleep_until(self._acts[0][0] if self._acts else None, self._more)

    def heard(self, said: Said) -> None:
        """Let somebody who is told something think about it."""
        for label, data in said.buttons:
            if said.chat in self._duties and (taken := HANDLE.fullmatch(label)):
                number = taken[1] or (_NUMBER.search(said.text) or [""])[0].rstrip("号")
                self._once(said, data, "handle", self._draw.expovariate(1 / 60), self._handled(said, data, number))
            elif said.chat in self._directors and label == CONFIRM:
                self._once(said, data, "confirm", 5.0, self._pressed(said, data, "confirm"))
            elif said.chat in self._liaisons and label == RECEIVED and self._draw.random() < self._weather.answered:
                wait = self._draw.lognormvariate(0, 0.8) * self._weather.soon
                self._once(said, data, "answer", wait, self._pressed(said, data, "answer"))

    def _once(self, said: Said, data: str, what: str, seconds: float, act: Callable[[], None]) -> None:
        if (said.chat, data) not in self._seen:
            self._seen.add((said.chat, data))
            self.told[what] += 1
            self._at(self._clock.now() + timedelta(seconds=seconds), act)

    def _at(self, moment: datetime, act: Callable[[], None]) -> None:
        heapq.heappush(self._acts, (moment, next(self._order), act))
        self._more.set()

    def _report(self, here: District, at: datetime) -> Callable[[], None]:
        where = f"{self._draw.choice(PLACES)}第{self._draw.randint(1, 99)}号桥"
        text = f"/report {where}{self._draw.choice(EVENTS)}"
        chat = self._draw.choice(here.reporters)
        return lambda: self._says(chat, text, at)

    def _handled(self, said: Said, data: str, number: str) -> Callable[[], None]:
        declares = self._draw.random() < self._weather.declared
        director = self._duties[said.chat].director
        later = timedelta(seconds=self._draw.uniform(60, 300))
        press = self._pressed(said, data, "handle")

        def act() -> None:
            press()
            if declares:
                self.told["declare"] += 1
                at = self._clock.now() + later
                self._at(at, lambda: self._says(director, f"/declare {number}号 Ⅲ 风暴夜抢险", at))

        return act

    def _says(self, chat: int, text: str, at: datetime) -> None:
        message: dict[str, Any] = {
            "message_id": next(self._numbers), "date": int(at.timestamp()), "text": text,
            "chat": {"id": chat, "type": "private", "first_name": name_of(chat)}, "from": _person(chat),
        }  # fmt: skip
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        self._give({"message": message})

    def _pressed(self, said: Said, data: str, why: str) -> Callable[[], None]:
        shown = {
            "message_id": said.message_id, "date": 1, "text": said.text,
            "chat": {"id": said.chat, "type": "private", "first_name": name_of(said.chat)},
        }  # fmt: skip
        query = {"from": _person(said.chat), "message": shown, "chat_instance": "1", "data": data}
        return lambda: self._give({"callback_query": {"id": f"{why}-{next(self._numbers)}", **query}})

    def _give(self, update: dict[str, Any]) -> None:
        assert self.telegram is not None
        self.telegram.give(update)


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": name_of(chat)}
