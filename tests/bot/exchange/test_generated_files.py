"""Files as offices might make them, generated: what was meant is read, or one Chinese sentence says why not.

A roster is drawn first, then a file that says it: its columns in some order and under some names, its days, shifts,
names and telephones in some spelling, over sheets, with hidden decoys, columns and lines that are no duty. Then a file
is spoilt: what is read of it is part of what was meant.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.calendars import turns_of
from bot.exchange.cards import numbers_of
from bot.exchange.tables import BadFile, tables_of
from plans.directory.numbers import number_of
from plans.roster import BadRoster, Turn, read_book
from plans.roster.duty import FIRST, LEADER, SECOND
from plans.times.workdays import Day
from tests.bot.exchange.workbooks import book

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 29, 10, tzinfo=ZONE)
AREA = "0356"
CHINESE = re.compile(r"[一-鿿]")


class Weekends:
    def day(self, date: date) -> Day:
        return Day(date.weekday() < 5)


NAMES = ["赵值班", "钱值班", "王伟", "李强", "欧阳修文", "孙主任", "周·买买提", "𠮷野", "张三", "甲08"]
NUMBERS = ["0356-2250777", "0356-2250778转8", "13800000001", "13800000002"]
WEEK = "一二三四五六日"


def written_days(day: date) -> list[object]:
    return [
        day.isoformat(),
        day,
        datetime(day.year, day.month, day.day),  # noqa: DTZ001  # as a spreadsheet has it
        f"{day.month}月{day.day}日",
        f"{day:%Y/%m/%d}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.month}/{day.day}",
        f"{day.month}月{day.day}日（周{WEEK[day.weekday()]}）",
        f"{day.year}.{day.month}.{day.day} 星期{WEEK[day.weekday()]}",
        f"\u200b{day:%Y-%m-%d}\u202c",
        f"{day:%Y%m%d}",
    ]


SHIFTS = {
    "全天": ["", "全天", "24小时", "8:00-次日8:00", "08：00—08：00", "8时至次日8时"],
    "白班": ["白班", "白", "白天", "8:00-20:00", "08：00－20：00", "8:00~20:00", "白班（8:00-20:00）", "8-20时"],
    "夜班": ["夜班", "夜", "晚班", "20:00-8:00", "20:00-次日08:00", "20时至8时", "夜班（20:00-8:00）"],
}
HOURS = {"全天": (8, 24), "白班": (8, 12), "夜班": (20, 12)}


def written_names(name: str) -> list[str]:
    found = [name, f" {name} ", f"{name}\u200b", f"\u202d{name}", f"{name}_x000D_", f"{name}（组长）"]
    if len(name) == 2 and name.isalpha():
        found += [f"{name[0]}\u3000{name[1]}", f"{name[0]} {name[1]}", f"{name[0]}\u00a0\u00a0{name[1]}"]
    return found


def written_numbers(number: str) -> list[object]:
    found: list[object] = [number, f" {number}", f"{number}\u202c", number.replace("-", "—")]
    if number.startswith("1"):
        found += [int(number), f"+86 {number}", f"0{number}", f"{number[:3]} {number[3:7]} {number[7:]}"]
    elif "转" not in number:
        found += [
            int(number.replace("-", "")),
            number.replace("0356-", ""),
            f"+86 {number[1:]}",
            f"（0356）{number[5:]}",
        ]
    return found


Line = tuple[date, str, str, tuple[str, ...], str, str]
"""Day, shift, leader, first officers, second officer, telephone of the first officer."""

LINES = st.lists(
    st.tuples(
        st.integers(1, 40).map(lambda day: date(2026, 11, 30) + timedelta(days=day)),
        st.sampled_from(sorted(SHIFTS)),
        st.sampled_from(["", "孙主任", "周主任"]),
        st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True).map(tuple),
        st.sampled_from(["", "冯值班"]),
        st.sampled_from(["", *NUMBERS]),
    ),
    min_size=1,
    max_size=8,
    unique_by=lambda line: line[:2],
)


def meant(lines: list[Line]) -> set[Turn]:
    found = set()
    for day, shift, leader, first, second, phone in lines:
        begin, length = HOURS[shift]
        begins = datetime(day.year, day.month, day.day, begin, tzinfo=ZONE)
        ends = begins + timedelta(hours=length)
        own = phone if len(first) == 1 else ""
        found |= {Turn(begins, ends, FIRST, name, own) for name in first}
        found |= {Turn(begins, ends, kind, name) for kind, name in ((LEADER, leader), (SECOND, second)) if name}
    return found


HEADS = {
    "day": ["日期", "值班日期", "日 期", "日\n期"],
    "shift": ["班次", "时段", "班\n次"],
    "leader": ["带班领导", "值班领导", "带班\n领导"],
    "first": ["主班", "值班员", "值班人员", "值 班 员"],
    "second": ["副班", "备班"],
    "phone": ["电话", "联系电话", "联系\n电话", "手机号码"],
    "week": ["星期", "周几"],
    "remark": ["备注", "车辆"],
}


@st.composite
def layouts(draw):
    """Return lines, the sheets that say them, and whether anything in them is to be named as not read."""
    lines = draw(LINES)
    columns = [
        "day",
        "shift",
        "leader",
        "first",
        "second",
        "phone",
        *draw(st.sets(st.sampled_from(["week", "remark"]))),
    ]
    columns = ["day", *draw(st.permutations(columns[1:]))]
    heads = [draw(st.sampled_from(HEADS[name])) for name in columns]
    rows = []
    for day, shift, leader, first, second, phone in lines:
        own = phone if len(first) == 1 else ""
        together = draw(st.booleans()) and own
        names = draw(st.sampled_from(["、", "，", "\n", " / ", ";"])).join(
            draw(st.sampled_from(written_names(name))) for name in first
        )
        number = draw(st.sampled_from(written_numbers(own))) if own else ""
        cells = {
            "day": draw(st.sampled_from(written_days(day))),
            "shift": draw(st.sampled_from(SHIFTS[shift])),
            "leader": leader,
            "first": f"{names} {own}" if together else names,
            "second": second,
            "phone": "" if together else number,
            "week": WEEK[day.weekday()],
            "remark": draw(st.sampled_from(["", "带钥匙"])),
        }
        rows.append([cells[name] for name in columns])
    half = draw(st.integers(0, len(rows))) if draw(st.booleans()) else len(rows)
    title = draw(st.sampled_from([[], [["值班表"]], [["××局值班安排表"], []]]))
    foot = draw(
        st.sampled_from([[], [[], ["审核：周科长"]], [["备注：电话畅通"], ["", "制表人：吴干事", "2026-11-28"]]])
    )
    sheets = [[*title, heads, *part, *foot] for part in (rows[:half], rows[half:]) if part]
    return lines, sheets


def side_by_side(sheets):
    """Return two halves of a month beside each other, where they have the same headings."""
    first, second = sheets
    at = next(
        number
        for number, row in enumerate(first)
        if row and str(row[0]).replace(" ", "").replace("\n", "").endswith("日期")
    )
    wide, length = len(first[at]), max(len(first), len(second))
    padded = [[*row, *[""] * (wide - len(row))] for row in [*first, *[[]] * (length - len(first))]]
    return [[*left, *right] for left, right in zip(padded, [*second, *[[]] * (length - len(second))], strict=True)]


def read(name, content):
    return read_book(tables_of(name, content), NOW, Weekends(), AREA)


@settings(max_examples=40)
@given(layouts(), st.data())
def test_a_workbook_says_the_turns_that_were_meant(layout, data):
    lines, sheets = layout
    if (
        len(sheets) == 2
        and not any("：" in str(cell) for rows in sheets for row in rows for cell in row)
        and data.draw(st.booleans())
    ):
        sheets = [side_by_side(sheets)]
    decoys = data.draw(st.sets(st.sampled_from(["row", "column", "sheet"])))

    def hide(made):
        sheet = made.worksheets[0]
        if "row" in decoys:
            sheet.append(["2026-12-25", "", "", "冒值班", "冒值班"])
            sheet.row_dimensions[sheet.max_row].hidden = True
        if "column" in decoys:
            sheet.cell(1, 20, "副班")
            sheet.cell(sheet.max_row, 20, "冒值班")
            sheet.column_dimensions["T"].hidden = True
        if "sheet" in decoys:
            other = made.create_sheet("旧表")
            other.append(["日期", "值班员"])
            other.append(["2026-12-25", "冒值班"])
            other.sheet_state = "hidden"

    found = read("a.xlsx", book(*sheets, shape=hide))
    assert not found.problems
    assert set(found.turns) == meant(lines)
    for decoy, said in (("row", "隐藏的第"), ("column", "隐藏的T列"), ("sheet", "工作表“旧表”是隐藏的")):
        assert any(said in item for item in found.unread) == (decoy in decoys)
    if any("带钥匙" in row for rows in sheets for row in rows):
        assert any("一列没有读" in item for item in found.unread)


@settings(max_examples=40)
@given(layouts(), st.sampled_from(["utf-8", "utf-8-sig", "gb18030", "utf-16"]), st.sampled_from([",", "\t", ";"]))
def test_a_csv_file_says_the_turns_that_were_meant(layout, encoding, sign):
    lines, [rows, *_] = layout[0], layout[1][:1]
    out = io.StringIO()
    csv.writer(out, delimiter=sign).writerows(rows)
    if not any(sign in line for line in out.getvalue().splitlines()[:1]):
        return  # a title without the sign does not tell it
    found = read("a.csv", out.getvalue().encode(encoding))
    assert set(found.turns) <= meant(lines) and not found.problems


DAMAGE = st.lists(st.tuples(st.integers(0, 10**6), st.integers(1, 255)), max_size=3)


def spoilt(content: bytes, flips, keep: float) -> bytes:
    raw = bytearray(content)
    for place, change in flips:
        raw[place % len(raw)] ^= change
    return bytes(raw[: max(1, int(len(raw) * keep))])


@settings(max_examples=50)
@given(layouts(), DAMAGE, st.sampled_from([1.0, 1.0, 0.999, 0.9, 0.5, 0.01]))
def test_a_workbook_that_was_spoilt_says_nothing_wrong(layout, flips, keep):
    lines, sheets = layout
    try:
        found = read("a.xlsx", spoilt(book(*sheets), flips, keep))
    except (BadFile, BadRoster) as problem:
        assert CHINESE.search(str(problem)) and "Error" not in str(problem)
    else:
        assert set(found.turns) <= meant(lines)


@settings(max_examples=150)
@given(
    st.sampled_from(["a.xlsx", "a.csv", "a.ics", "a.vcf"]),
    st.binary(max_size=300),
    st.sampled_from(
        [
            b"",
            b"PK\x03\x04",
            b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n",
            b"BEGIN:VCARD\r\n",
            "日期,值班员\r\n".encode(),
            b"\xff\xfe",
            b"\xef\xbb\xbf",
        ]
    ),
)
def test_any_bytes_end_in_turns_numbers_or_one_chinese_sentence(name, rest, head):
    content = head + rest
    try:
        if name.endswith(".vcf"):
            numbers_of(content)
        elif name.endswith(".ics"):
            turns_of(content, NOW, AREA)
        else:
            read(name, content)
    except (BadFile, BadRoster) as problem:
        assert CHINESE.search(str(problem))


TITLES = {
    (("主班", "赵值班"),): ["赵值班", "主班 赵值班", "值班：赵值班", "赵值班（主班）", "值班员:赵值班"],
    (("主班", "王伟"),): ["王　伟", "主班王 伟", "王伟"],
    (("主班", "赵值班"), ("副班", "钱值班")): [
        "主班 赵值班\\n副班 钱值班",
        "主班：赵值班\\; 副班：钱值班",
        "赵值班（主班）、钱值班（副班）",
    ],
    (("带班领导", "孙主任"), ("主班", "赵值班")): ["带班：孙主任 值班：赵值班", "带班领导:孙主任\\, 赵值班（主班）"],
}


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["utf-8", "gb18030", "utf-8-sig"]), DAMAGE)
def test_a_calendar_says_the_turns_that_were_meant(data, encoding, flips):
    wanted: set[Turn] = set()
    events = []
    for number in range(data.draw(st.integers(1, 4))):
        people = data.draw(st.sampled_from(sorted(TITLES)))
        begins = datetime(2026, 12, 1 + 3 * number, data.draw(st.sampled_from([8, 20])), tzinfo=ZONE)
        hours = data.draw(st.sampled_from([12, 24]))
        ends = begins + timedelta(hours=hours)
        times = data.draw(
            st.sampled_from(
                [
                    f"DTSTART;TZID=Asia/Shanghai:{begins:%Y%m%dT%H%M%S}\r\nDTEND;TZID=Asia/Shanghai:{ends:%Y%m%dT%H%M%S}",
                    f"DTSTART:{begins:%Y%m%dT%H%M%S}\r\nDURATION:PT{hours}H",
                    f"DTSTART:{begins.astimezone(ZoneInfo('UTC')):%Y%m%dT%H%M%SZ}\r\nDURATION:PT{hours}H",
                ]
            )
        )
        cancelled = data.draw(st.booleans())
        events.append(
            f"BEGIN:VEVENT\r\nUID:{number}\r\nDTSTAMP:20261101T000000Z\r\n{times}\r\nSUMMARY:{data.draw(st.sampled_from(TITLES[people]))}\r\n"
            + ("STATUS:CANCELLED\r\n" if cancelled else "")
            + "END:VEVENT\r\n"
        )
        if not cancelled:
            wanted |= {Turn(begins, ends, kind, name) for kind, name in people}
    text = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{''.join(events)}END:VCALENDAR\r\n"
    found = turns_of(text.encode(encoding), NOW, AREA)
    assert (set(found.turns), found.problems) == (wanted, ())
    try:
        turns_of(spoilt(text.encode(encoding), flips, 0.97), NOW, AREA)
    except BadFile as problem:
        assert CHINESE.search(str(problem))


FAXES = ["TEL;TYPE=WORK,FAX", "TEL;WORK;FAX", "TEL;type=fax", 'TEL;VALUE=uri;TYPE="fax,work"', "FAX"]
VOICES = ["TEL", "TEL;TYPE=WORK,VOICE", "TEL;CELL", 'TEL;VALUE=uri;TYPE="voice,work"', "item1.TEL"]


@settings(max_examples=60)
@given(st.data(), st.sampled_from(["utf-8", "gb18030", "utf-8-sig", "utf-16"]), st.sampled_from(["\r\n", "\n"]), DAMAGE)
def test_cards_say_the_numbers_that_were_meant(data, encoding, end, flips):
    wanted, lines = [], []
    for _ in range(data.draw(st.integers(1, 3))):
        name = data.draw(st.sampled_from(["区教育局", "区消防救援大队", "市委"]))
        quoted = "".join(f"={byte:02X}" for byte in name.encode())
        shown = data.draw(
            st.sampled_from(
                [
                    f"FN:{name}",
                    f"N:{name};;;;",
                    f"FN:{name[:2]}{end} {name[2:]}" if len(name) > 2 else f"FN:{name}",
                    f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{quoted[:9]}={end}{quoted[9:]}",
                ]
            )
        )
        lines += ["BEGIN:VCARD", f"VERSION:{data.draw(st.sampled_from(['2.1', '3.0', '4.0']))}", shown]
        for number in data.draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=3, unique=True)):
            fax = data.draw(st.booleans())
            way = data.draw(st.sampled_from(FAXES if fax else VOICES))
            lines.append(f"{way}:{data.draw(st.sampled_from(written_numbers(number)))}")
            wanted.append((name, number, "传真" if fax else ""))
        lines += [
            *data.draw(st.sampled_from([[], ["PHOTO;ENCODING=BASE64;JPEG:/9j/4A==", ""], ["NOTE:x"]])),
            "END:VCARD",
        ]
    content = (end.join(lines) + end).encode(encoding)
    found = [(name, getattr(number_of(number, AREA), "text", None), kind) for name, number, kind in numbers_of(content)]
    assert found == wanted
    try:
        numbers_of(spoilt(content, flips, 0.97))
    except BadFile as problem:
        assert CHINESE.search(str(problem))
