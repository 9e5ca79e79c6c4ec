"""Whom to ring, and who is responsible: what people type, and what must come first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.directory import Entry, PhoneBook, phone_book, responsible
from plans.load import load_all

PLANS = load_all()
CAMPUS = PLANS["jincheng-chengqu-campus"]
BOOK = phone_book([CAMPUS])
ALL = phone_book(PLANS.values())


def first(query, book=BOOK):
    return book.search(query)[0].unit


@pytest.mark.parametrize(
    ("query", "unit"),
    [
        ("区教育局", "区教育局"),
        ("教育局", "区教育局"),
        ("消防", "区消防救援大队"),
        ("xiaofang", "区消防救援大队"),
        ("xf", "区消防救援大队"),
        ("卫健局", "区卫生健康和体育局"),
        ("wjj", "区卫生健康和体育局"),
        ("weijianju", "区卫生健康和体育局"),
        ("WJJ", "区卫生健康和体育局"),
        ("卫建局", "区卫生健康和体育局"),
        ("市监局", "区市场监督管理局"),
        ("shizf", "市政府"),
        ("公安", "市公安局城区分局"),
        ("供电", "国网晋城供电公司城区供电中心"),
        ("2250777", "区教育局"),
        ("0351-4045001", "省委"),
        ("+86 351 4045001", "省委"),
        ("（区）气象局", "区气象局"),
    ],
)
def test_the_unit_that_is_meant_comes_first(query, unit):
    assert first(query) == unit


@pytest.mark.parametrize("unit", [unit for unit in CAMPUS.units if unit.lines], ids=lambda unit: unit.id)
def test_every_unit_is_found_by_each_of_its_names_and_its_number(unit):
    for name in (unit.id, *unit.aliases):
        assert unit.id in {hit.unit for hit in BOOK.search(name)}, name
    for line in unit.lines:
        assert line.number in {hit.number for hit in BOOK.search(line.number)}


def test_a_body_without_a_line_has_that_of_the_one_it_is_rung_at():
    hit = BOOK.search("区政府办")[0]
    assert (hit.unit, hit.number, hit.label) == ("区政府办", "0356-2022495", "区政府办公室")


def test_a_place_stands_for_several():
    numbers = {hit.number for hit in BOOK.search("镇街", limit=20) if hit.unit == "事发地镇（街道）"}
    assert len(numbers) == 8


def test_several_words_must_all_fit():
    assert {hit.kind for hit in ALL.search("水务局 传真") if hit.score > 90} == {"传真"}
    assert {hit.plan for hit in ALL.search("山亭 消防") if hit.score > 90} <= {"shanting-overall"}
    assert ALL.search("消防 火星") == []


def test_scores_fall_and_limits_hold():
    hits = ALL.search("局", limit=500)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(55 <= hit.score <= 100 for hit in hits)
    assert (len(ALL.search("局", limit=3)), ALL.search("局", limit=0), ALL.search("局", limit=-1)) == (3, [], [])
    assert {hit.plan for hit in ALL.search("局", plan=CAMPUS.id)} == {CAMPUS.id}


def test_a_number_can_be_dialled_with_its_area_code():
    hit = next(hit for hit in ALL.search("2025754") if hit.plan == "jincheng-water-rescue")
    assert (hit.number, hit.dial) == ("2025754", "0356-2025754")
    assert BOOK.search("2250777")[0].dial == "0356-2250777"


def test_lines_of_the_installation_come_first():
    own = Entry(unit="区教育局", names=("教育局",), number="0356-0000001", kind="值班", plan=CAMPUS.id)
    assert phone_book([CAMPUS], [own]).search("区教育局")[0].number == "0356-0000001"
    assert PhoneBook([own]).search("教育")[0].number == "0356-0000001"


@given(st.text(max_size=120))
def test_whatever_is_typed_is_searched_for(query):
    assert all(hit.score >= 55 for hit in BOOK.search(query))
    assert all(hit.score >= 55 for hit in responsible([CAMPUS], query))


@pytest.mark.parametrize("query", ["", "  ", "，", "()", "-", "x", "12"])
def test_what_says_nothing_finds_nothing(query):
    assert BOOK.search(query) == []
    assert responsible([CAMPUS], query) == []


@pytest.mark.parametrize(
    ("plan", "subject", "clause"),
    [
        ("dehui-education-duties", "燃气", "五(四)"),
        ("dehui-education-duties", "燃气", "六(三)4"),
        ("dehui-education-duties", "校车", "五(十六)"),
        ("dehui-education-duties", "食物中毒", "六(十八)2"),
        ("shanting-overall", "燃气", "附件(2)7"),
        ("shanting-overall", "森林火灾", "附件(1)5"),
        ("jincheng-chengqu-campus", "食物中毒", "8.3"),
        ("dehui-education-duties", "燃汽", "五(四)"),
        ("dehui-education-duties", "燃气泄漏", "六(三)4"),
    ],
)
def test_subjects_find_the_clause_that_names_them(plan, subject, clause):
    assert clause in {item.clause for item in responsible([PLANS[plan]], subject)[:4]}


def test_a_named_subject_goes_before_a_mention():
    found = responsible(PLANS.values(), "校车")
    assert found[0].unit == "学校安全科"
    assert [item.score for item in found] == sorted((item.score for item in found), reverse=True)
    assert len({(item.plan, item.unit, item.clause) for item in found}) == len(found)


def test_letters_that_mean_nothing_find_nobody():
    assert responsible(PLANS.values(), "zzz") == []
    assert "经费使用管理" not in {item.duty for item in responsible(PLANS.values(), "预警")}, "教育经费 sounds like it"
