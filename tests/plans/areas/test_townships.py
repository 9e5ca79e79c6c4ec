"""What a text says of areas, and what lies in them: what is not known is named, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.areas import Areas, Body, Townships, bodies_in, families_meant, of_kind
from plans.areas.townships import area_of

BODIES = [
    Body(id="a", name="凤鸣小学", township="城关镇", kind="小学、有校车"),
    Body(id="b", name="河口中学", township="河口", kind="中学"),
    Body(id="c", name="凤鸣幼儿园", township="城关", kind="幼儿园"),
    Body(id="d", name="河口乡卫生院", township="河口乡"),
    Body(id="e", name="东风水泥厂", township="东街街道办事处"),
    Body(id="f", name="无名中学"),
    Body(id="g", name="河口乡人民政府", kind="镇街"),
]
KNOWN = Townships(BODIES)
TOWNS = {"城关镇", "河口乡", "东街街道"}

READ = [
    ("城关镇、河口乡", {"城关镇", "河口乡"}, (), False),
    ("城关、河口", {"城关镇", "河口乡"}, (), False),
    ("城关镇和东街街道", {"城关镇", "东街街道"}, (), False),
    ("东街街道办事处；河口乡人民政府", {"东街街道", "河口乡"}, (), False),
    ("城关镇河口乡", {"城关镇", "河口乡"}, (), False),
    ("城关镇全域，河口乡部分地区", {"城关镇", "河口乡"}, (), False),
    ("城关镇、河口乡等2个乡镇", {"城关镇", "河口乡"}, (), False),
    ("城关镇等三个乡镇", {"城关镇"}, ("等三个乡镇",), False),
    ("城关镇、河口乡等地", {"城关镇", "河口乡"}, ("等地",), False),
    ("城关镇、某某乡、开发区", {"城关镇"}, ("某某乡", "开发区"), False),
    ("全区", TOWNS, (), True),
    ("晋城市城区全区", TOWNS, (), True),
    ("开发区全域", set(), ("开发区",), False),
    ("全区各镇街", TOWNS, (), True),
    ("各乡镇（街道）", TOWNS, (), True),
    ("全县（除河口乡外）", {"城关镇", "东街街道"}, (), True),
    ("全区，不含河口乡", {"城关镇", "东街街道"}, (), True),
    ("全区除某某乡以外", TOWNS, ("某某乡",), True),
    ("东部乡镇", set(), ("东部乡镇",), False),
    ("", set(), (), False),
]


@pytest.mark.parametrize(("text", "names", "unknown", "everything"), READ)
def test_areas_are_read(text, names, unknown, everything):
    areas = KNOWN.read(text)
    assert (set(areas.names), areas.unknown, areas.everything) == (names, unknown, everything)


def test_bodies_lie_in_the_townships_that_are_named():
    def inside(text: str, kind: str = "") -> str:
        return "".join(body.id for body in bodies_in(BODIES, KNOWN.read(text), kind=kind))

    assert inside("城关镇") == "ac"
    assert inside("河口") == "bdg"
    assert inside("全区") == "abcdefg"
    assert inside("全区除河口乡外") == "acef"
    assert inside("全区", "学校") == "abcf"
    assert inside("全区", "有校车") == "a"
    assert inside("某某乡") == ""


def test_a_body_is_of_the_kind_that_the_list_or_its_name_says():
    assert [sorted(body.families) for body in BODIES] == [
        ["学校"], ["学校"], ["幼儿园"], ["医院"], ["企业"], ["学校"], ["镇街"],
    ]  # fmt: skip
    assert Body(id="x", name="老年活动室").families == {"单位"}
    assert [body.id for body in of_kind(BODIES, "幼儿园")] == ["c"]
    assert of_kind(BODIES, "") == BODIES


@pytest.mark.parametrize(
    ("names", "families"),
    [
        (("事发学校", "", "学校", "事发单位"), {"学校", "幼儿园"}),
        (("事发地镇街", "", "事发地镇（街）", "开发区管委会"), {"镇街"}),
        (("涉事单位", "", "事发单位"), {"学校", "幼儿园", "医院", "企业", "村居", "单位"}),
        (("可能受影响的地区、部门和企业",), set()),
        (("事发地县级政府", "事发地县（市、区）人民政府"), set()),
        (("区教育局",), set()),
    ],
)
def test_a_placeholder_says_what_kind_of_body_it_is(names, families):
    assert families_meant(names) == families


@given(
    st.lists(st.sampled_from(sorted(TOWNS)), unique=True, min_size=1), st.sampled_from(["、", "，", "和", " ", "；"])
)
def test_names_in_any_order_and_with_any_sign_are_read(names, sign):
    areas = KNOWN.read(sign.join(names))
    assert areas == Areas(names=tuple(names))


@given(st.text(max_size=40))
def test_no_text_is_taken_for_more_than_it_says(text):
    areas = KNOWN.read(text)
    assert set(areas.names) <= TOWNS
    assert not set(areas.without) & set(areas.names)


def test_an_office_is_named_after_its_area():
    assert [area_of(name) for name in ("河口乡人民政府", "东街街道办事处", "城 关 镇")] == [
        "河口乡",
        "东街街道",
        "城关镇",
    ]
