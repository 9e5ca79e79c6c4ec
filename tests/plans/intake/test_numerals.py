import pytest

from plans.intake.numerals import LIMIT, normalise, numbers
from plans.measures import value_of


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("0", 0),
        ("12", 12),
        ("1,200", 1200),
        ("2.1万", 21000),
        ("3百", 300),
        ("59.5", 59.5),
        ("十", 10),
        ("十二", 12),
        ("二十", 20),
        ("一百零五", 105),
        ("一百二", 120),
        ("二百五十三", 253),
        ("三千五", 3500),
        ("一万二", 12000),
        ("两", 2),
        ("二〇二六", 2026),
        ("人", None),
        ("一" * 40, None),
    ],
)
def test_values(word, value):
    assert value_of(word) == value


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("３０余", (30, 39)),
        ("一百多", (100, 199)),
        ("130余", (130, 139)),
        ("10余万", (100_000, 199_999)),
        ("二三十", (20, 30)),
        ("十二三", (12, 13)),
        ("三四百", (300, 400)),
        ("七八", (7, 8)),
        ("几十", (20, 99)),
        ("数百", (200, 999)),
        ("上百", (100, None)),
        ("3至5", (3, 5)),
        ("3-5", (3, 5)),
        ("三到五", (3, 5)),
        ("至少3", (3, None)),
        ("超过100", (101, None)),
        ("近百", (90, 100)),
        ("近300", (270, 300)),
        ("约10", (8, 12)),
        ("30以上", (30, None)),
        ("30左右", (24, 36)),
        ("不超过5", (0, 5)),
        ("俩", (2, 2)),
        ("多达12", (12, 12)),
    ],
)
def test_intervals(text, bounds):
    (found,) = numbers(normalise(text))
    assert (found.low, found.high) == bounds


def test_numbers_are_bounded():
    assert list(numbers("9" * 30)) == []
    assert all(found.low <= LIMIT for found in numbers("99999999 12345678901 亿亿亿"))


def test_normalising_keeps_offsets():
    text = "ＡＢ１２，（死亡）　○Ⅲ𠮷😀"
    assert len(normalise(text)) == len(text)
    assert normalise("１２％，") == "12%,"
