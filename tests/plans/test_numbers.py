"""What a telephone number is, however it is written; whose it is; what it is not."""

from __future__ import annotations

import pytest

from plans.directory.numbers import (
    dialled,
    is_number,
    number_of,
    numbers_in,
    personal,
    tapped,
    why_not,
    without_mobiles,
)
from plans.load import load_all

AREA = "0356"
OFFICE, MOBILE = "0356-2000009", "13900000001"

# What is written, in a place whose area code is 0356; how it is read; how it is tapped.
WRITTEN = [
    # an office's line, with and without its area
    (OFFICE, OFFICE, "+863562000009"),
    ("2000009", OFFICE, "+863562000009"),
    ("200-0009", OFFICE, "+863562000009"),
    ("200 0009", OFFICE, "+863562000009"),
    ("0356 2000009", OFFICE, "+863562000009"),
    ("03562000009", OFFICE, "+863562000009"),
    ("0356.2000009", OFFICE, "+863562000009"),
    ("(0356)2000009", OFFICE, "+863562000009"),
    ("（0356）2000009", OFFICE, "+863562000009"),
    ("(0356) 200-0009", OFFICE, "+863562000009"),
    ("0356—2000009", OFFICE, "+863562000009"),
    ("0356－2000009", OFFICE, "+863562000009"),
    ("0356–2000009", OFFICE, "+863562000009"),
    ("０３５６－２０００００９", OFFICE, "+863562000009"),
    ("0356\u00a02000009", OFFICE, "+863562000009"),
    ("\u200b0356-2000009\u200f", OFFICE, "+863562000009"),
    ("\u202d0356-2000009\u202c", OFFICE, "+863562000009"),
    ("0356-2000009_x000D_", OFFICE, "+863562000009"),
    (" 0356-2000009 ", OFFICE, "+863562000009"),
    ("+86 356 2000009", OFFICE, "+863562000009"),
    ("+863562000009", OFFICE, "+863562000009"),
    ("+86-356-2000009", OFFICE, "+863562000009"),
    ("+86 (0)356 2000009", OFFICE, "+863562000009"),
    ("+86 0356 2000009", OFFICE, "+863562000009"),
    ("(+86)0356-2000009", OFFICE, "+863562000009"),
    ("0086-356-2000009", OFFICE, "+863562000009"),
    ("00863562000009", OFFICE, "+863562000009"),
    ("0086 0356 2000009", OFFICE, "+863562000009"),
    ("86-356-2000009", OFFICE, "+863562000009"),
    ("86 0356 2000009", OFFICE, "+863562000009"),
    ("3562000009", OFFICE, "+863562000009"),
    ("tel:+86-356-2000009", OFFICE, "+863562000009"),
    ("TEL:0356-2000009", OFFICE, "+863562000009"),
    ("tel:2000009;phone-context=+86-356", OFFICE, "+863562000009"),
    ("010-66000001", "010-66000001", "+861066000001"),
    ("1066000001", "010-66000001", "+861066000001"),
    ("0571-63720000", "0571-63720000", "+8657163720000"),
    ("021 61000001", "021-61000001", "+862161000001"),
    # with an extension
    ("0356-2000009-801", f"{OFFICE}转801", "+863562000009"),
    ("2000009-801", f"{OFFICE}转801", "+863562000009"),
    ("2250000-801", "0356-2250000转801", "+863562250000"),
    ("2250000,8011", "0356-2250000转8011", "+863562250000"),
    ("22-58000000", "022-58000000", "+862258000000"),
    ("356 200 0009", OFFICE, "+863562000009"),
    ("4000-000-001", "400-000-0001", "+864000000001"),
    ("0356-2000009转801", f"{OFFICE}转801", "+863562000009"),
    ("0356-2000009 转 801", f"{OFFICE}转801", "+863562000009"),
    ("0356-2000009分机801", f"{OFFICE}转801", "+863562000009"),
    ("0356-2000009 ext. 801", f"{OFFICE}转801", "+863562000009"),
    ("0356-2000009 x801", f"{OFFICE}转801", "+863562000009"),
    ("0356-2000009#801", f"{OFFICE}转801", "+863562000009"),
    ("+863562000009,801", f"{OFFICE}转801", "+863562000009"),
    ("+863562000009;801", f"{OFFICE}转801", "+863562000009"),
    ("tel:+86-356-2000009;ext=801", f"{OFFICE}转801", "+863562000009"),
    ("0356-2000009转分机801", f"{OFFICE}转801", "+863562000009"),
    ("400-000-0001转2", "400-000-0001转2", "+864000000001"),
    # somebody's own
    (MOBILE, MOBILE, f"+86{MOBILE}"),
    ("139 0000 0001", MOBILE, f"+86{MOBILE}"),
    ("139-0000-0001", MOBILE, f"+86{MOBILE}"),
    ("013900000001", MOBILE, f"+86{MOBILE}"),
    ("0139 0000 0001", MOBILE, f"+86{MOBILE}"),
    ("+8613900000001", MOBILE, f"+86{MOBILE}"),
    ("+86 139 0000 0001", MOBILE, f"+86{MOBILE}"),
    ("+86013900000001", MOBILE, f"+86{MOBILE}"),
    ("+86 (0)139 0000 0001", MOBILE, f"+86{MOBILE}"),
    ("8613900000001", MOBILE, f"+86{MOBILE}"),
    ("86-13900000001", MOBILE, f"+86{MOBILE}"),
    ("008613900000001", MOBILE, f"+86{MOBILE}"),
    ("0086 139-0000-0001", MOBILE, f"+86{MOBILE}"),
    ("１３９００００００１", None, None),
    ("１３９０００００００１", MOBILE, f"+86{MOBILE}"),
    ("tel:+86-139-0000-0001", MOBILE, f"+86{MOBILE}"),
    ("15400000001", "15400000001", "+8615400000001"),
    # short ones, for which no table of a library is complete
    ("110", "110", ""),
    ("119", "119", ""),
    ("120", "120", ""),
    ("122", "122", ""),
    ("12345", "12345", ""),
    ("12369", "12369", ""),
    ("12350", "12350", ""),
    ("10086", "10086", ""),
    ("95598", "95598", ""),
    ("96119", "96119", ""),
    ("114", "114", ""),
    ("116114", "116114", ""),
    ("961890", "961890", ""),
    ("0356-12345", "0356-12345", ""),
    ("0351-95598", "0351-95598", ""),
    ("400-000-0001", "400-000-0001", "+864000000001"),
    ("4000000001", "400-000-0001", "+864000000001"),
    ("8008100001", "800-810-0001", "+868008100001"),
    # abroad
    ("+852 2123 4567", "+852 2123 4567", "+85221234567"),
    ("00852-21234567", "+852 2123 4567", "+85221234567"),
]

NONE = [
    "2000009/8",
    "2000009-8",
    "2000009~8",
    "2000009-10",
    "0356-2000009～2000011",
    "2000009,110",
    "2000009 119",
    "",
    "1",
    "12",
    "无",
    "二二五零",
    "abc",
    "0356",
    "0356-",
    "-2000009",
    "0356-200000",
    "0356-20000099",
    "20000099",
    "200000",
    "1390000000",
    "139000000010",
    "01390000000",
    "0356-1234567",
    "0356-0000000",
    "2026-12-01",
    "2026-11-28",
    "20261201",
    "12.10",
    "08:00-20:00",
    "46359",
    "0356-2000009、2000008",
    "2000009/2000008",
    "0356-2000009转",
    "2250000 801",
    "2250-000801",
    "0356-2000009转1234567",
    "13900000001转801",
    "13900000001-801",
    "12345转1",
    "0356-2000009 张三",
    "call 0356-2000009",
    "0356x2000009",
    "1-800-FLOWERS",
    "+86",
    "+861",
    "0999-2000009x",
    "9" * 40,
    "++863562000009",
    "<b>2000009</b>",
    "=2000009",
    "1" * 15,
]


@pytest.mark.parametrize(("written", "read", "tap"), WRITTEN)
def test_a_number_is_read_however_it_is_written(written, read, tap):
    found = number_of(written, AREA)
    assert (found and found.text, found and found.tap) == (read, tap)
    if found is not None:
        assert is_number(written, AREA) and dialled(written, AREA) == read and tapped(written, AREA) == tap
        assert number_of(found.text, AREA) == found, "what is shown can be typed again"
        assert why_not(written, AREA) == ""


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_number_is_said_and_left_as_it_is(text):
    assert number_of(text, AREA) is None and not is_number(text, AREA)
    assert dialled(text, AREA) == text and tapped(text, AREA) == ""
    assert "应写作" in why_not(text, AREA) or "一格一个" in why_not(text, AREA)


@pytest.mark.parametrize(
    "written", [written for written, read, _ in WRITTEN if read and read.startswith("1") and len(read) == 11]
)
def test_a_mobile_telephone_is_somebodys_own_however_it_is_written(written):
    assert personal(written)
    assert "手机" in why_not(written, AREA, office=True)


@pytest.mark.parametrize(
    "written", [written for written, read, _ in WRITTEN if read and not (read.startswith("1") and len(read) == 11)]
)
def test_no_other_number_is(written):
    assert not personal(written)
    assert why_not(written, AREA, office=True) == ""


@pytest.mark.parametrize(
    "text", [f"值班{MOBILE}", f"2000009/{MOBILE}", f"{MOBILE}（王）", "王 139 0000 0001", f"{OFFICE}、0{MOBILE}"]
)
def test_a_text_that_holds_a_mobile_number_is_kept_from_groups_too(text):
    assert personal(text)


@pytest.mark.parametrize(
    "text", ["2026-12-01", "2026/12/1", "2026.12.01", "20261201", "2026 12 01", "1999-01-31", "1.38E+10"]
)
def test_a_day_is_no_number_even_where_numbers_have_eight_digits(text):
    assert number_of(text, "0571") is None
    assert number_of("0571-20261201", "0571") is not None


def test_without_an_area_code_a_bare_number_stays_as_it_is():
    assert dialled("2000009", "") == "2000009" and tapped("2000009", "") == "" and is_number("2000009")


def test_several_numbers_in_a_cell_are_taken_apart():
    found, others = numbers_in(f"2000009转2、{MOBILE}；(0356)2000008 / 2000007、无", AREA)
    assert others == ["无"] and [item.text for item in found] == [
        f"{OFFICE}转2",
        MOBILE,
        "0356-2000008",
        "0356-2000007",
    ]
    assert "一格一个" in why_not("2000009、2000008", AREA)


def test_every_number_that_a_plan_prints_is_one_and_nobodys_own():
    lines = [(plan, line) for plan in load_all().values() for unit in plan.units for line in unit.lines]
    assert len(lines) > 100
    for plan, line in lines:
        assert why_not(line.number, plan.jurisdiction.area_code, office=True) == "", line


@pytest.mark.parametrize(
    "written",
    [
        MOBILE,
        "139 0000 0001",
        "139-0000-0001",
        "+86 139 0000 0001",
        "0086-13900000001",
        "013900000001",
        "１３９０００００００１",
    ],
)
def test_a_line_of_the_log_says_no_mobile_number(written):
    assert without_mobiles(f"给{written}发送失败", "…") == "给…发送失败"


@pytest.mark.parametrize(
    "text", ["1764398705123", "2026-11-29 15:00:00", "0356-2000009", "update 123456789 chat -1001390000000123"]
)
def test_a_line_of_the_log_keeps_other_figures(text):
    assert without_mobiles(text, "…") == text


def test_a_number_that_is_shown_as_it_is_printed_is_what_the_library_would_show():
    for area in ("0356", "0371", "0571", "0951", "0311"):
        for subscriber in ("56936400", "20236001", "87654321", "2039411"):
            number = f"{area}-{subscriber}"
            known = number_of(number, area)
            assert dialled(number, area) == (known.text if known is not None else number)
