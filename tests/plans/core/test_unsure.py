"""What does not count before somebody has chosen: who may choose, what it overtakes, where it goes in a merger.

Tables over every plan, every counted fact, every reason to ask, every role, way and state of a case.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from plans.core.command import SYSTEM, Actor
from plans.core.event import decode, encode
from plans.core.notices import open_guards
from plans.core.outcome import Refusal
from plans.incident.closing import Reject, Reopen
from plans.incident.corrections import Correct
from plans.incident.edits import NoteEdit, SettleEdit
from plans.incident.facts import Update
from plans.incident.figures import counted, effective
from plans.incident.judging import Determine, Verify
from plans.incident.merging import Merge, absorption
from plans.incident.records_said import Unsure
from plans.incident.second_reading import CompareReadings, SettleReading
from plans.incident.state import Incident
from plans.incident.unsure import ChooseFigure
from plans.kinds import asked_again, fold, revision_of
from plans.load import plan_facts
from plans.model import BELOW, Plan
from plans.values import Interval, parse
from tests.factories import DUTY, SCHOOL, STRANGER, Life, liaison, person
from tests.plans.core.test_overtaken import GRADED, PLANS, RESPONSES, UNGRADED, determined, pairs
from tests.plans.data.shipped import IDS

WORDS = "听保安说那边又有人出事"
WHY = ("read", "fall", "said")
KEEP = {"keep": True}


def entry(fact: str, why: str, *values: Any, over: Any = None) -> dict[str, Any]:
    options = [*({"value": value} for value in values), KEEP]
    return {"fact": fact, "why": why, "options": options, "over": over, "span": [0, len(WORDS)]}


def told(fact: str, why: str, *values: Any, over: Any = None, **more: Any) -> Update:
    """Somebody writes a text that says nothing surely."""
    return Update(text=WORDS, unsure={f"{fact}@0": entry(fact, why, *values, over=over)}, **more)


def the_only(incident: Incident) -> Unsure:
    (item,) = incident.unsure.values()
    return item


def counts(of: Plan) -> list[str]:
    return [name for name, fact in plan_facts(of).items() if fact.type in ("count", "number") and not fact.judgement]


OPENED: dict[str, Life] = {}


def open_case(of: Plan, **given: Any) -> Life:
    facts: dict[str, Any] = {"candidates": (of.classes[0].id,) if of.classes else (), "facts": {}}
    key = repr((of.id, given))
    if key not in OPENED:
        OPENED[key] = Life(of).report(**{**facts, **given})
    return OPENED[key].branch()


FACTS = [(name, fact) for name in IDS for fact in counts(PLANS[name])]


# --- what a change does, and who presses ------------------------------------------------------------------------------


CHANGES: dict[str, tuple[str, Any, tuple[Any, ...], Any]] = {
    # why, known before, what may be chosen, the bounds of it
    "not sure, nothing known": ("read", None, (3, 5), {"at_least": 3, "at_most": 5}),
    "not sure, more than known": ("read", 4, (5, 9), {"at_least": 5, "at_most": 9}),
    "not sure, less than known": ("read", 4, (1, 2), {"at_least": 1, "at_most": 2}),
    "fall": ("fall", 4, (2,), 2),
    "contradiction": ("fall", 4, (9,), 9),
    "taken back": ("fall", 4, (None,), None),
    "hearsay, nothing known": ("said", None, (6,), 6),
    "hearsay of more": ("said", 4, (6,), 6),
    "hearsay of less": ("said", 4, (2,), 2),
}
WRITER, OTHER = SCHOOL, liaison("区消防救援大队")


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize(("name", "fact"), FACTS)
def test_every_change_of_every_fact(name: str, fact: str, change: str):
    """Nothing counts and nothing becomes less before somebody chooses; then exactly what he chose does."""
    why, known, values, over = CHANGES[change]
    begun = open_case(PLANS[name], facts={} if known is None else {fact: known})
    before = counted(begun.incident)
    level = effective(begun.incident).get(fact)
    begun.do(told(fact, why, *values, over=over), WRITER, "+11m")
    assert counted(begun.incident) == before, "it counts already"
    waiting = effective(begun.incident).get(fact)
    if isinstance(level, Interval):
        assert isinstance(waiting, Interval) and waiting.at_least == level.at_least, "the level may have fallen"
    item = the_only(begun.incident)
    (asked, *_) = [notice for _, notice in begun.told if notice.key == "figure_asked"]
    assert asked.to == "seat" and len(asked.buttons) == len(item.options) and asked.reaches_group
    assert asked_again(begun.plan, begun.incident, f"figure:{item.key}") is not None
    for number, option in enumerate(item.options):
        for presser, may in ((DUTY, True), (WRITER, why != "said"), (OTHER, False), (STRANGER, False)):
            life = begun.branch()
            press = ChooseFigure(key=item.key, option=number)
            if not may:
                assert life.refuse(press, presser, "+12m").key in ("staff_only", "outsider")
                continue
            life.do(press, presser, "+12m")
            assert not life.incident.unsure
            assert revision_of(life.incident, f"figure:{item.key}") is None
            claims = life.incident.claims.get(fact, ())
            if "value" not in option:
                assert [claim.value for claim in claims] == ([] if known is None else [Interval(known, known)])
            else:
                assert parse(option["value"]) in [claim.value for claim in claims]
                own = "duty" if presser is DUTY else "reporter"
                assert claims[-1].source == own and claims[-1].confirmed == (presser is DUTY)
            assert life.refuse(press, presser, "+13m").key == "nothing_new", "a second press"


# --- roles × ways × states --------------------------------------------------------------------------------------------

WAYS = ("direct", "edit", "forward", "anonymous", "channel")
STATES = ("reported", "responding", "ended", "closed", "merged", "rejected")


def reach_state(life: Life, state: str) -> Life:
    """Let a case come to a state with its questions open; who ends or closes it is not what is asked here."""
    match state:
        case "merged":
            life.do(Merge(into="incident:99", number=99), DUTY, "+20m")
        case "rejected":
            life.do(Reject(reason="误报"), DUTY, "+20m")
        case "responding" | "ended" | "closed":
            life.state = dataclasses.replace(life.incident, state=state)
    return life


def actors(of: Plan) -> Iterator[Actor]:
    for role in ("duty", *of.roles, "liaison", "head", "reporter", "admin"):
        units = (of.units[0].id,) if role in ("liaison", "head") else ()
        for way in WAYS:
            yield person(f"{role}-{way}", role, units=units, via=way)
    yield STRANGER


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", IDS)
def test_who_may_choose_and_settle_in_which_way_and_state(name: str, state: str):
    of = PLANS[name]
    fact = counts(of)[0]
    begun = open_case(of, facts={fact: 4})
    begun.do(told(fact, "said", 6, over=6), WRITER, "+11m")
    begun.do(CompareReadings(of=1, first={fact: 4}, second={fact: 14}, totals=frozenset((fact,)), reader="m"), SYSTEM)
    key = the_only(begun.incident).key
    begun = reach_state(begun, state)
    seen = set()
    for command in (ChooseFigure(key=key, option=0), SettleReading(fact=fact, use="second")):
        for actor in actors(of):
            life = begun.branch()
            found = life.decide(command, actor)
            may = (
                state in ("reported", "responding", "ended")
                and actor.via == "direct"
                and bool(actor.roles & {"duty", *of.roles})
            )
            assert isinstance(found, Refusal) != may, (state, actor, found)
            seen.add(may)
            if may:
                assert counted(life.incident)[fact] == parse(6 if isinstance(command, ChooseFigure) else 14)
    assert seen == ({True, False} if state in ("reported", "responding", "ended") else {False})
    if state in ("closed", "merged", "rejected"):
        assert (
            revision_of(begun.incident, f"figure:{key}") is None and revision_of(begun.incident, f"fact:{fact}") is None
        )
    if state in ("merged", "rejected"):  # what was closed may be opened again, and is then asked as before
        assert not [guard for guard in open_guards(begun.incident) if guard.kind in ("figure", "reading")]


def test_who_wrote_it_and_lost_every_role_chooses_nothing():
    life = open_case(PLANS["jincheng-chengqu-campus"], facts={"injuries": 4})
    life.do(told("injuries", "read", 5, 6, over={"at_least": 5, "at_most": 6}), OTHER, "+11m")
    gone = person(OTHER.id)
    assert life.refuse(ChooseFigure(key=the_only(life.incident).key, option=0), gone).key == "outsider"


BEYOND = (150, 10**9, -3, 2.5, {"at_least": 5, "at_most": 2}, {"at_least": 10**9, "at_most": None})


@pytest.mark.parametrize(("name", "fact"), FACTS)
def test_a_number_beyond_belief_is_no_choice_and_is_shown_as_not_read(name: str, fact: str):
    for value in BEYOND:
        for why in WHY:
            for by_report in (True, False):
                data = {"x": entry(fact, why, value, over=value)}
                life = open_case(PLANS[name], text=WORDS, unsure=data if by_report else {})
                if not by_report:
                    life.do(Update(text=WORDS, unsure=data), WRITER, "+11m")
                if life.incident.unsure:
                    life.do(ChooseFigure(key=the_only(life.incident).key, option=0), DUTY, "+12m")
                else:
                    assert WORDS in life.incident.unread


def test_what_was_closed_with_a_question_and_opened_again_is_asked_as_before():
    life = open_case(PLANS["jincheng-chengqu-campus"])
    life.do(told("deaths", "said", 1, over=1), WRITER, "+11m")
    guards = open_guards(life.incident)
    item = the_only(life.incident)
    life.state = dataclasses.replace(life.incident, state="closed")
    assert revision_of(life.incident, f"figure:{item.key}") is None and f"figure:{item.key}" in open_guards(
        life.incident
    )
    life.do(Reopen(reason="补报"), DUTY, "+20m")
    assert guards >= {f"figure:{item.key}"}
    life.do(ChooseFigure(key=item.key, option=0), DUTY, "+21m")
    assert counted(life.incident)["deaths"] == Interval(1, 1)


@pytest.mark.parametrize("option", [-1, 2, 99])
def test_a_button_that_was_forged_chooses_nothing(option: int):
    life = open_case(PLANS["jincheng-chengqu-campus"], facts={"injuries": 4})
    life.do(told("injuries", "said", 6, over=6), WRITER, "+11m")
    key = the_only(life.incident).key
    assert life.refuse(ChooseFigure(key=key, option=option)).key == "nothing_new"
    assert life.refuse(ChooseFigure(key=f"{key}x", option=0)).key == "nothing_new"


# --- several at once --------------------------------------------------------------------------------------------------


def test_two_sayings_of_one_fact_are_two_questions_and_the_offices_word_answers_both():
    life = open_case(PLANS["jincheng-chengqu-campus"])
    life.do(told("deaths", "said", 1, over=1), WRITER, "+11m")
    life.do(told("deaths", "said", 3, over=3), OTHER, "+12m")
    first, second = life.incident.unsure.values()
    kept = life.branch()
    kept.do(ChooseFigure(key=first.key, option=1), DUTY, "+13m")
    assert list(kept.incident.unsure) == [second.key], "that one is not true says nothing of the other"
    life.do(ChooseFigure(key=second.key, option=0), DUTY, "+13m")
    assert counted(life.incident)["deaths"] == Interval(3, 3) and not life.incident.unsure
    assert life.refuse(ChooseFigure(key=first.key, option=0), DUTY, "+14m").key == "nothing_new"


@pytest.mark.parametrize(
    "settles", [Update(facts={"injuries": 7}), Correct(facts={"injuries": 7}), Verify(facts={"injuries": 7})]
)
def test_the_offices_figure_settles_every_question_of_the_fact_and_no_other(settles: Any):
    life = open_case(PLANS["jincheng-chengqu-campus"], facts={"injuries": 4})
    life.do(told("injuries", "said", 6, over=6), WRITER, "+11m")
    life.do(told("injuries", "fall", 2, over=2), OTHER, "+12m")
    life.do(told("missing", "said", 2, over=2), OTHER, "+13m")
    life.do(settles, DUTY, "+14m")
    assert [item.fact for item in life.incident.unsure.values()] == ["missing"]


def test_what_is_open_folds_to_the_same_from_the_stored_log():
    life = open_case(PLANS["jincheng-chengqu-campus"], facts={"injuries": 4})
    life.do(told("injuries", "read", 5, 9, over={"at_least": 5, "at_most": 9}), WRITER, "+11m")
    other = open_case(PLANS["jincheng-chengqu-campus"], number=18)
    other.number = 18
    other.do(told("deaths", "said", 1, over=1), WRITER, "+12m")
    life.do(absorption(other.incident), DUTY, "+15m")
    log = [
        dataclasses.replace(item, event=decode(item.event.NAME, item.event.VERSION, encode(item.event)))
        for item in life.incident.events
    ]
    assert fold(life.incident.stream, log).unsure == life.incident.unsure


# --- in a merger ------------------------------------------------------------------------------------------------------


def another(of: Plan, **given: Any) -> Life:
    life = Life(of, number=18)
    return life.report("+12m", **{"candidates": (of.classes[0].id,) if of.classes else (), "facts": {}, **given})


def merge(one: Life, other: Life, at: str = "+20m") -> None:
    """Merge ``other`` into ``one`` as the shell does: both in one transaction."""
    other.do(Merge(into=one.incident.stream, number=one.incident.number, into_level=None), DUTY, at)
    one.do(absorption(other.incident), DUTY, at)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", IDS)
def test_what_is_open_goes_with_a_merger_and_is_asked_there(name: str, change: str):
    why, known, values, over = CHANGES[change]
    of = PLANS[name]
    fact = counts(of)[0]
    one, other = open_case(of, facts={fact: 3}), another(of, facts={} if known is None else {fact: known})
    other.do(told(fact, why, *values, over=over, unread=("9个",)), WRITER, "+13m")
    old = the_only(other.incident)
    since = len(one.told)
    merge(one, other)
    item = the_only(one.incident)
    assert (item.fact, item.why, item.options, item.over) == (old.fact, old.why, old.options, old.over)
    assert (item.words, item.source, item.by, item.at) == (old.words, "18号·reporter", old.by, old.at)
    assert item.from_other and "9个" in one.incident.unread
    (asked,) = [notice for _, notice in one.told[since:] if notice.key == "figure_asked"]
    assert asked.to == "seat" and asked.guard == f"figure:{item.key}"
    assert revision_of(other.incident, f"figure:{old.key}") is None, "the old button"
    assert other.refuse(ChooseFigure(key=old.key, option=0)).key == "not_running"
    assert f"figure:{old.key}" not in open_guards(other.incident), "its message keeps the buttons"
    values_before = {claim.source: claim.value for claim in one.incident.claims[fact]}
    one.do(ChooseFigure(key=item.key, option=0), DUTY, "+21m")
    now = {claim.source: claim.value for claim in one.incident.claims[fact]}
    assert now == {**values_before, "18号·reporter": parse(values[0])}, "a figure of this case gave way"
    assert not one.incident.unsure


def test_differing_readings_and_edits_that_wait_go_on_as_choices():
    of = PLANS["jincheng-chengqu-campus"]
    one, other = open_case(of), another(of, facts={"injuries": 4})
    other.do(
        CompareReadings(
            of=1, first={"injuries": 4}, second={"injuries": 14, "missing": 2}, words={"injuries": "受伤14人"},
            totals=frozenset(("injuries", "missing")), reader="m",
        ),
        SYSTEM,
    )  # fmt: skip
    edit = NoteEdit(
        message="m1", before="四名学生受伤", after=WORDS, facts={"ill": 5},
        unsure={"deaths@0": entry("deaths", "said", 1, over=1)},
    )  # fmt: skip
    other.do(edit, dataclasses.replace(SCHOOL, via="edit"), "+13m")
    merge(one, other)
    choices = {item.fact: [option.get("value") for option in item.options] for item in one.incident.unsure.values()}
    assert choices == {"injuries": [4, 14], "missing": [2, None], "ill": [5, None], "deaths": [1, None]}


def test_through_two_mergers_it_is_still_the_same_question():
    of = PLANS["jincheng-chengqu-campus"]
    one, other = open_case(of), another(of)
    third = Life(of, number=19).report("+13m", facts={})
    third.do(told("deaths", "said", 2, over=2), WRITER, "+14m")
    merge(other, third)
    merge(one, other, "+22m")
    item = the_only(one.incident)
    assert item.source == "18号·19号·reporter" and item.words == WORDS
    one.do(ChooseFigure(key=item.key, option=0), DUTY, "+23m")
    assert counted(one.incident)["deaths"] == Interval(2, 2)
    for old in (other, third):
        assert old.refuse(Merge(into=one.incident.stream, number=17, into_level="Ⅰ")).key == "not_running"
    assert one.refuse(absorption(one.incident), person("nobody")).key == "staff_only"


def test_what_the_other_plan_cannot_hold_stays_behind():
    own = next(name for name in counts(PLANS["jincheng-energy"]) if name not in plan_facts(PLANS["linan-campus"]))
    one, other = open_case(PLANS["linan-campus"]), another(PLANS["jincheng-energy"])
    other.do(told(own, "read", 2, 3, over={"at_least": 2, "at_most": 3}), WRITER, "+13m")
    merge(one, other)
    assert not one.incident.unsure


# --- what only is said overtakes a word -------------------------------------------------------------------------------


def sayings(facts: Mapping[str, Any], of: Plan) -> tuple[dict[str, Any], dict[str, Any]]:
    """What of some facts can only be said, and the rest, which counts."""
    numbers = {name: value for name, value in facts.items() if name in counts(of) and value not in (0, None)}
    asked = {f"{name}@0": entry(name, "said", value, over=value) for name, value in numbers.items()}
    return asked, {name: value for name, value in facts.items() if name not in numbers}


@pytest.mark.parametrize("name", GRADED)
def test_a_saying_beyond_a_determination_asks_at_once_and_the_determination_is_not_silently_kept(name: str):
    seen = 0
    order = (BELOW, *PLANS[name].event_levels)
    for row, level in pairs(name):
        asked, rest = sayings(row.facts, row.plan)
        if not asked or order.index(row.level) <= order.index(level):
            continue
        life = determined(row.plan, level, row.event_class)
        life.do(Update(facts=rest), DUTY, "+19m")
        if life.incident.doubt is not None:
            continue  # what counts is beyond it already
        life.until("+20m")
        proposed, since = life.incident.proposal, len(life.told)
        life.do(Update(text=WORDS, unsure=asked), SCHOOL, "+20m")
        label = (row.row, level)
        doubt = life.incident.doubt
        assert doubt is not None, label
        seen += 1
        assert doubt.unverified and not doubt.certain and doubt.reached, label
        (notice,) = [item for _, item in life.told[since:] if item.key == "overtaken"]
        assert notice.ring and all("未定" in line for line in notice.params["because"]), label
        assert life.incident.event_level == level and life.incident.proposal == proposed, "a saying decides nothing"
        upheld = life.branch()
        upheld.do(Determine(level=level, reason="说法待核实"), DUTY, "+21m")
        assert upheld.incident.doubt is None, label
        dropped, since = life.branch(), len(life.told)
        for key in list(dropped.incident.unsure):
            dropped.do(ChooseFigure(key=key, option=1), DUTY, "+21m")
        assert dropped.incident.doubt is None and ("word_stands", "seat") in dropped.keys(since), label
        for key in list(life.incident.unsure):
            life.do(ChooseFigure(key=key, option=0), DUTY, "+21m")
        now = life.incident.doubt
        assert now is not None and not now.unverified and now.certain, label
        assert life.proposal.level == RESPONSES[name][now.surely], label
    assert seen > 3


@pytest.mark.parametrize("name", UNGRADED)
@pytest.mark.parametrize("fact", ["deaths", "missing", "injuries"])
@pytest.mark.parametrize("why", WHY)
def test_without_a_table_any_rise_that_may_be_asks_and_no_fall_does(name: str, fact: str, why: str):
    of = PLANS[name]
    level = of.event_levels[0]
    life = determined(of, level, of.classes[0].id, {fact: 2})
    life.do(told(fact, why, 1, over=1), DUTY, "+15m")
    assert life.incident.doubt is None
    life = determined(of, level, of.classes[0].id, {fact: 2})
    life.do(told(fact, why, 3, over=3), DUTY, "+15m")
    doubt = life.incident.doubt
    assert doubt is not None and doubt.unverified
    life.do(Update(facts={fact: 4}), SCHOOL, "+16m")
    now = life.incident.doubt
    assert now is not None and not now.unverified, "a figure that counts is beyond it now"


def test_a_saying_known_at_the_determination_overtakes_nothing_when_it_is_asked_again():
    of = PLANS["jincheng-transit"]
    life = determined(of, "一般", "crash", {"deaths": 0})
    life.do(told("deaths", "said", 12, over=12), SCHOOL, "+15m")
    assert life.incident.doubt is not None
    life.do(Determine(level="一般"), DUTY, "+16m")
    life.do(Update(facts={"injuries": 1}), DUTY, "+17m")
    assert life.incident.doubt is None
    life.do(told("deaths", "said", 31, over=31), OTHER, "+18m")
    assert life.incident.doubt is not None and life.incident.doubt.reached == "特别重大"


# --- edits ------------------------------------------------------------------------------------------------------------


def test_an_edit_of_an_edit_asks_only_its_own_questions():
    life = open_case(PLANS["jincheng-chengqu-campus"], facts={"injuries": 4})
    writer = dataclasses.replace(SCHOOL, via="edit")
    for count, fact in enumerate(("deaths", "missing")):
        life.do(
            NoteEdit(
                message="m",
                before="四名学生受伤",
                after=WORDS + str(count),
                unsure={f"{fact}@0": entry(fact, "said", 1, over=1)},
            ),
            writer,
        )
    item = the_only(life.incident)
    assert item.fact == "missing"
    adopted = life.branch()
    adopted.do(ChooseFigure(key=item.key, option=0), DUTY)
    assert counted(adopted.incident)["missing"] == Interval(1, 1)
    (edit,) = life.incident.edits.values()
    life.do(SettleEdit(sequence=edit.sequence, adopt=False), DUTY)
    assert not life.incident.unsure and "missing" not in life.incident.claims
