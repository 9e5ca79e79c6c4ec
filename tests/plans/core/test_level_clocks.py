"""Clocks of a level begin with it, and nothing is owed or done before its clock: every obligation of every plan."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise, product
from typing import Any

import pytest

from plans.core.command import Command
from plans.core.event import Event
from plans.incident.closing import Closed
from plans.incident.ending import End, Ended
from plans.incident.facts import Update
from plans.incident.filing import File, Filed
from plans.incident.judging import Determine, LevelDetermined, Verify
from plans.incident.levels import Declare, Declared
from plans.incident.requests import RequestVerification, VerificationRequested
from plans.logic import names_in
from plans.model import Obligation, Plan
from plans.obligations.rules import rules_of
from tests.factories import BEIJING, CAMPUS, DUTY, START, Life, person
from tests.plans.data.shipped import IDS, plan

PLANS = {name: plan(name) for name in IDS}

AT_LEVELS: dict[tuple[str, str], set[str]] = {
    ("jincheng-energy", "counties-notice"): {"Ⅲ"},  # 4.2.3 措施(8)
    ("jincheng-energy", "county-daily"): {"Ⅱ"},  # 4.2.2
    ("jincheng-energy", "dynamic-watch"): {"Ⅰ"},  # 4.2.1
    ("jincheng-public-health", "daily-zero"): {"Ⅰ", "Ⅱ"},  # 5.2.1 措施(10)、5.2.2 措施(3)
    ("jincheng-public-health", "daily-public"): {"Ⅰ"},  # 5.2.1 措施(10)
    ("jincheng-public-health", "tracing-notice"): {"Ⅰ"},  # 5.2.1 措施(8)
    ("jincheng-transit", "progress-report"): {"Ⅰ", "Ⅱ"},  # 4.4.1
}
"""Every rule that names levels of response, with those levels as its clause has them."""

OFFSETS = [timedelta(hours=1), timedelta(hours=27), timedelta(hours=55), timedelta(hours=80)]
"""When the levels are declared: on different days, none at midnight."""


def test_the_table_has_every_rule_that_names_a_level_of_response():
    found = {
        (name, rule.id)
        for name, of in PLANS.items()
        for rule in of.obligations
        if rule.when is not None and "response_level" in names_in(rule.when)
    }
    assert found == set(AT_LEVELS)


def sequences(of: Plan, most: int = 3) -> Iterator[tuple[str, ...]]:
    """Yield every way in which the level may go: started, raised, lowered, raised again."""
    levels = [item.level for item in of.responses if not item.external]
    for length in range(1, most + 1):
        for found in product(levels, repeat=length):
            if all(one != other for one, other in pairwise(found)):
                yield found


def began(levels: Sequence[str], of_rule: set[str]) -> int | None:
    """Return with which declaration the last unbroken stretch of a rule's levels began."""
    start = None
    for place, level in enumerate(levels):
        start = (place if start is None else start) if level in of_rule else None
    return start


def lived(of: Plan, levels: Sequence[str], **given: Any) -> Life:
    life = Life(of).report(facts={}, candidates=(), **given)
    everybody = person("all", "duty", *of.roles)
    for level, offset in zip(levels, OFFSETS, strict=False):
        life.now = START + offset
        life.do(Declare(level=level, reason="研判"), everybody)
    return life


def standing(life: Life, rule: str) -> list[Any]:
    return [item for item in life.incident.instances.values() if item.rule == rule and item.status == "open"]


def midnight(moment: datetime) -> datetime:
    day = moment.astimezone(BEIJING).date() + timedelta(days=1)
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)


DAILY = [key for key in AT_LEVELS if key[1] not in ("progress-report", "counties-notice", "tracing-notice")]


@pytest.mark.parametrize(("name", "rule"), DAILY)
def test_a_daily_report_of_a_level_counts_from_the_start_of_that_level(name, rule):
    seen = set()
    for levels in sequences(PLANS[name]):
        life = lived(PLANS[name], levels)
        place = began(levels, AT_LEVELS[name, rule])
        open_ones = standing(life, rule)
        if place is None:
            assert not open_ones, levels
            continue
        (instance,) = open_ones
        start = START + OFFSETS[place]
        assert instance.due == midnight(start), (levels, instance)
        assert instance.due > start and not instance.raised
        assert instance.opened_at == start
        seen.add(place)
    assert seen >= {0, 1, 2}


def test_a_change_of_casualties_before_the_level_is_owed_from_the_level_on():
    """Transit 4.4.1: at Ⅰ and Ⅱ changes are reported; under Ⅲ the same change was owed to nobody."""
    life = Life(PLANS["jincheng-transit"]).report(facts={"injuries": 3}, candidates=("crash",))
    life.do(Declare(level="Ⅲ", reason="研判"), person("d", "director"), "+15m")
    life.do(File(report="首报"), DUTY, "+20m")
    life.do(Update(facts={"injuries": 5}), DUTY, "+2h")
    assert not standing(life, "progress-report")
    life.do(Declare(level="Ⅱ", reason="研判"), person("c", "commander"), "+4h")
    (instance,) = standing(life, "progress-report")
    assert instance.due - START == timedelta(hours=4)


def made(of: Plan, **rule: Any) -> Plan:
    """Return a plan with one more rule."""
    data = {
        "id": "made", "clause": "4.3", "report": "专报", "bearer": of.office, "to": ["市政府"],
        **rule,
    }  # fmt: skip
    return of.model_copy(update={"obligations": (*of.obligations, Obligation.model_validate(data))})


@pytest.mark.parametrize("levels", [{"Ⅰ"}, {"Ⅱ"}, {"Ⅲ"}, {"Ⅰ", "Ⅱ"}], ids=lambda levels: "".join(sorted(levels)))
@pytest.mark.parametrize("clock", [{"within": "PT30M"}, {"every": "PT2H"}])
def test_a_span_of_a_level_counts_from_the_start_of_that_level(levels, clock):
    of = made(CAMPUS, clock={"from": "response_started", **clock}, when={"response_level": sorted(levels)})
    span = timedelta(minutes=30) if "within" in clock else timedelta(hours=2)
    for declared in sequences(of):
        life = lived(of, declared)
        place = began(declared, levels)
        open_ones = standing(life, "made")
        assert [item.due for item in open_ones] == ([] if place is None else [START + OFFSETS[place] + span]), declared
        assert not any(item.raised for item in open_ones)


def test_a_level_that_is_reached_again_is_owed_again():
    of = made(CAMPUS, clock={"from": "response_started", "within": "PT30M"}, when={"response_level": "Ⅰ"})
    life = lived(of, ["Ⅰ"])
    life.do(File(obligation="made", to=("市政府",)), DUTY)
    assert life.status("made") == "filed"
    everybody = person("all", "duty", *of.roles)
    life.now = START + OFFSETS[1]
    life.do(Declare(level="Ⅲ", reason="缓解"), everybody)
    life.now = START + OFFSETS[2]
    life.do(Declare(level="Ⅰ", reason="反复"), everybody)
    (instance,) = standing(life, "made")
    assert instance.due == START + OFFSETS[2] + timedelta(minutes=30), "what was told before does not count for it"


# --- nothing before its clock


def start_of(life: Life, instance: Any) -> datetime | None:
    """Return when the clock of an instance's rule began, as the log tells it; None where it has not."""
    rule = next(item for item in rules_of(life.plan) if item.id == instance.rule)
    log = life.incident.events

    def last(*kinds: type[Event]) -> datetime | None:
        return next((item.at for item in reversed(log) if isinstance(item.event, kinds)), None)

    def first(*kinds: type[Event]) -> datetime | None:
        return next((item.at for item in log if isinstance(item.event, kinds)), None)

    if rule.clock.from_ in ("phone_filed", "filed"):
        return first(Filed)
    return {
        "occurred": life.incident.occurred_at,
        "known": life.incident.reported_at,
        "requested": first(VerificationRequested),
        "casualties_changed": first(Filed),
        "response_started": first(Declared),
        "response_adjusted": last(Declared),
        "response_ended": last(Ended),
        "determined": first(LevelDetermined),
        "closed": last(Closed),
    }[rule.clock.from_]


def steps(of: Plan) -> Iterator[tuple[Command, str]]:
    """Yield the course of a case that starts every clock, with everything filed in between, early and late."""
    kinds = list(dict.fromkeys(rule.report for rule in of.obligations))
    levels = [item.level for item in of.responses]

    def file(at: str) -> Iterator[tuple[Command, str]]:
        for report, channel in product(kinds, ("电话", "书面")):
            yield File(report=report, channel=channel), at

    yield Verify(facts={"deaths": 0}), "+12m"
    yield from file("+13m")
    for level in of.event_levels:
        yield Determine(level=level), "+20m"
    yield from file("+22m")
    for number, level in enumerate(reversed(levels)):
        yield Declare(level=level, reason="研判"), f"+{30 + 10 * number}m"
        yield from file(f"+{35 + 10 * number}m")
    yield RequestVerification(), "+2h"
    yield Update(facts={"deaths": 2}), "+3h"
    yield from file("+4h")
    yield Declare(level=levels[-1], reason="缓解") if levels else Verify(), "+26h"
    yield from file("+27h")
    yield End(reason="处置完毕"), "+28h"
    yield from file("+29h")
    if of.event_levels:
        yield Determine(level=of.event_levels[-2]), "+30h"
        yield Determine(level=of.event_levels[0]), "+31h"


@pytest.mark.parametrize("name", IDS)
def test_no_obligation_opens_before_its_clock_and_none_is_filed_before_it_exists(name):
    of = PLANS[name]
    everybody = person("all", "duty", *of.roles)
    life = Life(of).report(candidates=(), facts={"injuries": 3})
    starts: dict[str, datetime] = {}
    for command, at in steps(of):
        life.until(at)
        life.now = max(life.now, life.moment(at))
        life.decide(command, everybody)
        for key, instance in life.incident.instances.items():
            if instance.rule == "correction":
                continue
            rule = next(item for item in rules_of(of) if item.id == instance.rule)
            if key not in starts:
                begun = start_of(life, instance)
                assert begun is not None, (at, key)
                starts[key] = begun
            start = starts[key]
            assert instance.opened_at >= start, (at, key)
            if instance.status == "filed" and rule.clock.from_ not in ("occurred", "known"):
                assert instance.filed_at is not None
                early = rule.report == "终报" or rule.clock.from_ in ("phone_filed", "casualties_changed")
                assert early or instance.filed_at >= start, (at, key)
    seen = {instance.rule for instance in life.incident.instances.values()}
    spoken = {"event_level", "undetermined", "response_level"}
    # What needs facts that this course does not have: a hazard on the scene, a sensitive time.
    closed = {rule.id for rule in rules_of(of) if rule.when is not None and names_in(rule.when) - spoken}
    demanded = rules_of(of) if of.responses else of.obligations  # what follows a response follows none that never was
    assert {rule.id for rule in demanded} - seen <= closed


@pytest.mark.parametrize(
    ("clock", "channel"),
    [
        ({"from": "response_started", "within": "PT1H"}, "any"),
        ({"from": "response_started", "daily": True}, "any"),
        ({"from": "response_adjusted", "within": "PT1H"}, "any"),
        ({"from": "response_ended", "within": "PT1H", "until": "closed"}, "any"),
        ({"from": "occurred", "within": "PT2H"}, "书面"),
    ],
    ids=str,
)
def test_the_first_report_to_the_office_is_none_that_others_owe_it_later(clock, channel):
    of = made(CAMPUS, bearer="事发学校", to=[CAMPUS.office], clock=clock, channel=channel, by_office=False)
    life = lived(of, ["Ⅲ", "Ⅱ"] if clock["from"] == "response_adjusted" else ["Ⅲ"])
    if clock["from"] == "response_ended":
        life.do(End(), person("all", "duty", *of.roles))
    (instance,) = [
        item for item in life.incident.instances.values() if item.rule == "made" and item.status != "superseded"
    ]
    assert instance.status == "open" and instance.filed_at is None
    life.do(File(obligation="made", to=(CAMPUS.office,)), DUTY)
    assert life.incident.instances[instance.key].status == "filed"
