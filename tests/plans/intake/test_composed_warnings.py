"""Whatever warning is composed, nothing false is read from it, and nearly all of it is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random, SystemRandom
from typing import Any

import pytest

from plans.intake import warning
from tests.plans.intake.composed_warnings import NOT, Composed, Truth, compose, false, judged, unread

SEED, TEXTS = 15, 1000
UNREAD_AT_MOST = 20
"""Of the fixed texts, so many are not wholly read."""


def explained(found):
    return "\n".join(f"{text.now:%m-%d %H:%M} {text.text} {faults}" for text, faults in found[:5])


def test_nothing_false_is_read():
    wrong = judged(SEED, TEXTS, false)
    assert not wrong, explained(wrong)


def test_nothing_false_is_read_of_texts_that_nobody_has_seen():
    seed = SystemRandom().randrange(10**9)
    wrong = judged(seed, TEXTS, false)
    assert not wrong, f"seed {seed}\n{explained(wrong)}"


def test_what_a_text_says_is_read():
    missed = judged(SEED, TEXTS, unread)
    assert len(missed) <= UNREAD_AT_MOST, explained(missed)


def test_why_a_text_gives_no_warning_is_said():
    random = Random(SEED)
    texts = [text for text in (compose(random) for _ in range(TEXTS)) if text.why_not]
    reasons = Counter(text.why_not for text in texts)
    assert set(reasons) == {why for why, _ in NOT}
    for text in texts:
        read = warning.read(text.text, now=text.now)
        assert read.why_not is not None
        assert read.why_not.text or read.why_not.value in ("nothing", "past")


def test_every_dimension_is_in_the_fixed_texts():
    random = Random(SEED)
    texts = [compose(random) for _ in range(TEXTS)]
    assert len({text.text for text in texts}) > TEXTS * 0.9
    tags = {tag for text in texts for tag in text.tags}
    stages = {"issued", "continued", "updated", "raised", "lowered", "extended", "lifted", "heading alone"}
    periods = {"ahead", "days and hours", "hours", "night and day", "next day", "with month"}
    assert tags >= stages | periods | {
        "passed on",
        "level",
        "whole",
        "named",
        "observed",
        "filler",
        "two",
        "form",
        "chain",
        "notice",
        "by name",
        "risk",
    }


@pytest.mark.parametrize(
    "field", ["kind", "colour", "level", "before", "stage", "issuer", "issued_at", "from_", "to", "areas"]
)
def test_the_judge_sees_what_is_false(field):
    random = Random(SEED)
    texts = [text for text in (compose(random) for _ in range(200)) if len(text.truth) == 1]
    silent: Any = {field: getattr(Truth(), field)}
    spoilt = [
        Composed(text.text, text.now, (replace(text.truth[0], **silent),))
        for text in texts
        if getattr(text.truth[0], field)
    ]
    assert spoilt
    assert any(false(text, warning.read(text.text, now=text.now)) for text in spoilt)
