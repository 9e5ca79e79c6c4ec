"""The course of an incident: every event is told or left out on purpose, in order, corrections and all."""

from __future__ import annotations

import pytest

from bot.render.course.steps import course
from bot.render.course.words import TOLD
from plans.core.event import Event
from plans.incident.corrections import Corrected
from plans.incident.filing import Filed
from plans.incident.judging import Verified, Verify
from plans.incident.levels import Declared
from plans.incident.seat import TakeHandling
from plans.incident.undo import Undo
from tests.bot.render.story import STORIES, Story, night

KEPT_FOR_ITSELF = {
    "aid-rung", "aid-specified", "aid-wanted", "bodies-mentioned", "body-asked", "body-named", "calendar-read",
    "arrivals-asked",
    "edit-noticed", "edit-settled", "element-answered", "evidence-kept", "evidence-lost", "instruction-advanced",
    "obligation-changed",
    "obligation-filed", "obligation-opened", "obligation-superseded", "plans-weighed", "proposal-rung",
    "question-asked", "question-settled", "raising-asked", "reading-settled", "readings-compared", "release-rung",
    "reminded", "reporter-sent-to-phone", "site-asked", "time-runs", "undone", "units-asked", "word-asked-again",
    "submission-arrived", "submission-unanswered", "units-idle", "word-stands",
}  # fmt: skip
"""What the program keeps for itself, or tells elsewhere in the paper."""

TOGETHER = {"unit-called", "unit-informed", "unit-answered"}
"""What several units did at a time is one line."""


def events() -> set[str]:
    """Return the names of all events of incidents."""

    def below(kind: type[Event]) -> set[type[Event]]:
        return {kind, *(one for child in kind.__subclasses__() for one in below(child))}

    found = {kind for kind in below(Event) if kind.__module__.startswith("plans.incident.") and kind.NAME}
    return {kind.NAME for kind in found} | {"undone"}


def test_every_event_is_told_or_left_out_on_purpose():
    told = {kind.NAME for kind in TOLD} | TOGETHER
    assert not told & KEPT_FOR_ITSELF
    assert told | KEPT_FOR_ITSELF == events()


@pytest.mark.parametrize("name", sorted(STORIES))
def test_the_steps_of_every_story_are_in_order_and_in_words(name):
    view = STORIES[name]().view()
    steps = course(view)
    assert steps and [step.at for step in steps] == sorted(step.at for step in steps)
    assert all(step.words and "{" not in step.words and "None" not in step.words for step in steps)


def test_who_decided_whom_it_was_told_and_what_was_corrected():
    steps = [(step.event, step.words) for step in course(night().view())]
    assert (Declared, "办公室主任王五启动Ⅲ级响应（4.3.3）（电话，张三记录）（3月2日 03:19登记）") in steps
    assert (Filed, "报市委：首报（电话，刘科员接）（3月2日 03:17登记）") in steps
    [corrected] = [words for event, words in steps if event is Corrected]
    assert corrected.startswith("第1次更正：死亡1人更正为死亡0人；已听到旧数字的：市委") and "区医院核实" in corrected


def test_what_was_taken_back_stays_and_says_so():
    story = Story().report("03:07").do("03:08", TakeHandling()).do("03:10", Verify(event_level="一般"))
    story.do("03:10", Undo())
    [words] = [step.words for step in course(story.view()) if step.event is Verified]
    assert words.endswith("（3月2日 03:10撤回）")


def test_nobody_s_raw_words_stand_there():
    view = night().view()
    assert view.incident.text not in "\n".join(step.words for step in course(view))
