"""Moments ahead, as people write them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from plans.times.moments import moment_ahead

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 26, 15, 20, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("24小时", "2026-11-27 15:20"), ("3天", "2026-11-29 15:20"), ("8点", "2026-11-27 08:00"),
        ("16:30", "2026-11-26 16:30"), ("16点半", "2026-11-26 16:30"), ("明天8点", "2026-11-27 08:00"),
        ("今晚8点", "2026-11-26 20:00"), ("明早 7:45", "2026-11-27 07:45"), ("后天", "2026-11-29 00:00"),
        ("11-27 08:00", "2026-11-27 08:00"), ("11月27日8时", "2026-11-27 08:00"),
        ("11月27日8时5分", "2026-11-27 08:05"),
        ("2026-12-01", "2026-12-02 00:00"), ("1月2日", "2027-01-03 00:00"), ("11月26日24点", "2026-11-27 00:00"),
        (" 15：21 ", "2026-11-26 15:21"),
    ],
)  # fmt: skip
def test_it_is_read(text: str, wanted: str) -> None:
    found = moment_ahead(text, NOW)
    assert found is not None and found.strftime("%Y-%m-%d %H:%M") == wanted and found > NOW


NONE = ("", "下班", "13月1日", "11-31", "25点", "8:75", "2025-01-01", "11月26日8点", "八点", "今天3点")


@pytest.mark.parametrize("text", NONE)
def test_what_is_none_or_over_is_not_read(text: str) -> None:
    assert moment_ahead(text, NOW) is None
