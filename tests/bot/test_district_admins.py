"""``TOCSIN_DISTRICT_ADMINS``: what is understood, and what is said of the rest."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.district_admins import district_admins_of


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", {}),
        ("晋城市城区=123,456", {"晋城市城区": {123, 456}}),
        ("晋城市城区=123,456; 晋城市=789", {"晋城市城区": {123, 456}, "晋城市": {789}}),
        (" 晋城市城区 ＝ 123 ， 456、789 ； 晋城市=7；", {"晋城市城区": {123, 456, 789}, "晋城市": {7}}),
        ("临安区 教育局=１２３", {"临安区 教育局": {123}}),
    ],
)
def test_jurisdictions_with_their_administrators(text: str, found: dict[str, set[int]]) -> None:
    assert district_admins_of(text) == found


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("123", "“123”看不懂"), ("晋城市城区", "“晋城市城区”看不懂"), ("晋城市城区=", "看不懂"), ("=123", "看不懂"),
        ("晋城市城区=孙管理", "看不懂"), ("晋城市城区=-100123", "看不懂"), ("晋城市城区=0", "看不懂"),
        ("晋城市城区=123,晋城市=456", "看不懂"), ("晋城市城区=1; 晋城市城区=2", "晋城市城区 写了两次"),
        ("晋城市城区=99999999999999999999", "看不懂"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_an_example(text: str, said: str) -> None:
    with pytest.raises(ValueError, match="例如 晋城市城区=10001,10002; 晋城市=10003") as problem:
        district_admins_of(text)
    assert said in str(problem.value)


@given(st.text("城区=＝;；,，12 x", max_size=30))
def test_whatever_is_written_names_people_or_is_refused_in_a_sentence(text: str) -> None:
    try:
        found = district_admins_of(text)
    except ValueError as problem:
        assert "例如" in str(problem)
    else:
        assert all(place.strip() == place != "" and ids for place, ids in found.items())
