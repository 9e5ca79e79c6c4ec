"""A warning of a plan as a CAP message: each kind, colour and stage is valid, and is taken back as it was said."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import datetime, timedelta
from typing import get_args

import pytest

from bot.exchange.cap import Area, Info, Pair, faults, profile, taken_in, tree, written
from bot.exchange.cap.profile import Notice, Place, alert_of, chain, kinds, taken
from plans.intake.reading import SHANGHAI
from plans.intake.warning.mentions import KINDS

SENT = datetime(2026, 7, 9, 13, 5, tzinfo=SHANGHAI)
RED = Notice(
    identifier="140502-1",
    sender="140502@example.org",
    sent=SENT,
    kind="暴雨",
    stage="issued",
    colour="红",
    issuer="区气象台",
    headline="区气象台发布暴雨红色预警",
    begins=SENT + timedelta(minutes=55),
    ends=SENT + timedelta(hours=7),
    areas=(Place("西街街道", "140502001"), Place("北街街道")),
    instruction="停课",
    clause="3.3.3",
)
EARLIER = (alert_of(RED).reference,)


@pytest.mark.parametrize(("stage", "colour"), list(itertools.product(profile.TYPES, profile.SEVERITIES)))
def test_every_kind_in_every_stage_is_valid_and_taken_back(stage: profile.Stage, colour: profile.Colour):
    follows = profile.TYPES[stage] != "Alert"
    for kind in [*kinds(), "踩踏风险"]:
        notice = replace(RED, kind=kind, stage=stage, colour=colour, earlier=EARLIER if follows else ())
        content = written(alert_of(notice))
        assert not tree.breaches(content)
        assert not faults(content)
        back = taken(taken_in(content).alert)
        assert back.kind == kind
        assert (back.stage, back.colour, back.issuer, back.areas) == (stage, colour, notice.issuer, notice.areas)
        assert (back.begins, back.ends, back.clause) == (notice.begins, notice.ends, notice.clause)


def test_every_kind_that_can_be_read_has_a_row():
    assert set(KINDS) <= set(kinds())
    codes = [kind.code for kind in kinds().values() if kind.code]
    assert len(codes) == len(set(codes))


def test_a_colour_is_a_severity():
    colours: tuple[profile.Colour, ...] = get_args(profile.Colour)
    told = {colour: alert_of(replace(RED, colour=colour)).infos[0].severity for colour in colours}
    assert told == {"红": "Extreme", "橙": "Severe", "黄": "Moderate", "蓝": "Minor", "": "Unknown"}


def test_a_chain_names_those_before_it_once_and_in_order():
    first = alert_of(RED)
    second = alert_of(
        replace(RED, identifier="140502-2", sent=SENT + timedelta(hours=1), stage="raised", earlier=EARLIER)
    )
    assert chain([second, first, first]) == (first.reference, second.reference)
    lifted = replace(
        RED, identifier="140502-3", sent=SENT + timedelta(hours=2), stage="lifted", earlier=chain([first, second])
    )
    alert = taken_in(written(alert_of(lifted))).alert
    assert (alert.msg_type, alert.infos[0].urgency, alert.infos[0].response_types) == ("Cancel", "Past", ("AllClear",))
    assert [reference.identifier for reference in alert.references] == ["140502-1", "140502-2"]


@pytest.mark.parametrize(
    ("begins", "urgency"),
    [
        (None, "Unknown"),
        (SENT - timedelta(hours=1), "Immediate"),
        (SENT, "Immediate"),
        (SENT + timedelta(hours=1), "Expected"),
        (SENT + timedelta(hours=2), "Future"),
    ],
)
def test_urgency_follows_when_it_begins(begins, urgency):
    assert alert_of(replace(RED, begins=begins)).infos[0].urgency == urgency


def foreign(**changes):
    info = Info(event="暴雨预警信号", categories=("Met",), urgency="Future", severity="Extreme", certainty="Likely")
    return replace(alert_of(RED), codes=(), infos=(replace(info, **changes),))


def test_anothers_severity_is_no_colour():
    said = taken(foreign())
    assert (said.kind, said.colour, said.stage, said.begins, said.areas) == ("暴雨", "", "issued", None, ())
    assert set(said.said_by) == {"kind", "stage"}


def test_of_another_is_taken_what_it_says():
    said = taken(
        foreign(
            event="rain",
            event_codes=(Pair(name="x", value="11B03"),),
            effective=SENT,
            parameters=(Pair(name="预警颜色", value="橙色"),),
            areas=(Area(description="全区", geocodes=(Pair(name="SAME", value="9"),)),),
        )
    )
    assert (said.kind, said.colour, said.begins, said.areas) == ("暴雨", "橙", SENT, (Place("全区"),))
    assert said.said_by["kind"] == "info[1]/eventCode[1]/value"
    assert said.said_by["begins"] == "info[1]/effective"
    assert taken(foreign(event="rain", parameters=(Pair(name="预警颜色", value="紫"),))).colour == ""


@pytest.mark.parametrize(
    ("headline", "event", "kind", "colour"),
    [
        ("云河市气象台发布暴雨橙色预警信号", "", "暴雨", "橙"),
        ("云河市气象台发布暴雨橙色预警信号", "暴雨", "暴雨", "橙"),
        ("云河市气象台发布雷电橙色预警信号", "暴雨", "暴雨", ""),
        ("会不会发布暴雨橙色预警", "暴雨", "暴雨", ""),
        ("发布暴雨橙色预警和雷电黄色预警", "大风", "大风", ""),
    ],
)
def test_a_headline_says_what_is_still_open(headline, event, kind, colour):
    said = taken(foreign(event=event or "rain", headline=headline))
    assert (said.kind, said.colour) == (kind, colour)
    assert (said.said_by.get("colour") == "info[1]/headline") == bool(colour)


def test_every_place_that_a_value_is_said_by_is_in_the_file():
    file = taken_in(written(alert_of(RED)))
    paths = [path for path in taken(file.alert).said_by.values() if not path.endswith("/area")]
    assert len(paths) > 5
    assert set(paths) <= set(file.places)


def test_a_message_without_words_gives_its_stage_alone():
    said = taken(replace(alert_of(RED), infos=()))
    assert (said.stage, said.kind, said.headline) == ("issued", "", "")
