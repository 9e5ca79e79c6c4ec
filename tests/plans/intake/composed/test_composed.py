"""Whatever is composed, nothing false is read from it, and what is easy is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from math import sqrt
from random import Random, SystemRandom

import pytest

from plans.intake import After, Found, Option, read
from tests.plans.intake.composed import updating
from tests.plans.intake.composed.__main__ import composed
from tests.plans.intake.composed.composing import compose
from tests.plans.intake.composed.counts import Count, any_count, in_words
from tests.plans.intake.composed.events import EVENTS
from tests.plans.intake.composed.lives import MESSAGES, compose_life
from tests.plans.intake.composed.message import Message
from tests.plans.intake.composed.parts import Said
from tests.plans.intake.composed.shrinking import described, shrunk
from tests.plans.intake.composed.truth import (
    FALSE,
    Amount,
    Effect,
    Fault,
    between,
    exactly,
    figures_of,
    judge,
    truth_of,
)
from tests.plans.intake.composed.updating import Turn, Update, compose_update
from tests.plans.intake.composed.vocabulary import SCENES, SPOKEN
from tests.plans.intake.saying import NOW

SEED, TEXTS = 14, 700
FALSE_AT_MOST = 0
"""Of the fixed texts nothing false is read."""
FALSE_OF_10_000 = 5
"""As `python -m tests.plans.intake.composed` measures: 0 to 3, whatever the seed; at 0 a fresh seed is strict."""
UNREAD_AT_MOST = 1
"""Of the easy ones among them, so many are not wholly read."""
HOLDS = (
    *("easy", "mood:asked", "mood:supposed", "mood:scripted", "mood:relayed", "mood:rule", "denial:nobody"),
    *("correction:taken back", "count:kin", "count:old", "form:headings", "shape:among", "sum:table", "sum:hospitals"),
    *("typed:run-on", "words:more of them"),
)
"""Dimensions in which nothing false is read any more: not in the fixed texts, and not again."""


UPDATES = 300
LIVES = 60


@pytest.fixture(scope="module")
def fixed():
    return [(message, message.faults()) for message in composed(SEED, TEXTS, compose)]


def false_among(read_messages):
    return [
        (message, false)
        for message, faults in read_messages
        if (false := [fault for fault in faults if fault.verdict in FALSE])
    ]


def explained(messages):
    """The first few of them, shrunk."""
    small = [shrunk(message, faults[0]) for message, faults in messages[:5]]
    return "\n".join(described(message, message.faults()) for message in small)


def test_thousands_of_distinct_texts_to_a_seed_and_the_same_ones_again():
    random = Random(SEED)
    texts = [compose(random).text for _ in range(3300)]
    assert len(set(texts)) >= 3000
    assert [message.text for message in composed(SEED, 50, compose)] == list(dict.fromkeys(texts))[:50]


def test_no_more_is_false_than_was(fixed):
    wrong = false_among(fixed)
    assert len(wrong) <= FALSE_AT_MOST, explained(wrong)


def test_what_holds_goes_on_to_hold(fixed):
    wrong = [item for item in false_among(fixed) if item[0].tags() & set(HOLDS)]
    assert not wrong, explained(wrong)


def test_what_is_easy_is_read(fixed):
    missed = [
        (message, faults)
        for message, faults in fixed
        if message.easy and any(fault.verdict != "excluded" for fault in faults)
    ]
    assert len(missed) <= UNREAD_AT_MOST, explained(missed)


def test_texts_that_nobody_has_seen():
    seed = SystemRandom().randrange(10**9)
    messages = composed(seed, 250, compose)
    wrong = false_among([(message, message.faults()) for message in messages])
    mean = FALSE_OF_10_000 * len(messages) / 10_000
    allowed = mean + 4 * sqrt(mean)  # chance takes it further once in thousands of runs
    assert len(wrong) <= allowed, f"seed {seed}\n{explained(wrong)}"


def test_every_dimension_is_in_the_fixed_texts(fixed):
    seen = Counter(tag.split(":")[0] for message, _ in fixed for tag in message.tags())
    dimensions = {"easy", "count", "words", "form", "typed", "mood", "denial", "correction", "sum", "shape", "filler"}
    assert dimensions | {"people", "scene", "fact"} == set(seen)
    assert sum(message.easy for message, _ in fixed) > TEXTS // 6


@pytest.mark.parametrize("seed", [SEED, 2 * SEED])
def test_an_update_is_never_taken_in_falsely(seed):
    wrong = false_among([(update, update.faults()) for update in composed(seed, UPDATES, compose_update)])
    assert not wrong, f"seed {seed}\n{explained(wrong)}"


@pytest.mark.parametrize("seed", [SEED, 2 * SEED])
def test_what_a_case_shows_is_true_or_asked_whatever_came_before(seed):
    random = Random(seed)
    wrong = [fault for _ in range(LIVES) if (fault := compose_life(random).fault())]
    assert not wrong, f"seed {seed}\n" + "\n".join(wrong[:5])


def test_lives_tell_of_every_event_and_most_of_it_is_taken_in():
    random = Random(SEED)
    steps = [step for _ in range(LIVES) for step in compose_life(random).steps()]
    assert len(steps) == LIVES * MESSAGES
    assert {step.message.kind for step in steps} == {event.__name__.strip("_") for event in EVENTS}
    missed = [step for step in steps if step.missed and step.message.kind != "one_more"]
    assert len(missed) <= len(steps) // 100, [step.message.text for step in missed]
    assert sum(any(new.asks for new in step.now.values()) for step in steps) <= len(steps) // 2


# ------------------------------------------------------------------------------------------------------- the tools hold


def test_bounds_are_judged_by_what_they_say():
    assert exactly(3).told_by(3, 3)
    assert not exactly(3).true_of(2, 2)
    assert not exactly(3).true_of(4, None)
    assert exactly(3).true_of(1, 9)
    assert not exactly(3).told_by(1, 9)
    assert between(3, 5).told_by(3, 5)
    assert not between(3, 5).true_of(3, 3)
    assert (between(3, 5) + exactly(2)).told_by(5, 7)
    over_ten = Amount((10, 11), (None, None))
    assert over_ten.told_by(11, None)
    assert not over_ten.true_of(11, 11)


def test_the_serious_are_among_the_hurt_or_on_top():
    truth = truth_of([Effect("serious_injuries", exactly(2)), Effect("injuries", exactly(8))], of_the_ill=False)
    assert truth["injuries"].said == exactly(8)
    assert truth["injuries"].also == [exactly(10)]
    part = truth_of([Effect("serious_injuries", exactly(2), "part"), Effect("injuries", exactly(8))], of_the_ill=False)
    assert not part["injuries"].also


def test_hearsay_is_a_claim_and_no_value():
    truth = truth_of([Effect("deaths", exactly(3), "claim")], of_the_ill=False)
    assert truth["deaths"].said is None
    assert [fault.verdict for fault in judge(read("死了3个", now=NOW), truth, to_be_read=False)] == ["invented"]
    assert not judge(read("大家辛苦了", now=NOW), truth, to_be_read=False)


def test_what_is_asked_offers_what_was_said():
    three, five = Option(at_least=3, at_most=3), Option(at_least=5, at_most=5)
    asked = Found(at_least=3, at_most=5, text="", span=(0, 1), unknown=True, confidence=0.5, readings=(three, five))
    reading = replace(read("大家辛苦了", now=NOW), facts={"deaths": asked})

    def verdicts(*effects):
        return [fault.verdict for fault in judge(reading, truth_of(effects, of_the_ill=False), to_be_read=False)]

    assert not verdicts(Effect("deaths", exactly(5)))
    assert verdicts(Effect("deaths", exactly(4))) == ["excluded"]
    assert verdicts() == ["excluded"]
    assert figures_of(reading, truth_of([Effect("deaths", exactly(3))], of_the_ill=False)) == (1, 0)


@pytest.mark.parametrize(
    ("number", "words"), [(2, "二"), (10, "十"), (14, "十四"), (40, "四十"), (105, "一百零五"), (218, "二百一十八")]
)
def test_numbers_in_words(number, words):
    assert in_words(number) == words


def test_a_message_shrinks_to_what_fails(monkeypatch):
    message = next(m for m in composed(3, 400, compose) if "受伤" in m.text and len(m.parts) > 3)
    fault = Fault("injuries", "wrong", "9")
    monkeypatch.setattr(Message, "faults", lambda self: [fault] if "受伤" in self.text else [])
    small = shrunk(message, fault)
    assert isinstance(small, Message)
    assert len(small.parts) == 1
    assert small.opener is None
    assert "受伤" in small.text
    simpler = [found.text for found in small.smaller() if len(found.text) <= len(small.text) and found != small]
    assert not any("受伤" in text for text in simpler)


def test_every_way_to_say_a_harm_holds_its_number():
    random = Random(5)
    for fact, sayings in SPOKEN.items():
        for saying in sayings:
            count = any_count(random)
            assert count.words in Said(fact, saying, count).text()


def test_an_update_is_judged_by_what_was_known(monkeypatch):
    died = Turn("deaths", "add", "又死了{n}", Count("2", exactly(2)))
    update = Update((("deaths", 1), ("missing", 4)), SCENES[0], (died,))
    assert update.text == "又死了2人"
    assert update.allowed()["deaths"] == [exactly(3)]

    def takes(**after):
        monkeypatch.setattr(updating, "after", lambda *_: after)
        return [(fault.fact, fault.verdict) for fault in update.faults()]

    assert not takes(deaths=After(at_least=3, at_most=3, change="add"), missing=After(at_least=4, at_most=4))
    assert takes(deaths=After(at_least=2, at_most=2, change="set")) == [("deaths", "wrong")]
    assert takes(deaths=After(at_least=1, at_most=1)) == [("deaths", "unread")]
    assert not takes(deaths=After(at_least=2, at_most=2, change="set", asks=True))
    both = takes(deaths=After(at_least=3, at_most=3, change="add"), missing=After(at_least=2, at_most=2, change="fall"))
    assert both == [("missing", "invented")]
