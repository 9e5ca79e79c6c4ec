"""The edited directory over a plan's lines: what is rung, and that no mobile telephone gets into a group."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from plans.directory import Amendment, amended, duty_line, once, phone_book
from plans.directory.amendments import unit_called
from plans.directory.numbers import dialled, is_number, personal, tapped
from plans.load import load_all
from plans.model import Line

PLANS = load_all()
CAMPUS, WATER = PLANS["jincheng-chengqu-campus"], PLANS["jincheng-water-rescue"]
NOW = datetime(2026, 3, 2, tzinfo=UTC)
MOBILE = "13800000000"


def change(unit="区教育局", was="0356-2250777", number="", **more):
    return Amendment(unit=unit, was=was, number=number, at=NOW, **more)


def lines(plan, unit):
    found = unit_called(plan, unit)
    assert found is not None
    return found.lines


def numbers(plan, unit):
    return [line.number for line in lines(plan, unit)]


def test_nothing_known_better_leaves_the_plan_as_it_is():
    assert amended(CAMPUS, []) is CAMPUS
    assert amended(CAMPUS, [change(unit="没有这个")]) is CAMPUS


def test_a_changed_number_is_rung_instead_and_the_plan_is_untouched():
    after = amended(CAMPUS, [change(number="0356-2000001")])
    assert numbers(after, "区教育局") == ["0356-2000001"]
    assert numbers(CAMPUS, "区教育局") == ["0356-2250777"]
    line = duty_line(after)
    assert line is not None and line.dial == "0356-2000001"


def test_a_wrong_number_is_rung_no_more():
    assert numbers(amended(CAMPUS, [change()]), "区教育局") == []


def test_an_added_line_comes_first_and_has_its_kind():
    after = amended(CAMPUS, [change(was="", number="0356-2000002", kind="夜间值班")])
    assert numbers(after, "区教育局") == ["0356-2000002", "0356-2250777"]
    assert lines(after, "区教育局")[0].kind == "夜间值班"


def test_a_checked_number_is_rung_on():
    checked = change(number="0356-2250777")
    assert checked.way == "checked" and numbers(amended(CAMPUS, [checked]), "区教育局") == ["0356-2250777"]


def test_a_bare_number_and_the_same_with_its_area_code_are_one():
    unit = next(unit for unit in WATER.units if unit.lines and len(unit.lines[0].number) == 7)
    was = f"0356-{unit.lines[0].number}"
    after = amended(WATER, [Amendment(unit=unit.id, was=was, number="0356-2000003", at=NOW)])
    assert "0356-2000003" in numbers(after, unit.id) and unit.lines[0].number not in numbers(after, unit.id)


def test_a_short_name_names_the_unit():
    assert numbers(amended(CAMPUS, [change(unit="教育局", number="0356-2000001")]), "区教育局") == ["0356-2000001"]


def test_mobile_telephones_are_only_for_whom_they_are_asked_for():
    own = change(was="", number=MOBILE)
    assert MOBILE not in numbers(amended(CAMPUS, [own]), "区教育局")
    assert MOBILE in numbers(amended(CAMPUS, [own], with_personal=True), "区教育局")


def test_a_mobile_telephone_in_a_plan_file_is_for_no_group_either():
    own = [Line(number=MOBILE), Line(number="0356-2000001", label=f"李某 {MOBILE}"), Line(number="0356-2000002")]
    mended = unit_called(CAMPUS, "区教育局")
    units = tuple(unit.model_copy(update={"lines": tuple(own)}) if unit is mended else unit for unit in CAMPUS.units)
    plan = CAMPUS.model_copy(update={"units": units})
    for known in ([], [change(was="", number="0356-2000003", kind=f"李某{MOBILE}")]):
        assert numbers(amended(plan, known), "区教育局") == ["0356-2000002"]
        assert MOBILE in numbers(amended(plan, known, with_personal=True), "区教育局")


def test_one_number_in_several_plans_is_shown_once():
    hits = phone_book(PLANS.values()).search("市消防救援支队", limit=50)
    assert len(once(hits)) < len(hits)
    assert len({(hit.dial, hit.kind) for hit in once(hits)}) == len(once(hits))


def test_the_chats_plan_and_the_units_at_hand_go_first_among_equals():
    book = phone_book(PLANS.values())
    assert book.search("消防")[0].plan == CAMPUS.id
    assert book.search("消防", prefer=["jincheng-transit"])[0].plan == "jincheng-transit"
    near = book.search("街道", limit=50)[-1].unit
    assert book.search("街道", at_hand={near}, limit=1)[0].unit == near


@pytest.mark.parametrize(
    ("number", "read", "tap"),
    [
        ("2022492", "0356-2022492", "+863562022492"),
        ("0351-4045001", "0351-4045001", "+863514045001"),
        ("12369", "12369", ""),
        (MOBILE, MOBILE, f"+86{MOBILE}"),
        ("+86 356 2022492", "0356-2022492", "+863562022492"),
        ("400-000-0001", "400-000-0001", "+864000000001"),
    ],
)
def test_numbers_are_read_and_tapped(number, read, tap):
    assert (dialled(number, "0356"), tapped(number, "0356")) == (read, tap)


@pytest.mark.parametrize("text", ["0356-2250777", "12345", "+86 356 2250777", "110"])
def test_what_is_a_number(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["二二五", "12", "1" * 15, "-1234", "", "0356-2250777 转"])
def test_what_is_none(text):
    assert not is_number(text)


def test_a_mobile_telephone_is_known_however_it_is_written():
    assert personal(MOBILE) and personal(f"+86 {MOBILE[:3]} {MOBILE[3:7]} {MOBILE[7:]}")
    assert not personal("0356-2250777") and not personal("4000000001")
