"""Logs of a chat are read as a tale, where their lines alone leave something open."""

from plans.intake import read
from plans.intake.logs import unlogged
from tests.plans.intake.saying import NOW, said

LOGS = """
[14:31] 小苏：大堂吊顶塌了一块⏎[14:33] 韩经理：有没有客人伤着⏎[14:36] 小苏：两位客人胳膊划破 一个服务员砸了肩膀|hurt=3
[08:01] 老梁：二号池冒味了⏎[08:03] 调度：几个人在下面⏎[08:05] 老梁：下去仨 俩自己爬上来了⏎[08:09] 老梁：还有一个昏了|
小田 10:12：脚手架倒了⏎小田 10:14：砸着两个⏎主任 10:15：死人没⏎小田 10:20：没有 一个腿断了 一个头破了|hurt=2
""".strip().splitlines()


def test_logs_are_read_as_a_tale():
    for row in LOGS:
        text, figures = row.replace("⏎", "\n").split("|")
        told = " ".join(word for word in said(text).split() if not word.endswith(("=0", "=?")))
        assert told == figures or (not figures and "3" not in told), (text, told)


def test_the_words_of_a_log_stand_where_they_stood():
    text = LOGS[0].split("|")[0].replace("⏎", "\n")
    found = read(text, now=NOW).facts["injuries"]
    assert text[slice(*found.span)] == found.text and "胳膊划破" in found.text


def test_who_when_and_questions_are_left_out():
    text = "[14:31] 小苏:塌了\n[14:33] 韩经理:伤着人没\n[14:36] 小苏:没有"
    told = unlogged(text, read(text, now=NOW).utterances)
    assert told is not None and told[0] == "塌了,,没有"
    assert unlogged("塌了，没有人伤", read("塌了，没有人伤", now=NOW).utterances) is None
