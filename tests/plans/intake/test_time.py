"""Time of occurrence against the date of the message, 2026-03-02 12:06 (a Monday) in Shanghai."""

from datetime import UTC, datetime, timedelta

import pytest

from plans.intake import SHANGHAI, read
from plans.intake.lexicon import rows

NOW = datetime(2026, 3, 2, 12, 6, tzinfo=SHANGHAI)


def when(text, now=NOW):
    return read(text, now=now).occurred


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("实验小学宿舍楼凌晨3点02分发生踩踏", "03-02 03:02"),
        ("昨晚11点半宿舍打架", "03-01 23:30"),
        ("昨晚十一点半左右宿舍打架", "03-01 23:30"),
        ("半小时前食堂起火", "03-02 11:36"),
        ("3个小时前有学生坠楼", "03-02 09:06"),
        ("1个半小时前燃气泄漏", "03-02 10:36"),
        ("几分钟前有人落水", "03-02 12:03"),
        ("刚才二楼楼梯踩踏", "03-02 12:06"),
        ("今早7点50校门口车祸", "03-02 07:50"),
        ("今天7:45，校门口一辆电动车撞倒学生", "03-02 07:45"),
        ("中午12点10分学生晕倒", "03-02 12:10"),
        ("下午3点一刻实验室爆炸", "03-01 15:15"),
        ("凌晨两点多宿舍失火", "03-02 02:00"),
        ("夜里1点学生发烧", "03-02 01:00"),
        ("十二点二十左右楼梯踩踏", "03-01 12:20"),
        ("事发时间约为早上六点四十", "03-02 06:40"),
        ("上周五发生踩踏", "02-27 00:00"),
        ("周三晚上8点半学生打架", "02-25 20:30"),
        ("前天下午三点多化工厂氯气泄漏", "02-28 15:00"),
        ("大前天晚上发生打架", "02-27 18:00"),
        ("3月1日晚11时左右，学生翻墙坠落", "03-01 23:00"),
        ("1日晚9点多发生斗殴", "03-01 21:00"),
        ("2026-03-02 08:15 校门口发生交通事故", "03-02 08:15"),
        ("2026年3月2日8时15分校门口发生交通事故", "03-02 08:15"),
        ("３月１日２２时４０分，宿舍起火", "03-01 22:40"),
        ("三月一日晚上十点四十分，宿舍起火", "03-01 22:40"),
        ("23:40 宿舍起火", "03-01 23:40"),
        ("3月2日（今天）上午9点左右，学生坠楼", "03-02 09:00"),
        ("昨天半夜12点学生翻墙摔伤", "03-02 00:00"),
    ],
)
def test_when_it_happened(text, at):
    found = when(text)
    assert found is not None
    assert found.at.astimezone(SHANGHAI).strftime("%m-%d %H:%M") == at
    assert found.at.tzinfo is UTC
    assert text[found.span[0] : found.span[1]] == found.text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026年3月1日值班快报：3月1日22时40分，南关街道一网吧起火", "3月1日22时40分"),
        ("今天是3月2日，昨天下午4点学生溺水", "昨天下午4点"),
        ("截至3月2日9时，昨日发生的火灾已致3人受伤", "昨日"),
        ("某报3月2日讯 3月1日上午，一校车侧翻", "3月1日上午"),
        ("值班室11时50分接到报告，11时35分食堂起火", "11时35分"),
        ("昨天下午校门口发生车祸，下午5点10分左右一辆货车撞上护栏", "下午5点10分左右"),
    ],
)
def test_headers_cut_offs_and_calls_are_not_the_event(text, words):
    found = when(text)
    assert found is not None
    assert found.text == words


@pytest.mark.parametrize(
    "text",
    [
        "三班6个孩子吐了",
        "截至18时，已有4人受伤",
        "25时70分起火",
        "2月30日起火",
        "13月1日起火",
        "食堂食物中毒35人送医，无人死亡",
        "较上午增加1人死亡",
    ],
)
def test_no_time_is_invented(text):
    assert when(text) is None


@pytest.mark.parametrize("row", list(rows("time_names", 2, 2)), ids=lambda row: row.where)
def test_a_name_that_holds_a_word_of_time_is_no_moment(row):
    name = row.cells[1]
    assert when(f"{name}起火，伤2人") is None
    dated, alone = when(f"3月1日{name}起火，伤2人"), when("3月1日起火，伤2人")
    assert dated is not None and alone is not None and (dated.from_, dated.to) == (alone.from_, alone.to)


@pytest.mark.parametrize(
    "text",
    ["晨6时起火", "3月1日晨发生火灾", "晚8点起火", "下午茶馆起火", "星期五起火", "今日超市起火", "9点半起火"],
)
def test_a_moment_beside_a_name_stays_one(text):
    assert when(text) is not None


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("3月5日上午9时学校发生踩踏", "future"),
        ("今晚8点学校发生踩踏", "future"),
        ("去年12月3日学校发生火灾", "long_past"),
        ("2月3日学校发生火灾", "long_past"),
        ("3月1日学校发生火灾", None),
        ("刚才学校发生火灾", None),
    ],
)
def test_future_and_long_past_are_flagged(text, odd):
    found = when(text)
    assert found is not None
    assert found.odd == odd


def test_vague_times_are_intervals():
    dawn = when("凌晨学校发生火灾")
    assert dawn is not None
    assert (dawn.vague, dawn.to - dawn.from_, dawn.at) == (True, timedelta(hours=6), dawn.from_)
    about = when("上午9时许学校发生火灾")
    assert about is not None
    assert about.vague
    assert about.from_ < about.at < about.to
    exact = when("上午9时02分学校发生火灾")
    assert exact is not None
    assert (exact.vague, exact.from_, exact.to) == (False, exact.at, exact.at)


def test_a_clock_that_can_be_morning_or_evening_is_vague_and_past():
    now = datetime(2026, 3, 2, 21, 50, tzinfo=SHANGHAI)
    found = when("8点40开始有学生呕吐", now)
    assert found is not None
    assert (found.vague, found.at) == (True, datetime(2026, 3, 2, 20, 40, tzinfo=SHANGHAI))
    assert found.at == when("20:40开始有学生呕吐", now).at


def test_just_now_counts_from_the_message():
    earlier = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
    assert when("刚才食堂起火", earlier).at == earlier


def test_a_forwarded_bulletin_is_read_by_its_own_date():
    found = when("2026年1月10日 昨天下午三点，某中学操场看台坍塌")
    assert found is not None
    assert found.at == datetime(2026, 1, 9, 15, tzinfo=SHANGHAI)
    assert found.odd == "long_past"


def test_naive_now_is_refused():
    with pytest.raises(ValueError, match="aware"):
        read("刚才起火", now=datetime(2026, 3, 2))  # noqa: DTZ001


@pytest.mark.parametrize(
    "text", ["3号高炉喷溅烫伤1人", "2号主变起火", "5号墩被船撞了", "7号电梯坠落", "三号包厢吃坏两个人", "4号泵房漏电"]
)
def test_what_bears_a_number_is_no_day(text):
    assert read(text, now=NOW).occurred is None


@pytest.mark.parametrize("text", ["3号晚上起火", "1号上午两车相撞", "2号发生的车祸"])
def test_a_day_of_the_month_stays_a_day(text):
    assert read(text, now=NOW).occurred is not None
