"""Warnings as they are sent on: a table of texts with what each says, and what none of them may be taken for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

import plans
from plans.intake import SHANGHAI, warning
from plans.intake.numerals import normalise
from plans.intake.warning import Moment, WarningFound, Words
from plans.intake.warning.mentions import KINDS

NOW = datetime(2026, 7, 9, 13, 6, tzinfo=SHANGHAI)
"""A Thursday."""

DATA = Path(plans.__file__).parent / "data"

ROWS = [
    (cells[0].replace("⏎", "\n"), cells[1])
    for line in Path(__file__).with_name("warnings.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#") and (cells := line.split("\t"))
]


def moment(words: Words[Moment] | None) -> str:
    return f"{words.value.at:%d-%H:%M}{'~' if words.value.vague else ''}" if words else "?"


def shown(found: WarningFound) -> str:
    colour = f"{found.before.value}→" if found.before else ""
    parts = [
        found.kind.value if found.kind else "?",
        colour + (found.colour.value if found.colour else "?") + (found.level.value if found.level else ""),
        found.stage.value if found.stage else "?",
        *(["转发"] if found.passed_on else []),
        f"by={found.issuer.value}" if found.issuer else "",
        f"at={found.issued_at.value:%d-%H:%M}" if found.issued_at else "",
        f"{moment(found.from_)}..{moment(found.to)}" if found.from_ or found.to else "",
        f"in={'、'.join(area.value for area in found.areas)}" if found.areas else "",
    ]
    return " ".join(part for part in parts if part)


def said(text: str, **options) -> str:
    read = warning.read(text, now=NOW, **options)
    if read.why_not is not None:
        assert not read.warnings
        return f"not: {read.why_not.value}"
    return "; ".join(shown(found) for found in read.warnings)


@pytest.mark.parametrize(("text", "wanted"), ROWS)
def test_what_a_text_says(text, wanted):
    assert said(text) == wanted


@pytest.mark.parametrize("text", [text for text, _ in ROWS])
def test_each_value_has_its_words_in_the_text(text):
    for found in warning.read(text, now=NOW).warnings:
        fields = [getattr(found, name) for name in WarningFound.__slots__ if name != "areas"]
        for words in [*(field for field in fields if field is not None), *found.areas]:
            assert words.text
            assert text[slice(*words.span)] == words.text
        assert set(found.as_json()["words"]) >= {"area"}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "form", ["发布{}红色预警信号", "【{}红色预警】", "{}预警（红色）", "解除{}Ⅰ级（红色）预警", "红色{}预警"]
)
def test_every_kind_is_read_in_every_form(kind, form):
    (found,) = warning.read(form.format(kind), now=NOW).warnings
    assert found.kind is not None
    assert found.colour is not None
    assert (found.kind.value, found.colour.value) == (kind, "红")


@pytest.mark.parametrize(
    ("words", "level"),
    [("Ⅰ级", "Ⅰ"), ("II级", "Ⅱ"), ("三级", "Ⅲ"), ("4级", "Ⅳ"), ("IV级", "Ⅳ")],
)
def test_levels_in_every_script(words, level):
    assert said(f"市指挥部发布能源供应{words}预警") == f"? ?{level} issued by=市指挥部"


@pytest.mark.parametrize(
    "text", ["启动防汛Ⅳ级应急响应", "阵风8级以上", "大风", "暴雨红色", "今天下暴雨了", "做好预警信息发布工作", ""]
)
def test_what_speaks_of_no_warning(text):
    assert said(text) == "not: nothing"


def test_behind_a_command_the_word_warning_may_be_left_out():
    assert said("暴雨红色 14时至20时 城关镇", entered=True) == "暴雨 红 ? 09-14:00..09-20:00 in=城关镇"
    known = ["西街", "北街", "钟家庄"]
    wanted = "暴雨 红 ? 09-14:00..09-20:00 in=西街、北街、钟家庄"
    assert said("暴雨红色 14:00-20:00 西街、北街、钟家庄", entered=True, areas=known) == wanted


@pytest.mark.parametrize(
    ("words", "day_and_hour"),
    [("15时", "09-15"), ("15:00", "09-15"), ("9日15时", "09-15"), ("明天8时", "10-08"), ("今晚8点", "09-20"),
     ("7月10日08:00", "10-08"), ("2026-07-10 08:00", "10-08")],
)  # fmt: skip
def test_a_beginning_or_an_end_alone(words, day_and_hour):
    (begins,) = warning.read(f"暴雨红色预警，从{words}", now=NOW, entered=True).warnings
    (ends,) = warning.read(f"暴雨红色预警，至{words}", now=NOW, entered=True).warnings
    assert begins.from_ is not None
    assert ends.to is not None
    assert (begins.to, ends.from_) == (None, None)
    assert f"{begins.from_.value.at:%d-%H}" == f"{ends.to.value.at:%d-%H}" == day_and_hour


def test_an_end_that_has_passed_is_tomorrows():
    assert said("暴雨红色预警，至8时", entered=True) == "暴雨 红 ? ?..10-08:00"


def test_known_areas_are_found_without_an_ending():
    text = "区气象台发布暴雨红色预警：预计未来3小时西街有大暴雨"
    assert "in=" not in said(text)
    assert said(text, areas=["西街", "北街"]).endswith("in=西街")


def test_a_drill_is_read_in_a_drill():
    text = "【演练】区气象台发布暴雨红色预警信号"
    assert said(text) == "not: drill"
    assert said(text, drill=True) == "暴雨 红 issued by=区气象台"


def test_full_width_words_are_given_back_as_they_were_sent():
    (found,) = warning.read("县气象台９日１３时发布暴雨红色预警（Ⅰ级）", now=NOW).warnings
    assert found.issued_at is not None
    assert found.issued_at.text == "９日１３时"


@pytest.mark.parametrize(
    ("said_at", "text", "begins", "ends"),
    [
        (datetime(2026, 7, 31, 12, tzinfo=SHANGHAI), "预计31日夜间到1日白天有暴雨", "2026-07-31 20", "2026-08-01 20"),
        (datetime(2026, 12, 31, 21, tzinfo=SHANGHAI), "预计22时至次日8时有暴雪", "2026-12-31 22", "2027-01-01 08"),
        (datetime(2026, 12, 31, 21, tzinfo=SHANGHAI), "预计1月1日2时至8时有暴雪", "2027-01-01 02", "2027-01-01 08"),
        (datetime(2026, 2, 28, 9, tzinfo=SHANGHAI), "预计未来24小时有大雾", "2026-02-28 09", "2026-03-01 09"),
        (datetime(2026, 7, 9, 23, tzinfo=SHANGHAI), "预计2时至5时有雷电", "2026-07-10 02", "2026-07-10 05"),
        (datetime(2026, 7, 9, 9, tzinfo=SHANGHAI), "预计今晚8时至明早6时有雷电", "2026-07-09 20", "2026-07-10 06"),
        (datetime(2026, 7, 9, 9, tzinfo=SHANGHAI), "预计下午3点半到5点有雷电", "2026-07-09 15", "2026-07-09 17"),
        (datetime(2026, 7, 9, 9, tzinfo=SHANGHAI), "预计今天20时到24时有雷电", "2026-07-09 20", "2026-07-10 00"),
    ],
)
def test_periods_across_days_months_and_years(said_at, text, begins, ends):
    (found,) = warning.read(f"发布橙色预警：{text}", now=said_at).warnings
    assert found.from_ is not None
    assert found.to is not None
    assert f"{found.from_.value.at:%Y-%m-%d %H}" == begins
    assert f"{found.to.value.at:%Y-%m-%d %H}" == ends


@pytest.mark.parametrize("hours", [0, 71, 73, 24 * 30])
def test_a_warning_of_long_ago_is_told_of(hours):
    issued = NOW - timedelta(hours=hours)
    text = f"县气象台{issued.month}月{issued.day}日{issued.hour}时发布暴雨红色预警"
    assert (said(text) == "not: past") == (hours > 72)


def test_a_naive_now_is_a_mistake():
    with pytest.raises(ValueError, match="aware"):
        warning.read("发布暴雨红色预警", now=datetime(2026, 7, 9))  # noqa: DTZ001


@pytest.mark.parametrize(
    "piece", ["暴雨红色预警", "由黄色升级为橙色", "城关镇、", "14时至20时", "会不会发布", "(红色", "9日", "解除", "，"]
)
def test_long_texts_cost_little(piece):
    text = piece * (2 * warning.MAX_LENGTH // len(piece))
    read = warning.read(text, now=NOW)
    assert len(read.warnings) < 3
    assert normalise(text)


PIECES = (
    *(
        "暴雨",
        "红色",
        "橙色预警",
        "预警信号",
        "由黄色",
        "升级为",
        "解除",
        "发布",
        "的",
        "会不会",
        "尚未",
        "如果",
        "区气象台",
        "转发",
    ),
    *(
        "城关镇",
        "、",
        "和",
        "全县",
        "除",
        "外",
        "7月9日",
        "13时",
        "至",
        "20时",
        "未来",
        "6小时",
        "预计",
        "请",
        "，",
        "。",
        "：",
        "【",
        "】",
    ),
    *("\n", "（", "）", "13:05", "Ⅰ级", "夜间", "次日", "９时", "😭", " ", "2月30日", "预警级别：", "发布时间："),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join), st.booleans(), st.booleans())
def test_whatever_is_said_each_value_has_its_words(text, entered, drill):
    read = warning.read(text, now=NOW, areas=("城关镇",), entered=entered, drill=drill)
    assert (read.why_not is None) == bool(read.warnings)
    for found in read.warnings:
        fields = [getattr(found, name) for name in WarningFound.__slots__ if name != "areas"]
        for words in [*(field for field in fields if field is not None), *found.areas]:
            assert words.text == text[slice(*words.span)] != ""
        if found.from_ and found.to:
            assert found.from_.value.at < found.to.value.at
        assert found.issued_at is None or found.issued_at.value <= NOW + timedelta(minutes=15)


def strings(value) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from strings(part)


@pytest.mark.parametrize("plan", sorted(DATA.glob("*.yaml")), ids=lambda path: path.stem)
def test_no_sentence_of_a_plan_is_a_warning(plan):
    for text in strings(yaml.safe_load(plan.read_text("utf-8"))):
        assert not warning.read(text, now=NOW).warnings, text


def test_a_text_has_no_time_that_no_calendar_has():
    assert said("县气象台32日25时发布暴雨红色预警：预计2月30日8时至40日9时") == "暴雨 红 issued by=县气象台"
