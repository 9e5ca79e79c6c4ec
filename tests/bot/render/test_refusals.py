"""A refusal says why, under which clause, who may, and what to do next; a pop-up holds it."""

import re
from datetime import timedelta
from typing import Any

import pytest

from bot.render import popup, render_refusal
from bot.render.cases import CaseView
from bot.render.catalogue import REFUSALS
from bot.render.message import units
from bot.service.answers import shortly
from plans.core.outcome import Refusal
from plans.incident.facts import Update
from plans.incident.judging import Verify
from plans.incident.levels import Declare
from plans.warning.state import WarningCase
from tests.bot.render import story as s
from tests.bot.render.test_keys import refusals
from tests.factories import CAMPUS

SAMPLES: dict[str, Any] = {
    "via": "forward",
    "state": "closed",
    "level": "Ⅱ",
    "proposed": "Ⅲ",
    "given": "区某局",
    "known": ["首报", "续报"],
    "fact": "injuries",
    "problem": "三四",
    "name": "张三",
    "own": False,
    "status": "filed",
    "unit": s.FIRE,
    "report": "首报",
    "channel": "电话",
    "to": ["市委"],
    "declared_by": "指挥长",
    "into": 17,
    "into_level": None,
    "number": 17,
    "plan": "晋城市水上搜救应急预案",
    "at": s.clock("03:10"),
    "occurred_at": s.BEGIN,
    "seconds": 60,
    "starts": s.clock("03:10"),
    "ends": s.clock("05:00"),
    "above": "省指挥部",
    "issuer": "区气象台",
    "total": 9,
    "most": 5000,
    "evidence": "photo",
    "open": [{"key": "k", "report": "首报", "clause": "4.1.2", "to": ["市委", "区委"]}],
}
OWN: dict[str, dict[str, Any]] = {
    "which_obligation": {
        "among": [
            {"obligation": "k", "rule": "r", "clause": "3", "due": s.clock("05:00"), "text": "4小时内发布权威信息"}
        ]
    },
    "deaths_fall": {"old": 3, "new": {"at_least": 0, "at_most": 1}},
    "later_needs_reason": {"old": s.BEGIN, "new": s.BEGIN + timedelta(minutes=9)},
    "time_ahead": {"given": s.clock("1 05:00")},
    "instruct_due_over": {"given": s.clock("02:00")},
    "called_before_occurrence": {"given": s.clock("02:00")},
    "unknown_fact": {"known": {"deaths": "死亡", "injuries": "受伤"}},
    "unknown_class": {"known": {"fire": "火灾"}},
    "unknown_recipient": {"given": ["某局", "某办"]},
    "unknown_unit": {"given": ["某局"]},
    "already_judged": {"fact": "处置能力研判"},
    "raising_not_stated": {"fact": "事件敏感"},
    "bad_value": {"fact": "受伤"},
    "merge_after_declaration": {"into_level": "Ⅲ"},
    "already_answered": {"status": "已出发"},
    "aid_too_long": {"name": 40, "words": 200},
    "aid_settled": {"status": "refused"},
    "aid_which": {"names": ["市人民政府", "区消防救援大队"]},
    "aid_unknown_answer": {"given": "来了"},
    "condition_confirmed": {"condition": "危险因素消除"},
    "assessors_missing": {"assessed_by": "专家组"},
    "release_above": {"publisher": "省应急指挥部"},
    "ends_too_late": {"days": 180},
    "arrival_when": {"hours": 12},
    "handover_too_long": {"count": 702, "most": 500},
    "log_answered": {"by": "王值班"},
    "log_not_standing": {"by": 18},
    "log_reported": {"incident": 3},
    "release_not_approved": {"approval": "省卫生健康委"},
    "not_to_cross": {"place": "晋城市", "known": ["市委"]},
    "already_submitted": {"place": "晋城市"},
    "went_round": {"place": "晋城市"},
}
VIEW = s.Story().report().view("seat")


def sample(key: str) -> Refusal:
    """Return the refusal with all parameters that the core gives it."""
    places = refusals()[key]
    names: set[str] = set().union(*(given for given, _, _ in places))
    params = {name: OWN.get(key, {}).get(name, SAMPLES.get(name)) for name in names}
    assert None not in [value for name, value in params.items() if name != "into_level"], (key, params)
    clause = "4.3.2" if any(cites for _, cites, _ in places) else ""
    who = ("commander", "deputy") if any(says for _, _, says in places) else ()
    return Refusal(key=key, clause=clause, who=who, params=params)


@pytest.mark.parametrize("key", sorted(REFUSALS))
def test_every_refusal_says_what_it_must(key):
    text, short = render_refusal(sample(key), VIEW), popup(sample(key), VIEW)
    for shown in (text, short):
        assert ("（4.3.2）" in shown) is bool(sample(key).clause)
        assert ("有权" in shown) >= bool(sample(key).who)
        assert not re.search(r"[{}]|None|datetime|。。|；。|\bdeaths\b|\binjuries\b", shown)
    assert units(short) <= 200
    assert text.count("\n") == (2 if sample(key).who else 1)
    why, following = (part.split("{")[0] for part in REFUSALS[key])
    assert text.startswith(why) and text.split("\n")[-1].startswith(following)


@pytest.mark.parametrize("key", sorted(REFUSALS))
def test_a_popup_holds_whatever_was_given(key):
    refusal = sample(key)
    long = {
        name: ["很长的名字" * 9] * 40
        if isinstance(value, list) and name not in ("open", "among")
        else "🚨" * 400
        if isinstance(value, str)
        else value
        for name, value in refusal.params.items()
    }
    long = {
        name: refusal.params[name] if name in ("fact", "state", "status", "via", "level") else value
        for name, value in long.items()
    }
    assert units(popup(Refusal(key=key, clause="4.3.3 措施(2)", who=("commander",) * 30, params=long), VIEW)) <= 200


SEEN = CaseView(plan=CAMPUS, case=WarningCase(stream="warning:1"), now=s.clock("03:30"))


@pytest.mark.parametrize("key", sorted(REFUSALS))
@pytest.mark.parametrize("seen", [SEEN, None], ids=["of a case", "of nothing"])
def test_each_refusal_is_said_of_a_case_of_any_kind_and_where_there_is_none_yet(key, seen):
    """Whatever refuses the opening of a case is said, and is no failure of the program."""
    refusal = sample(key)
    long = {name: "🚨" * 400 if isinstance(value, str) else value for name, value in refusal.params.items()}
    for given in (refusal.params, long, {}):
        said = shortly(Refusal(key=key, clause=refusal.clause, who=refusal.who, params=given), seen)
        assert said and units(said) <= 200 and not re.search(r"[{}]|None|datetime|\['", said)


def test_who_may_is_said_with_the_posts():
    outcome = s.Story().report().attempt("03:20", Declare(level="Ⅰ"), s.DIRECTOR)
    assert isinstance(outcome, Refusal)
    text = render_refusal(outcome, VIEW)
    assert "Ⅰ级响应不由您宣布（4.3.1）" in text
    assert "指挥长（区政府分管教育工作的副区长）" in text
    assert "代录" in text


def test_a_fall_of_deaths_shows_both_numbers():
    story = s.Story().report().do("03:10", Verify(facts={"deaths": 3}))
    outcome = story.attempt("03:20", Update(facts={"deaths": 1}))
    assert isinstance(outcome, Refusal)
    assert "由3人降为1人" in popup(outcome, story.view())


def test_an_unknown_fact_is_answered_with_names_not_ids():
    outcome = s.Story().report().attempt("03:20", Update(facts={"casualties": 3}))
    assert isinstance(outcome, Refusal)
    text = render_refusal(outcome, VIEW)
    assert "死亡、失联" in text and "deaths" not in text


def test_what_a_person_gave_stays_plain_and_short():
    refusal = Refusal(key="unknown_level", params={"given": "【演练】\n@all " + "字" * 90, "known": ["Ⅲ"]})
    text = render_refusal(refusal, VIEW)
    assert "【" not in text and len(text.split("\n")[0]) < 90


def test_a_refusal_in_a_drill_is_marked():
    view = s.drill().view("seat")
    text = render_refusal(Refusal(key="not_paused"), view)
    assert text.startswith("【演练】") and text.endswith("【演练】")
    assert popup(Refusal(key="not_paused"), view).startswith("【演练】")
