"""Listed bodies in texts: the longest name, never a part of another's; what is not plain is not taken for sure."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.areas import Body, BodyNames

PLACE = "吉林省德惠市"


def body(name: str, *short: str, town: str = "", kind: str = "", id: str = "") -> Body:
    return Body(id=id or name, name=name, short=short, township=town, kind=kind)


LISTED = [
    body("德惠市第一小学", "一小", town="城关镇", id="一小"),
    body("德惠市实验小学", "实验", town="河口乡", id="实验"),
    body("城关中学", "城关一中", town="城关镇"),
    body("城关中学附属小学", town="城关镇"),
    body("中心小学", town="城关镇", id="城关中心"),
    body("中心小学", town="河口乡", id="河口中心"),
    body("凤鸣幼儿园", "凤幼", town="城关镇"),
    body("德惠市人民医院", "市医院", id="人民医院"),
    body("河口乡人民政府", kind="镇街", id="河口乡政府"),
    body("李村", kind="村居"),
    body("新世纪学校", "新世纪", town="城关镇"),
    body("青山中学", "青中", town="河口乡"),
    body("青山中学", "青中", town="城关镇", id="青山中学2"),
]
NAMES = BodyNames(LISTED, PLACE)

SURE = [
    ("一小操场有人晕倒", "一小"),
    ("刚才接一小电话，楼梯踩踏", "一小"),
    ("第一小学门口踩踏", "一小"),
    ("德惠市第一小学食堂起火", "一小"),
    ("实验小学起火", "实验"),
    ("德惠实验小学起火", "实验"),
    ("城关中学起火", "城关中学"),
    ("城关中学附属小学起火", "城关中学附属小学"),
    ("河口乡中心小学10人呕吐", "河口中心"),
    ("城关中心小学10人呕吐", "城关中心"),
    ("凤鸣幼儿园校车侧翻", "凤鸣幼儿园"),
    ("凤幼门口", "凤鸣幼儿园"),
    ("在人民医院门前打架", "人民医院"),
    ("今天上午河口乡发生山洪", "河口乡政府"),
    ("城关一中宿舍起火", "城关中学"),
    ("城关镇青中有人落水", "青山中学2"),
    ("（城关中学）起火", "城关中学"),
    ("李村有人落水", "李村"),
    ("新世纪学校食堂起火", "新世纪学校"),
    ("城关中学4名学生中毒，在人民医院抢救", "城关中学"),
    ("城关镇中心小学学生送河口乡卫生院", "城关中心"),
    ("第一小学报告：一小楼梯踩踏", "一小"),
]
ASKED = [
    ("中心小学起火", {"城关中心", "河口中心"}),
    ("青中有人落水", {"青山中学", "青山中学2"}),
    ("东方实验小学起火", {"实验"}),
    ("实验操场有人打架", {"实验"}),
    ("新世纪操场有人打架", {"新世纪学校"}),
    ("小李村有人落水", {"李村"}),
    ("中心小学学生送河口乡卫生院", {"城关中心", "河口中心"}),
    ("城关中学附近一民房起火", {"城关中学"}),
    ("城关中学对面饭店爆炸", {"城关中学"}),
    ("城关中学分校起火", {"城关中学"}),
    ("城关中学家属院起火", {"城关中学"}),
]
NOBODY = [
    "一小时前有人晕倒",
    "第十一小学起火",
    "一小部分学生头晕",
    "实验课上爆炸",
    "3人送人民医院",
    "已通知城关中学",
    "伤者转院至德惠市人民医院救治",
    "某小学踩踏",
    "新世纪以来最大的雨",
    "伤者正在人民医院全力救治",
    "",
    "小",
]


@pytest.mark.parametrize(("text", "meant"), SURE)
def test_the_only_body_that_words_name_is_sure(text, meant):
    mentions = NAMES.mentions(text)
    assert {item.bodies[0].id for item in mentions if item.sure} == {meant}
    assert all(item.words in text and text.startswith(item.words, item.start) for item in mentions)


@pytest.mark.parametrize(("text", "among"), ASKED)
def test_what_may_be_another_is_not_taken_for_sure(text, among):
    mentions = NAMES.mentions(text)
    assert [item.sure for item in mentions] == [False]
    assert {one.id for one in mentions[0].bodies} == among


@pytest.mark.parametrize("text", NOBODY)
def test_words_that_are_none_name_nobody(text):
    assert NAMES.mentions(text) == ()


def test_two_bodies_are_two_mentions():
    mentions = NAMES.mentions("第一小学的校车在城关中学门口翻了")
    assert [(item.bodies[0].id, item.sure) for item in mentions] == [("一小", True), ("城关中学", True)]


def test_a_township_in_the_text_tells_bodies_of_one_name_apart():
    mentions = NAMES.mentions("我是河口乡的，中心小学着火了")
    assert [(item.bodies[0].id, item.sure) for item in mentions] == [("河口乡政府", True), ("河口中心", True)]


def test_a_name_of_too_many_names_none():
    many = [body("中心校", town=f"第{number}镇", id=str(number)) for number in range(9)]
    assert BodyNames(many).mentions("中心校起火") == ()
    assert BodyNames(many[:8]).mentions("中心校起火")[0].bodies == tuple(many[:8])


def test_a_name_that_was_written_down_is_nobody_elses():
    """城关镇凤鸣小学 may leave its township out, but not where another school is called so."""
    names = BodyNames([body("城关镇凤鸣小学", town="城关镇"), body("凤鸣小学", town="河口乡")])
    assert [item.bodies[0].id for item in names.mentions("凤鸣小学起火")] == ["凤鸣小学"]
    assert [one.id for one in names.called("凤鸣小学")] == ["凤鸣小学"]
    assert [one.id for one in names.called("城关镇凤鸣小学")] == ["城关镇凤鸣小学"]


NAME = st.text(alphabet="城关河口第一二三实验中心小学附属凤鸣幼儿园镇乡", min_size=2, max_size=8)


@given(
    st.lists(NAME, max_size=12, unique=True),
    st.text(alphabet="城关河口第一二三实验中心小学附属凤鸣幼儿园镇乡，在有人时", max_size=40),
)
def test_mentions_lie_in_the_text_apart_from_each_other_and_bear_the_name(names, text):
    listed = [body(name, town="城关镇") for name in names]
    mentions = BodyNames(listed, "城关区").mentions(text)
    assert list(mentions) == sorted(mentions, key=lambda item: item.start)
    for item in mentions:
        assert text[item.start :].startswith(item.words)
        assert len(item.bodies) == len({one.id for one in item.bodies}) > 0
        assert not item.sure or len(item.bodies) == 1
    ends = [item.start + len(item.words) for item in mentions]
    assert all(end <= after.start for end, after in zip(ends, mentions[1:], strict=False))


@given(st.sampled_from([text for text, _ in SURE]), st.integers(min_value=0, max_value=300))
def test_more_bodies_change_nothing_about_those_that_are_named(text, count):
    """However many others there are, a text names the same."""
    others = [body(f"甲乙{number}号学校", town="城关镇", id=f"其他{number}") for number in range(count)]
    names = BodyNames([*LISTED, *others], PLACE)
    assert [item.bodies for item in names.mentions(text)] == [item.bodies for item in NAMES.mentions(text)]


def test_five_thousand_bodies_cost_hardly_more_than_five():
    """The growth, not the machine: a text is looked through once, whatever the number of names."""
    text = "，".join(words for words, _ in SURE) * 4
    large = BodyNames(
        [*LISTED, *(body(f"{a}{b}{c}小学", id=f"{a}{b}{c}") for a in CHARS for b in CHARS for c in CHARS)]
    )
    few = min(_seconds(NAMES, text) for _ in range(5))
    many = min(_seconds(large, text) for _ in range(5))
    assert len(large.bodies) > 5000
    assert many < 4 * few


CHARS = "安宁平清河东西南北山阳泰丰永和长乐新"


def _seconds(names: BodyNames, text: str) -> float:
    begin = time.perf_counter()
    for _ in range(20):
        names.mentions(text)
    return time.perf_counter() - begin
