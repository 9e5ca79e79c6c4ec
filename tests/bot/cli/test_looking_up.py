"""``tocsin phone`` and ``tocsin who``."""

import pytest

from tests.bot.cli import shapes

CAMPUS = "jincheng-chengqu-campus"
PHONE = {"unit": shapes.some, "number": shapes.some, "kind": shapes.some, "plan": shapes.some, "score": (int, float)}
WHO = {"unit": shapes.some, "duty": shapes.some, "plan": shapes.some, "clause": shapes.some}


@pytest.mark.parametrize(
    "query", ["卫健局", "wjj", "weijianju", "卫建局", "区卫健局", "2039411", "0356-2039411", "+86 356 2039411", "9411"]
)
def test_the_health_bureau_is_found_however_it_is_asked_for(tocsin, query):
    ran = tocsin("phone", query, "--plan", CAMPUS, "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(ran.json, [PHONE])
    assert ran.json[0]["unit"] == "区卫生健康和体育局"
    assert ran.json[0]["number"] == "0356-2039411"
    assert ran.json[0]["plan"] == CAMPUS
    assert [hit["score"] for hit in ran.json] == sorted((hit["score"] for hit in ran.json), reverse=True)


def test_limits_plans_and_nothing(tocsin):
    assert len(tocsin("phone", "消防", "--json").json) > 3
    assert len(tocsin("phone", "消防", "--limit", "2", "--json").json) == 2
    assert {hit["plan"] for hit in tocsin("phone", "消防", "--plan", CAMPUS, "--json").json} == {CAMPUS}
    nothing = tocsin("phone", "不存在的单位", "--json")
    assert (nothing.status, nothing.json) == (0, [])
    assert "没有找到" in tocsin("phone", "不存在的单位").out


def test_people_read_a_number_they_can_dial(tocsin):
    assert "0356-2025754" in tocsin("phone", "水务局", "--plan", "jincheng-water-rescue").out, "the plan prints 2025754"
    assert tocsin("phone", "水务局 传真", "--plan", "jincheng-water-rescue", "--json").json[0]["kind"] == "传真"


@pytest.mark.parametrize(
    ("subject", "clauses"),
    [
        ("燃气", {"五(四)", "六(三)4"}),
        ("校车", {"五(十六)"}),
        ("食物中毒", {"六(十八)2"}),
        ("ranqi", {"五(四)", "六(三)4"}),
    ],
)
def test_subjects_find_their_sections(tocsin, subject, clauses):
    ran = tocsin("who", subject, "--plan", "dehui-education-duties", "--json")
    assert (ran.status, ran.err) == (0, "")
    shapes.holds(ran.json, [WHO])
    assert clauses <= {item["clause"] for item in ran.json[: len(clauses) + 1]}
    assert {item["plan"] for item in ran.json} == {"dehui-education-duties"}


def test_lead_departments_are_found_by_kind_of_event(tocsin):
    first = tocsin("who", "森林火灾", "--plan", "shanting-overall", "--json").json[0]
    assert first["unit"].startswith("区应急管理局")
    assert first["clause"] == "附件(1)5"
    everywhere = tocsin("who", "燃气", "--json").json
    assert len({item["plan"] for item in everywhere}) >= 4
    assert "没有找到" in tocsin("who", "外星人").out
