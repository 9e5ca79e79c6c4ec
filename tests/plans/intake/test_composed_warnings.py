"""Whatever warning is composed, nothing false is read from it, and nearly all of it is read."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random, SystemRandom
from typing import Any

import pytest

from plans.intake import SHANGHAI, warning
from tests.plans.intake.composed_warnings import NOT, Composed, Draft, Truth, compose, false, judged, real, unread

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


AROUND = (
    *("【演练】{}", "{}（演练）", "测试信息，请勿转发：{}", "{}\n以上为测试信息", "[演练脚本]{}"),
    *("网传：{}", "听说{}", "{}以上内容系谣言", "群里有人说{}"),
)
BEFORE = (
    *("拟", "可能", "即将", "将", "或将", "计划", "预计", "打算", "尚未", "没有", "未", "暂未", "不", "并未", "不会"),
    *("会不会", "是否", "要不要", "有没有", "建议", "请求", "申请"),
)
VERBS = {"issued": "发布", "lifted": "解除", "continued": "继续发布"}


def test_what_unsays_a_warning_unsays_it():
    random = Random(SEED)
    done = 0
    for _ in range(300):
        draft = Draft(random, datetime(2026, 1, 1, tzinfo=SHANGHAI) + timedelta(minutes=random.randrange(525_000)))
        text = real(draft)
        for form in AROUND:
            assert not warning.read(form.format(text), now=draft.now).warnings, form.format(text)
        verb = VERBS.get(draft.truth.stage or "")
        titled = text.startswith(f"【{draft.truth.kind}")
        if verb is None or titled or text.count(verb) != 1:
            continue
        for word in BEFORE:
            done += 1
            unsaid = text.replace(verb, word + verb)
            assert not warning.read(unsaid, now=draft.now).warnings, unsaid
    assert done > 1000


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
