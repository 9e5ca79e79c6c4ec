"""Events survive the way through the log: every class, whatever its values."""

import dataclasses
import functools
import json
import types
import typing
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import plans.kinds  # noqa: F401  # every kind of case declares its events
from plans.core.event import UPCASTERS, Event, UnknownEvent, _hints, decode, encode, names
from plans.incident.closing import Closed
from plans.incident.owed import ObligationOpened, ObligationSuperseded
from plans.incident.question import QuestionAsked

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-9999, 9999) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=6,
)
MOMENTS = st.integers(0, 10**9).map(lambda seconds: datetime.fromtimestamp(10**9 + seconds, UTC))


@functools.cache  # to make a strategy costs as much as to draw from it
def values(hint: Any) -> st.SearchStrategy[Any]:
    """Return values of an annotation."""
    origin, inside = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return PLAIN
    if origin is types.UnionType:
        return st.one_of(*(values(part) for part in inside))
    if origin is tuple:
        return st.lists(values(inside[0]), max_size=3).map(tuple)
    if origin is list:
        return st.lists(values(inside[0]), max_size=3)
    if origin is dict:
        return st.dictionaries(st.text(max_size=4), values(inside[1]), max_size=3)
    plain: dict[Any, st.SearchStrategy[Any]] = {
        str: st.text(max_size=8),
        int: st.integers(0, 9999),
        bool: st.booleans(),
        type(None): st.none(),
        datetime: MOMENTS,
    }
    return plain[hint]


@functools.cache
def events(name: str) -> st.SearchStrategy[Event]:
    cls = names()[name]
    hints = _hints(cls)
    fields = {item.name: values(hints[item.name]) for item in dataclasses.fields(cls)}
    return st.builds(cls, **fields)


@pytest.mark.parametrize("name", sorted(names()))
@settings(max_examples=25)
@given(data=st.data())
def test_every_event_comes_back_as_it_went(name, data):
    event = data.draw(events(name))
    payload = json.loads(json.dumps(encode(event), ensure_ascii=False))
    assert decode(name, event.VERSION, payload) == event


def test_names_are_unique_and_stable():
    """The log stores these names: a change of one is a new version with an upcaster, never a rename."""
    assert sorted(names()) == [
        "absorbed",
        "agreed",
        "aid-answered",
        "aid-asked",
        "aid-not-needed",
        "aid-rung",
        "aid-specified",
        "aid-wanted",
        "announcement-opened",
        "announcement-urgency-marked",
        "announcement-waiting-stopped",
        "arrival-expected",
        "arrivals-asked",
        "arrivals-unasked",
        "bodies-mentioned",
        "body-asked",
        "body-named",
        "calendar-read",
        "call-back-asked",
        "closed",
        "conflict-found",
        "corrected",
        "death-unconfirmed",
        "declared",
        "desk-draft-discarded",
        "desk-draft-rung",
        "desk-enclosed",
        "desk-receipt-given",
        "desk-recipient-rung",
        "desk-recipients-picked",
        "desk-recipients-reminded",
        "desk-recipients-told",
        "desk-silent-listed",
        "desk-text-corrected",
        "desk-withdrawn",
        "drill-begun",
        "drill-evaluators-named",
        "drill-gone-on",
        "drill-held",
        "drill-incident-noted",
        "drill-item-delayed",
        "drill-item-played",
        "drill-item-skipped",
        "drill-jumped",
        "drill-look-checked",
        "drill-look-judged",
        "drill-look-noted",
        "drill-mending-noted",
        "drill-over",
        "drill-paused",
        "drill-prepared",
        "duplicate-denied",
        "duplicate-suspected",
        "duty-bearer-described",
        "duty-book-closed",
        "duty-book-opened",
        "duty-book-reopened",
        "duty-book-turned",
        "duty-daily-asked",
        "duty-digest-sent",
        "duty-end-reminded",
        "duty-evidence-added",
        "duty-periods-begun",
        "duty-plan-adopted",
        "duty-record-objected",
        "duty-reopened",
        "duty-returned",
        "duty-settled",
        "duty-signed",
        "edit-noticed",
        "edit-settled",
        "element-answered",
        "end-assessors-named",
        "end-condition-confirmed",
        "ended",
        "entry-added-to",
        "entry-answer-taken-back",
        "entry-answer-worded",
        "entry-answered",
        "entry-became",
        "entry-corrected",
        "entry-rung",
        "entry-set-right",
        "entry-withdrawn",
        "entry-written",
        "evidence-added",
        "evidence-kept",
        "evidence-lost",
        "fact-resolved",
        "facts-stated",
        "figure-chosen",
        "file-kept",
        "file-lost",
        "filed",
        "handling-taken",
        "handover-absence-said",
        "handover-lapsed",
        "handover-opened",
        "handover-signature-withdrawn",
        "handover-signed",
        "handover-unsigned",
        "handover-word-added",
        "instruction-advanced",
        "instruction-amended",
        "instruction-chased",
        "instruction-declined",
        "instruction-extended",
        "instruction-noted",
        "instruction-opened",
        "instruction-recipient-released",
        "instruction-result-returned",
        "instruction-settled",
        "instruction-stood",
        "judged",
        "level-determined",
        "level-skipped",
        "merged",
        "obligation-changed",
        "obligation-filed",
        "obligation-opened",
        "obligation-superseded",
        "obligation-waived",
        "occurrence-changed",
        "offer-declined",
        "plan-chosen",
        "plans-weighed",
        "proposal-declined",
        "proposal-rung",
        "proposal-withdrawn",
        "proposed",
        "question-asked",
        "question-settled",
        "raising-asked",
        "raising-judged",
        "reading-settled",
        "readings-compared",
        "rejected",
        "release-approved",
        "release-drafted",
        "release-published",
        "release-rung",
        "release-submitted",
        "reminded",
        "reopened",
        "reported",
        "reporter-asked",
        "reporter-sent-to-phone",
        "ring-failed",
        "ring-heard",
        "scene-stated",
        "seat-taken",
        "signed",
        "site-asked",
        "site-handed-over",
        "site-not-needed",
        "site-set-up",
        "spotcheck-answered",
        "spotcheck-asked",
        "spotcheck-closed",
        "spotcheck-dropped",
        "spotcheck-planned",
        "submission-arrived",
        "submission-failed",
        "submission-taken",
        "submission-unanswered",
        "submitted",
        "superior-said",
        "time-runs",
        "undone",
        "unit-answered",
        "unit-called",
        "unit-informed",
        "units-asked",
        "units-escalated",
        "units-idle",
        "verification-requested",
        "verified",
        "warning-amended",
        "warning-answered",
        "warning-change-taken",
        "warning-dismissed",
        "warning-expiry-asked",
        "warning-issued",
        "warning-measure-settled",
        "warning-plan-chosen",
        "warning-plans-weighed",
        "warning-proposal-rung",
        "warning-recipients-called",
        "warning-recipients-escalated",
        "warning-rung-in-vain",
        "warning-signed",
        "warning-taken",
        "word-asked-again",
        "word-overtaken",
        "word-stands",
    ]


@pytest.mark.parametrize("cls", names().values(), ids=lambda cls: cls.NAME)
def test_personal_fields_exist_and_can_be_erased(cls):
    hints = _hints(cls)
    for name in cls.PERSONAL:
        assert type(None) in typing.get_args(hints[name]), f"{cls.__name__}.{name} cannot be erased"


def test_fields_that_hold_words_or_names_of_people_are_personal():
    """A field called like these holds what a person said or is called; whoever adds one must say so."""
    telling = {"text", "name", "reporter", "informant", "taker", "reason", "note", "caption", "question"}
    codes = {(ObligationSuperseded, "reason"), (QuestionAsked, "question")}
    for cls in names().values():
        for item in dataclasses.fields(cls):
            if item.name in telling and (cls, item.name) not in codes:
                assert item.name in cls.PERSONAL, f"{cls.__name__}.{item.name}"


def test_an_event_of_a_newer_program_is_not_guessed_at():
    with pytest.raises(UnknownEvent) as unknown:
        decode("levitated", 1, {})
    assert (unknown.value.name, unknown.value.version) == ("levitated", 1)
    with pytest.raises(UnknownEvent):
        decode("closed", 99, {"by": "duty"})


def test_what_an_older_program_wrote_has_the_defaults_of_today():
    event = decode("obligation-opened", 1, {
        "key": "first-phone:1:1", "rule": "first-phone", "clause": "4.1.2", "report": "首报", "channel": "电话",
        "due": "2026-03-02T02:50:00+00:00", "to": ["市委"], "possible": False, "gone": "a field of yesterday",
    })  # fmt: skip
    assert isinstance(event, ObligationOpened)
    assert (event.after, event.to, event.due.tzinfo is not None) == (0, ("市委",), True)


def test_an_old_payload_is_brought_up_to_date(monkeypatch):
    monkeypatch.setattr(Closed, "VERSION", 3)
    monkeypatch.setitem(UPCASTERS, ("closed", 1), lambda old: {"who": old["closed_by"]})
    monkeypatch.setitem(UPCASTERS, ("closed", 2), lambda old: {"by": old["who"]})
    assert decode("closed", 1, {"closed_by": "duty"}) == Closed(by="duty")
