"""The example of docs/contract.md, step for step: what it comes to, by the plan and to the minute."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.bot.simulate.conftest import played

DOCUMENT = Path(__file__).resolve().parents[3] / "docs" / "contract.md"
EXAMPLE = DOCUMENT.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]

START = datetime.fromisoformat("2026-03-02T10:20:00+08:00")
FOUR = ["市委", "市政府", "区委", "区政府"]


@pytest.fixture(scope="module")
def result():
    return played(EXAMPLE)


@pytest.fixture(scope="module")
def rows(result):
    return {row["rule"]: row for row in result["obligations"]}


def after(iso):
    return datetime.fromisoformat(iso) - START


def span(**given):
    return timedelta(**given)


def test_it_ends_closed(result):
    assert result["incident"] | {"id": 0, "plan_version": 0} == {
        "id": 0, "number": 1, "year": 2026, "plan": "jincheng-chengqu-campus", "plan_version": 0, "drill": False,
        "state": "closed", "event_level": "一般", "response_level": "Ⅱ", "text": "第三小学楼梯发生踩踏，4名学生受伤",
        "reported_at": "2026-03-02T10:30:00+08:00", "occurred_at": "2026-03-02T10:20:00+08:00",
    }  # fmt: skip
    assert [line for line in result["timeline"] if line["kind"] == "refused"] == []


def test_each_rule_has_one_instance_with_its_clause(result, rows):
    assert len(rows) == len(result["obligations"])
    assert {rule: row["clause"] for rule, row in rows.items()} == {
        "school-report": "4.1.1", "office-report": "4.1.1", "township-report": "8.3", "first-phone": "4.1.2",
        "first-written": "4.1.2", "first-general": "4.1.2", "direct-phone": "4.1.2", "direct-written": "4.1.2",
        "followup-4h": "4.1.3", "followup-daily": "4.1.3", "followup-casualties": "4.1.3", "final": "4.1.3",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "due", "status"),
    [
        ("first-phone", span(minutes=30), "superseded"),  # undetermined until 10:34, then 一般
        ("first-written", span(hours=1), "superseded"),
        ("first-general", span(hours=1), "filed"),  # 4.1.2: 一般 within one hour of the occurrence
        ("direct-phone", span(minutes=30), "superseded"),  # 重大 was possible until 10:34
        ("direct-written", span(minutes=30), "superseded"),
        ("office-report", span(minutes=10), "late"),  # 4.1.1: at once when known, told ten minutes later
        ("school-report", span(), "overdue"),  # the school's own, nobody noted it
        ("township-report", span(minutes=10), "overdue"),
        ("followup-4h", span(hours=4), "superseded"),
        ("followup-daily", span(hours=13, minutes=40), "superseded"),
        ("followup-casualties", span(hours=3), "late"),  # 4.1.3: at once when a child died, told six hours later
        ("final", span(days=7, hours=9), "filed"),  # local: seven days from the end
    ],
)
def test_due_times_and_statuses(rows, rule, due, status):
    assert after(rows[rule]["due"]) == due
    assert rows[rule]["status"] == status


def test_who_was_told_when(rows):
    first = {item["recipient"]: after(item["filed_at"]) for item in rows["first-general"]["to"]}
    assert first == dict.fromkeys(FOUR, span(minutes=20))
    assert after(rows["first-general"]["filed_at"]) == span(minutes=20)
    assert {item["recipient"] for item in rows["direct-phone"]["to"]} == {"省委", "省政府", "市委", "市政府"}
    assert {item["recipient"]: after(item["filed_at"]) for item in rows["final"]["to"]} == dict.fromkeys(
        FOUR, span(hours=20)
    )
    assert rows["first-general"]["report"] == "首报"
    assert (rows["followup-casualties"]["report"], rows["final"]["report"]) == ("续报", "终报")


def lines(result, **wanted):
    return [line for line in result["timeline"] if all(line[key] == value for key, value in wanted.items())]


def test_what_people_were_told(result):
    announced = lines(result, kind="announcement")
    assert [after(line["at"]) for line in announced] == [span(minutes=15), span(hours=5)]
    assert ["Ⅲ级" in announced[0]["text"], "Ⅱ级" in announced[1]["text"]] == [True, True]
    calls = lines(result, kind="call")
    third = [line["to"][0] for line in calls if after(line["at"]) == span(minutes=15)]
    assert third == ["事发学校", "事发镇街", "区教育局", "市公安局城区分局", "区卫生健康和体育局", "区应急管理局"], (
        "who acts first (4.2), and 适时通知: picked by the kind of event"
    )
    second = [line["to"][0] for line in calls if after(line["at"]) == span(hours=5)]
    assert len(second) == 25, "Ⅱ calls all 26 but the one that has set out"
    assert "区消防救援大队" not in second
    assert [line["text"] for line in lines(result, kind="ack")] == ["区消防救援大队：已出发"]
    assert len(lines(result, kind="final")) == 4
    assert [after(line["at"]) for line in lines(result, kind="closed")] == [span(hours=21)]


def test_the_reporter_is_sent_to_the_telephone_when_nobody_takes_it(result):
    line = lines(result, key="ring_yourself")[0]
    assert after(line["at"]) == span(minutes=13)
    assert line["to"] == ["报告人"]
    assert "0356-2250777" in line["text"]


def test_the_untold_death_climbs_to_the_commander(result):
    told = [
        (after(line["at"]), line["to"][0])
        for line in lines(result, kind="overdue")
        if line["obligation"] and line["obligation"].startswith("followup-casualties")
    ]
    first: dict[str, timedelta] = {}
    for at, whom in told:
        first.setdefault(whom, at)
    assert first == {
        "值班席": span(hours=3, minutes=10), "办公室主任": span(hours=3, minutes=10),
        "副指挥长": span(hours=3, minutes=15), "指挥长": span(hours=3, minutes=25),
    }  # fmt: skip
    assert max(at for at, _ in told) < span(hours=9), "nothing after it was told"


def test_nothing_is_said_after_the_case_is_closed(result):
    assert max(after(line["at"]) for line in result["timeline"]) == span(hours=21)
