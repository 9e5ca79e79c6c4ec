"""CAP out and in: what is written is valid and read again; what comes from outside is read or refused in a sentence."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from time import process_time
from typing import Any, cast, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.exchange.cap import Alert, Area, BadCap, Info, Pair, Reference, Resource, faults, model, shapes, taken_in, tree
from bot.exchange.cap.writing import written
from bot.exchange.tables import BadFile
from plans.intake.reading import SHANGHAI

SENT = datetime(2026, 7, 9, 13, 5, tzinfo=SHANGHAI)
STORM = Alert(
    identifier="140502-20260709130500-1",
    sender="140502@example.org",
    sent=SENT,
    status="Actual",
    msg_type="Update",
    codes=("one", "two"),
    references=(Reference(sender="140502@example.org", identifier="140502-1", sent=SENT - timedelta(hours=3)),),
    infos=(
        Info(
            event="暴雨",
            categories=("Met", "Safety"),
            response_types=("Shelter", "Avoid"),
            urgency="Expected",
            severity="Extreme",
            certainty="Likely",
            event_codes=(Pair(name="eventType", value="11B03"),),
            onset=SENT + timedelta(hours=1),
            expires=SENT + timedelta(hours=7),
            sender_name="区气象台",
            headline="暴雨红色预警",
            description="预计14时至20时，西街、北街有大暴雨。\n雨势 < 100 & > 50 毫米",
            parameters=(Pair(name="预警颜色", value="红"),),
            resources=(Resource(description="雷达图", mime_type="image/png", size=12, uri="https://example.org/a.png"),),
            areas=(
                Area(description="西街", polygons=("35.4,112.7 35.4,112.9 35.6,112.9 35.4,112.7",)),
                Area(
                    description="北街",
                    circles=("35.5,112.8 3.5",),
                    geocodes=(Pair(name="GB/T 2260", value="140502"),),
                ),
            ),
        ),
        Info(
            language="en-US", event="Rainstorm", categories=("Met",), urgency="Expected", severity="Extreme",
            certainty="Likely", areas=(Area(description="Xijie"),),
        ),
    ),
)  # fmt: skip
FILE = written(STORM)


def edited(old: str, new: str, content: bytes = FILE) -> bytes:
    text = content.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def refusal(content: bytes) -> BadCap:
    with pytest.raises(BadCap) as caught:
        taken_in(content)
    return caught.value


# ----------------------------------------------------------------------------------------------------------- both ways

texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cf", "Cn", "Zl", "Zp", "Zs")), max_size=12)
words = texts.filter(bool)
names = st.text("abcXYZ019-_.@:台", min_size=1, max_size=20)
zones = st.sampled_from([SHANGHAI, UTC, timezone(timedelta(hours=-5)), timezone(timedelta(hours=5, minutes=45))])
moments = st.builds(
    lambda seconds, zone: (SENT + timedelta(seconds=seconds)).astimezone(zone), st.integers(-(10**8), 10**8), zones
)
pairs = st.lists(st.builds(Pair, name=words, value=texts), max_size=2).map(tuple)


def some(choices):
    return st.sampled_from(get_args(choices))


def several(choices, least=0):
    return st.lists(some(choices), min_size=least, max_size=3).map(tuple)


degrees = st.floats(-80, 80).map(lambda value: f"{value:.4f}")


@st.composite
def polygons(draw):
    corners = [f"{draw(degrees)},{draw(degrees)}" for _ in range(draw(st.integers(3, 5)))]
    return " ".join([*corners, corners[0]])


areas = st.builds(
    Area,
    description=words,
    polygons=st.lists(polygons(), max_size=2).map(tuple),
    circles=st.lists(st.builds(lambda a, b, c: f"{a},{b} {c}", degrees, degrees, st.integers(0, 99)), max_size=1).map(
        tuple
    ),
    geocodes=pairs,
    altitude=st.sampled_from(["", "12.5"]),
)
resources = st.builds(Resource, description=words, mime_type=words, size=st.none() | st.integers(0, 9**9))
infos = st.builds(
    Info,
    event=words,
    urgency=some(model.Urgency),
    severity=some(model.Severity),
    certainty=some(model.Certainty),
    categories=several(model.Category, 1),
    language=st.sampled_from(["zh-CN", "en-US", "zh", "bo"]),
    response_types=several(model.ResponseType),
    audience=texts,
    event_codes=pairs,
    effective=st.none() | moments,
    onset=st.none() | moments,
    expires=st.none() | moments,
    sender_name=texts,
    headline=texts,
    description=texts,
    instruction=texts,
    web=st.sampled_from(["", "https://example.org/预警?a=1&b=2"]),
    contact=texts,
    parameters=pairs,
    resources=st.lists(resources, max_size=1).map(tuple),
    areas=st.lists(areas, max_size=3).map(tuple),
)  # fmt: skip
references = st.lists(
    st.builds(Reference, sender=names, identifier=names, sent=moments),
    min_size=1,
    max_size=3,
    unique_by=lambda r: r.sent,
).map(lambda found: tuple(sorted(found, key=lambda reference: reference.sent)))
alerts = st.builds(
    Alert,
    identifier=names,
    sender=names,
    sent=moments,
    status=some(model.Status),
    msg_type=some(model.MsgType),
    scope=some(model.Scope),
    source=texts,
    restriction=texts,
    addresses=texts,
    codes=st.lists(words, max_size=2).map(tuple),
    note=texts,
    references=references,
    incidents=texts,
    infos=st.lists(infos, max_size=2).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(alerts)
def test_whatever_is_written_is_valid_and_read_again(alert):
    content = written(alert)
    assert not tree.breaches(content)
    assert taken_in(content).alert == alert


def test_a_file_gives_its_message_with_where_each_value_stands():
    file = taken_in(FILE)
    assert file.alert == STORM
    assert not file.notes
    assert not faults(FILE)
    place = file.places["info[1]/area[2]/geocode[1]/value"]
    assert place.words == "140502"
    assert FILE.decode().splitlines()[place.line - 1].strip() == "<value>140502</value>"
    assert {"sent", "info[2]/event", "info[1]/expires", "code[2]"} <= set(file.places)
    assert file.alert.info_in("zh") == STORM.infos[0]
    assert file.alert.info_in("en") == STORM.infos[1]
    assert file.alert.info_in("fr") == STORM.infos[0]


def test_a_file_of_version_1_1_is_read():
    old = edited("cap:1.2", "cap:1.1")
    assert taken_in(old).alert == replace(STORM, version="1.1")


@pytest.mark.parametrize("encoding", ["gb18030", "gbk", "GB2312", "utf-16", "utf-8-sig"])
def test_encodings_of_china_are_read(encoding):
    named = encoding.removesuffix("-sig")
    text = FILE.decode().replace("UTF-8", named)
    assert taken_in(text.encode(encoding)).alert == STORM


def test_prefixes_comments_and_cdata_change_nothing():
    text = FILE.decode().replace("<", "<cap:").replace("<cap:/", "</cap:").replace("<cap:?", "<?")
    text = text.replace("xmlns=", "xmlns:cap=").replace("暴雨红色预警", "<![CDATA[暴雨]]><!-- 红 -->红色预警")
    assert taken_in(text.encode()).alert == STORM


# ------------------------------------------------------------------------------------------------------ what is refused

BILLION = (
    b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "ha">'
    + b"".join(b'<!ENTITY x%d "%s">' % (at, b"&x%d;" % (at - 1) * 10 if at else b"&x;" * 10) for at in range(9))
    + b"]><alert>&x8;</alert>"
)
REFUSED = {
    "nothing": (b"  \n", "文件是空的"),
    "too large": (FILE + b" " * tree.MOST_BYTES, "文件太大"),
    "a text": ("暴雨红色预警".encode(), "这不是 XML 文件"),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", "编码"),
    "a page": (b"<html><body>x</body></html>", "这是 html 文件"),
    "cut short": (FILE[:900], "不是完好的 XML"),
    "bytes within": (FILE.replace("西街".encode(), b"\x00\x01"), "不是完好的 XML"),
    "billion laughs": (BILLION, "DTD"),
    "an entity": (edited("<alert ", '<!DOCTYPE alert [<!ENTITY who "x">]><alert '), "DTD"),
    "a file of ours": (
        edited("<alert ", '<!DOCTYPE a [<!ENTITY f SYSTEM "file:///etc/passwd">]><alert ').replace(b"140502-2", b"&f;"),
        "DTD",
    ),
    "a DTD elsewhere": (edited("<alert ", '<!doctype alert SYSTEM "http://127.0.0.1:9/x.dtd"><alert '), "DTD"),
    "an unknown entity": (edited("暴雨红色", "&who;"), "不是完好的 XML"),
    "too deep": (edited("<headline>", "<headline>" + "<a>" * 90 + "</a>" * 90), "太深"),
    "far too deep": (b"<a>" * 100_000, "不是完好的 XML"),
    "too many": (edited("<headline>", "<headline>" + "<a/>" * 21_000), "太多"),
    "a long text": (edited("暴雨红色预警", "暴" * 20_001), "20001字"),
    "a foreign encoding": (FILE.replace(b"UTF-8", b"UTF-7"), "utf-7"),
    "a wrong encoding": (FILE.decode().encode("gb18030"), "读不出"),
    "a mistaken encoding": (FILE.replace(b"UTF-8", b"GB2312"), "实际是 UTF-8"),
    "a feed": (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "多条预警"),
    "version 1.0": (edited(tree.NAMESPACE, "http://www.incident.com/cap/1.0"), "CAP 1.0"),
    "no namespace": (edited(f' xmlns="{tree.NAMESPACE}"', ""), "命名空间"),
    "no identifier": (edited("<identifier>140502-20260709130500-1</identifier>", ""), "identifier：没有写"),
    "an empty identifier": (edited("140502-20260709130500-1", " "), "identifier：没有写"),
    "two of them": (edited("<sender>", "<sender>x</sender><sender>"), "写了两次"),
    "a blank in it": (edited("140502@example.org", "140502 example"), "空格"),
    "no zone": (edited("13:05:00+08:00", "13:05:00"), "sent：“2026-07-09T13:05:00”不是时间"),
    "no such day": (edited("2026-07-09T14", "2026-02-30T14"), "info[1]/onset"),
    "a Chinese time": (edited("2026-07-09T20:05:00+08:00", "7月9日20时"), "info[1]/expires：“7月9日20时”不是时间"),
    "another severity": (edited("Extreme", "Red"), "写的是“Red”，应为 Extreme、Severe、Moderate、Minor 或 Unknown"),
    "another category": (edited("Safety", "气象"), "写的是“气象”"),
    "no category": (
        FILE.replace(b"<category>Met</category>", b"").replace(b"<category>Safety</category>", b""),
        "info[1]/category：没有写，应为 Geo、Met",
    ),
    "another status": (edited("Actual", "Real"), "status：写的是“Real”"),
    "a lame reference": (edited("140502-1,", "140502-1 "), "references"),
    "no words for an area": (edited("<areaDesc>西街</areaDesc>", ""), "info[1]/area[1]/areaDesc：没有写"),
    "elements for a text": (edited("暴雨红色预警", "<b>暴雨</b>红色"), "还有别的元素"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_read_is_refused_in_a_sentence(what):
    content, words = REFUSED[what]
    problem = refusal(content)
    message = str(problem)
    assert words in message
    assert "\n" not in message
    assert re.search("应|不该|不像|不知|不许|为免|不是完好的 XML", message), "what was expected is wanted"
    assert "请" in message, "what to do is wanted"
    assert isinstance(problem, BadFile)
    assert message in faults(content)


def test_a_refusal_names_path_and_line():
    problem = refusal(edited("Extreme", "Red"))
    assert problem.path == "info[1]/severity"
    assert f"第{problem.line}行" in str(problem)
    assert b"Extreme" in FILE.splitlines()[problem.line - 1]


COSTLY = {
    "attributes": edited("<event>", "<event " + " ".join(f"a{at}='{at}'" for at in range(50_000)) + ">"),
    "namespaces": edited("<event>", "<event " + " ".join(f"xmlns:a{at}='u{at}'" for at in range(35_000)) + ">"),
    "nested namespaces": b"".join(b'<a xmlns:n%d="u%d">' % (at, at) for at in range(200)) + b"</a>" * 200,
    "elements": edited("<event>", "<parameter/>" * 19_000 + "<event>"),
    "references": edited("140502@example.org,140502-1", "x,y,2026-07-09T13:05:00+08:00 " * 30_000 + "x,y"),
    "a polygon": edited("35.4,112.7 35.4,112.9", "35.4,112.7 " * 1_700 + "35.4,112.9"),
    "comments": edited("<event>", "<!-- x -->" * 60_000 + "<event>"),
    "a declaration": b"<?xml " + b"x" * 900_000 + b"?><a/>",
}


@pytest.mark.parametrize("what", COSTLY)
def test_what_would_cost_much_costs_little(what):
    content = COSTLY[what]
    assert len(content) < tree.MOST_BYTES
    start = process_time()
    with suppress(BadCap):
        taken_in(content)
    faults(content)
    assert process_time() - start < 5


NOTED = {
    "Z": (edited("13:05:00+08:00", "05:05:00Z"), "按 2026-07-09T05:05:00+00:00 读"),
    "no reference": (re.sub(b"<references>.*</references>", b"", FILE), "没有指明是对哪一条"),
    "too early an end": (edited("2026-07-09T20", "2026-07-09T12"), "失效时间早于开始时间"),
    "a polygon that is none": (edited("35.4,112.7 35.4,112.9", "北纬35.4"), "坐标读不出"),
    "somebody's own element": (edited("<event>", "<colour>red</colour><event>"), "info[1]/colour：不是 CAP 的内容"),
    "another namespace": (edited("<status>", '<x:y xmlns:x="urn:x">1</x:y><status>'), "不是 CAP 的内容"),
    "a signature": (edited("</alert>", '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></alert>'), "数字签名"),
    "a file within": (edited("<uri>", "<derefUri>QUJD</derefUri><uri>"), "附件内容在文件里"),
    "a size in words": (edited("<size>12</size>", "<size>12KB</size>"), "不是字节数"),
}  # fmt: skip


@pytest.mark.parametrize("what", NOTED)
def test_what_is_out_of_order_is_read_and_noted(what):
    content, words = NOTED[what]
    file = taken_in(content)
    assert [note for note in file.notes if words in note]
    assert set(file.notes) <= set(faults(content))


def test_an_order_that_the_schema_does_not_allow_is_named():
    content = FILE.replace(b"<status>Actual</status>", b"").replace(b"</scope>", b"</scope><status>Actual</status>")
    assert taken_in(content).alert == STORM
    assert any("位置、次数或内容" in fault for fault in faults(content))


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(FILE) - 1), st.binary(max_size=6), st.integers(0, 40)), min_size=1, max_size=4
    )
)
def test_a_spoilt_file_is_read_or_refused(cuts):
    content = bytearray(FILE)
    for at, put, gone in cuts:
        content[at : at + gone] = put
    try:
        taken_in(bytes(content))
    except BadCap as problem:
        assert str(problem)
    assert isinstance(faults(bytes(content)), tuple)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=200))
def test_noise_is_refused(noise):
    assert str(refusal(noise))


# ------------------------------------------------------------------------------------------------- what is not written


@pytest.mark.parametrize(
    "wrong",
    [
        replace(STORM, identifier="a b"),
        replace(STORM, sender=""),
        replace(STORM, identifier="a,b"),
        replace(STORM, sent=SENT.replace(tzinfo=None)),
        replace(STORM, references=()),
        replace(STORM, status=cast("Any", "真实")),
        replace(STORM, infos=(replace(STORM.infos[0], categories=()),)),
        replace(STORM, infos=(replace(STORM.infos[0], event=" "),)),
        replace(STORM, infos=(replace(STORM.infos[0], severity=cast("Any", "Red")),)),
        replace(STORM, infos=(replace(STORM.infos[0], language="中文"),)),
        replace(STORM, infos=(replace(STORM.infos[0], expires=SENT.replace(tzinfo=None)),)),
        replace(STORM, infos=(replace(STORM.infos[0], areas=(Area(description=""),)),)),
        replace(STORM, infos=(replace(STORM.infos[0], areas=(Area(description="西街", polygons=("1,2 3,4",)),)),)),
        replace(STORM, infos=(replace(STORM.infos[0], areas=(Area(description="西街", circles=("1,2",)),)),)),
    ],
)
def test_what_cap_cannot_say_is_a_mistake_of_the_caller(wrong):
    with pytest.raises(ValueError, match=":"):
        written(wrong)


def test_control_characters_are_left_out():
    odd = replace(STORM, note="暴\x00雨\x0b\ud800")
    assert taken_in(written(odd)).alert.note == "暴雨"


def test_areas_are_told_in_words():
    assert shapes.told(STORM.infos[0].areas[0]) == ("多边形（3个顶点，纬度35.40至35.60，经度112.70至112.90）",)
    assert shapes.told(STORM.infos[0].areas[1]) == ("圆（中心纬度35.50、经度112.80，半径3.5公里）",)
    assert shapes.told(Area(description="x", polygons=("1,2",), circles=("91,2 3",))) == (
        "多边形（坐标读不出）",
        "圆（坐标读不出）",
    )


def test_the_schema_is_the_one_of_oasis_with_its_terms():
    assert "Copyright OASIS Open 2010" in tree.SCHEMA.read_text("utf-8")
    notice = (tree.SCHEMA.parent / "NOTICE.md").read_text("utf-8")
    assert "Copyright © OASIS Open 2010. All Rights Reserved." in notice
    assert "may not be modified in any way" in notice
