"""A second reading of a message is recorded and asked about; a person's word alone changes a figure."""

from typing import Any

import pytest

from plans.core import keys
from plans.core.command import SYSTEM
from plans.incident.closing import Reject
from plans.incident.deaths import DeathUnconfirmed
from plans.incident.evidence import AddEvidence
from plans.incident.facts import FactsStated, Update
from plans.incident.figures import figures
from plans.incident.judging import Verify
from plans.incident.second_reading import (
    MOST_ASKED,
    CompareReadings,
    ReadingsCompared,
    ReadingSettled,
    SettleReading,
    open_readings,
)
from plans.kinds import asked_again
from tests.factories import CAMPUS, DUTY, SCHOOL, Life, person


def differing(fact: str = "injuries", first: Any = 4, second: Any = 14, *, total: bool = True, of: int = 1):
    totals = frozenset((fact,)) if total else frozenset()
    words = {fact: f"受伤{second}人"}
    return CompareReadings(of=of, first={fact: first}, second={fact: second}, words=words, totals=totals, reader="m")


def compared(command: CompareReadings, life: Life | None = None) -> Life:
    life = life or Life().report()
    life.do(command, SYSTEM)
    return life


def asked(life: Life) -> list[Any]:
    return [notice for _, notice in life.told if notice.key == "read_twice"]


def test_agreement_is_recorded_and_nobody_is_told():
    life = Life().report()
    (event,) = life.do(CompareReadings(of=1, agreed={"injuries": 0.95}, reader="m"), SYSTEM)
    assert isinstance(event, ReadingsCompared) and event.agreed == {"injuries": 0.95} and event.reader == "m"
    assert not asked(life) and not open_readings(life.incident)


def test_a_difference_is_asked_of_the_seat_and_changes_no_figure():
    life = Life().report()
    before = figures(life.incident)
    compared(differing(), life)
    assert figures(life.incident) == before
    (notice,) = asked(life)
    assert notice.to == keys.SEAT and not notice.ring
    assert [press.args["use"] for press in notice.buttons] == ["second", "first"]


def test_the_second_becomes_a_figure_by_the_word_of_the_person_who_takes_it():
    life = compared(differing())
    events = life.do(SettleReading(fact="injuries", use="second"))
    assert [type(item) for item in events if isinstance(item, ReadingSettled | FactsStated)] == [
        ReadingSettled,
        FactsStated,
    ]
    assert figures(life.incident)["injuries"] == 14
    assert life.incident.claims["injuries"][-1].source == "duty"
    assert life.refuse(SettleReading(fact="injuries", use="second")).key == "reading_settled"


def test_the_first_stays_and_the_question_is_settled():
    life = compared(differing())
    life.do(SettleReading(fact="injuries", use="first"))
    assert figures(life.incident)["injuries"] == 4
    assert not life.incident.claims["injuries"][-1].confirmed
    assert not open_readings(life.incident)


def test_deaths_that_only_the_second_reader_saw_are_nobodys_word_until_somebody_takes_them():
    life = compared(differing("deaths", None, 2))
    assert "deaths" not in figures(life.incident) and not life.incident.death_unconfirmed
    assert not any(isinstance(item.event, DeathUnconfirmed) for item in life.incident.events)
    life.do(SettleReading(fact="deaths", use="second"))
    assert figures(life.incident)["deaths"] == 2


def test_a_fall_is_taken_with_the_one_press_that_saw_both():
    life = Life().report(facts={"deaths": 12})
    compared(differing("deaths", 12, 2), life)
    life.do(SettleReading(fact="deaths", use="second"))
    assert figures(life.incident)["deaths"] == 2


@pytest.mark.parametrize("by", [SCHOOL, person("reporter2", "reporter"), person("anonymous", "duty", via="anonymous")])
def test_only_the_office_says_which_reading_is_right(by):
    life = compared(differing())
    assert life.refuse(SettleReading(fact="injuries", use="second"), by).key in ("staff_only", "no_authority_that_way")


@pytest.mark.parametrize("by", [DUTY, SCHOOL])
def test_nobody_but_the_program_compares_readings(by):
    assert Life().report().refuse(differing(), by).key == "nothing_new"


@pytest.mark.parametrize("of", [0, -1, 2, 99])
def test_only_a_message_is_read_a_second_time(of):
    life = Life().report()
    life.do(AddEvidence(kind="photo", reference="x"), SCHOOL)
    assert life.refuse(differing(of=of), SYSTEM).key == "nothing_new"


def test_a_message_is_compared_once():
    assert compared(differing()).refuse(differing(), SYSTEM).key == "nothing_new"


@pytest.mark.parametrize(
    "since",
    [
        (Update(facts={"injuries": 6}, text="受伤6人"), SCHOOL),
        (Update(facts={"injuries": 5}), DUTY),
        (Verify(), DUTY),
    ],
    ids=["reported anew", "stated by the office", "confirmed"],
)
def test_of_what_somebody_has_spoken_of_since_nothing_is_asked(since):
    command, by = since
    early = compared(differing())
    early.do(command, by, "+12m")
    assert not open_readings(early.incident)
    assert asked_again(CAMPUS, early.incident, keys.fact("injuries")) is None
    late = Life().report()
    late.do(command, by, "+12m")
    assert late.refuse(differing(), SYSTEM).key == "nothing_new"


def test_what_was_confirmed_without_it_is_still_asked_where_the_first_reader_read_nothing():
    life = compared(differing("missing", None, 2))
    life.do(Verify(), DUTY, "+12m")
    assert [item.fact for item in open_readings(life.incident)] == ["missing"]


@pytest.mark.parametrize(
    ("fact", "second"),
    [("deaths", -1), ("deaths", 10**9), ("no_such_fact", 3), ("injuries", "many"), ("injuries", 4), ("capacity", 3)],
)
def test_what_the_plan_does_not_know_or_is_known_anyway_is_not_asked(fact, second):
    assert Life().report().refuse(differing(fact, None, second), SYSTEM).key == "nothing_new"


def test_of_one_message_only_so_many_figures_are_asked_about():
    facts = ("deaths", "missing", "trapped", "ill", "serious_injuries")
    second = {fact: 900 + at for at, fact in enumerate(facts)}
    life = compared(CompareReadings(of=1, second=second, totals=frozenset(facts)))
    (notice,) = asked(life)
    assert len(notice.buttons) == 2 * MOST_ASKED
    assert len(open_readings(life.incident)) == MOST_ASKED


def test_what_adds_to_what_is_known_is_asked_without_a_figure_to_take():
    life = compared(differing(total=False))
    (notice,) = asked(life)
    assert [press.args["use"] for press in notice.buttons] == ["first"]


def test_a_case_that_is_over_is_asked_nothing():
    life = Life().report()
    life.do(Reject(reason="不属实"))
    assert life.refuse(differing(), SYSTEM).key == "not_running"


def test_what_is_asked_already_with_that_figure_among_the_answers_is_not_asked_again():
    options = [{"value": 4}, {"value": 14}]
    unsure = {"injuries": {"fact": "injuries", "why": "read", "options": options, "span": (0, 2), "over": None}}
    life = Life().report(facts={}, unsure=unsure)
    assert life.incident.unsure
    assert life.refuse(differing("injuries", 4, 14), SYSTEM).key == "nothing_new"
    compared(differing("injuries", 4, 40), life)
    assert len(asked(life)) == 1
