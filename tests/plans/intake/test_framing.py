"""What is said around a report, and how it is spaced, changes no figure of it: every report, dressed in every way."""

from itertools import cycle, islice
from pathlib import Path

import pytest

from plans.intake import after, read
from plans.intake.framing import told
from plans.intake.numerals import normalise
from tests.plans.intake.saying import NOW, figures, said

HERE = Path(__file__).parent
REPORTS = [line.split("\t")[1] for line in (HERE / "reports.tsv").read_text("utf-8").splitlines() if "\t" in line]
LATER = [
    line.split("\t")
    for line in (HERE / "later.tsv").read_text("utf-8").splitlines()
    if "\t" in line and not line.startswith("#")
]
ENDS = "。！!？?；;…"


def then(text, known, kind):
    now = after(read(text, now=NOW), figures(known), kind)
    return {name: (item.change, item.asks, item.at_least, item.at_most) for name, item in now.items()}


def behind(words):
    return lambda text: text + ("" if text[-1] in ENDS else "。") + words


def between(words):
    def put(text):
        at = text.find("，", len(text) // 3)
        return text if at < 0 else f"{text[:at]}，{words}{text[at:]}"

    return put


WAYS = {
    **{f"{words}…": lambda text, words=words: words + text for words in (
        *("报告领导：", "【紧急】", "@值班室 ", "出事了出事了！", "值班员您好，我是柳河镇政府的，", "转："),
        *("各位领导好，", "突发事件信息快报\n", "有个紧急情况要汇报："),
        *("现将有关情况报告如下：", "小何 14:02\n", "消防都到了，路也封了，"),
    )},
    **{f"…{words}": behind(words) for words in (
        *("请领导指示", "收到请回复！", "联系电话83210077", "2026年3月2日12时", "特此报告", "谢谢大家", "怎么办啊？"),
        *("详细情况还在了解，后续有进展再报。", "已经打了120", "消防和救护车正在往现场赶，请派人支援"),
        *("事故原因正在调查，有新情况随时报", "🙏🙏", "柳河镇人民政府\n2026年3月2日"),
    )},
    **{f"…{words}…": between(words) for words in ("已经打了120", "呃", "现场拉了警戒线", "民警到了")},
    "blanks behind marks": lambda text: text.replace("，", "， ").replace("。", "。\n"),
    "hard blanks": lambda text: text.replace("，", "，\u00a0"),
    "a line a clause": lambda text: text.replace("，", "，\n"),
    "lines of another system": lambda text: "\r\n" + text + "\r\n",
    "unseen characters": lambda text: "\u200b".join(text[at : at + 5] for at in range(0, len(text), 5)),
    "half width": lambda text: text.replace("，", ",").replace("：", ":"),
    "a sigh": lambda text: text.replace("了，", "了啊，"),
    "stars": lambda text: f"*{text}*",
}  # fmt: skip


@pytest.mark.parametrize("start", range(4))
def test_a_report_reads_the_same_in_every_dress(start):
    wrong = []
    for text, (way, dress) in zip(REPORTS[start::12], islice(cycle(WAYS.items()), start * 9, None), strict=False):
        if said(dress(text)) != said(text):
            wrong.append((way, dress(text), said(dress(text)), said(text)))
    assert wrong == []


def test_a_later_report_reads_the_same_in_every_dress():
    wrong = []
    for (_, kind, known, text, _), (way, dress) in zip(LATER[::6], cycle(WAYS.items()), strict=False):
        if then(dress(text), known, kind) != then(text, known, kind):
            wrong.append((way, known, dress(text), then(dress(text), known, kind), then(text, known, kind)))
    assert wrong == []


def test_words_stand_where_they_stood():
    text = "报告领导：面包车翻了，\n消防都到了，伤了3个，请派人来支援。"
    found = read(text, now=NOW).facts["injuries"]
    assert text[slice(*found.span)] == found.text == "伤了3个"


def test_what_tells_of_somebody_is_no_frame():
    for text in (
        "民警受伤了", "救护车把2人拉走了", "我是司机，腿断了", "消防来了2个都伤了", "医生到了，人没了", "交警死了",
        "村干部都埋在里面", "路塌了", "2025年3月5日14时，翻车死了3人",
    ):  # fmt: skip
        plain = normalise(text)
        kept = "".join(plain[at] for at in told(plain))
        assert kept in (plain, "人没了"), text
