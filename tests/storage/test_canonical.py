import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.canonical import canonical, storable
from storage.columns import utc_text
from storage.journal.chain import GENESIS, NewEntry, seal

# Everything that JSON from outside can hold, halves of surrogate pairs and NUL too.
TEXTS = st.text(st.characters(codec=None, exclude_categories=())).map(lambda text: json.loads(json.dumps(text)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)
ZONES = st.integers(-14, 14).map(lambda hours: timezone(timedelta(hours=hours)))
MOMENTS = st.datetimes(datetime(1900, 1, 1), datetime(2900, 1, 1), timezones=ZONES)  # noqa: DTZ001  # the zone is drawn


@given(VALUES)
def test_canonical_text_can_be_stored_and_gives_the_value_back(value):
    text = canonical(value)
    assert json.loads(text) == value
    assert "\x00" not in text
    assert text.encode().decode() == text
    assert canonical(json.loads(text)) == text


def test_canonical_text_does_not_depend_on_the_order_of_keys_and_leaves_chinese_readable():
    assert canonical({"乙": 1, "甲": [True, None]}) == canonical({"甲": [True, None], "乙": 1})
    assert canonical({"事": "踩踏"}) == '{"事":"踩踏"}'


@pytest.mark.parametrize("value", [float("nan"), float("inf"), {"a": float("-inf")}])
def test_what_is_no_json_is_refused(value):
    with pytest.raises(ValueError, match="JSON"):
        canonical(value)


@given(TEXTS)
def test_storable_text_keeps_its_length_and_can_be_stored(text):
    stored = storable(text)
    assert len(stored) == len(text) and "\x00" not in stored
    assert stored.encode().decode() == stored
    assert storable(stored) == stored


@given(MOMENTS, MOMENTS)
def test_times_as_text_sort_as_times_do(one, other):
    assert (utc_text(one) < utc_text(other)) == (one < other)
    assert datetime.fromisoformat(utc_text(one)) == one
    assert datetime.fromisoformat(utc_text(one)).tzinfo == UTC


def test_an_entry_has_the_hash_that_it_has_in_logs_written_long_ago():
    payload = {"text": '踩踏\ud83d \x00/"', "facts": {"injuries": 4, "ratio": 0.1, "deaths": None}, "in": [True, []]}
    at = datetime(2026, 3, 1, 19, 6, tzinfo=UTC)
    new = NewEntry(event="reported", version=1, at=at, actor="person:1", cause="update:7", payload=payload)
    sealed = seal("incident:1", 1, GENESIS, new)
    assert sealed.entry.hash == "22977e76c4ebb02650d22562d28f0608fe1402ef6b7acdeed6a3ffc0d59a1bc1"
