"""Cards of an address book: every name and number that was meant, in whatever dialect; or one Chinese sentence."""

from __future__ import annotations

import pytest

from bot.exchange.cards import Listed, numbers_of
from bot.exchange.tables import BadFile

UNIT, NUMBER = "区消防救援大队", "0356-2000009"
QUOTED = "".join(f"={byte:02X}" for byte in UNIT.encode())


def card(*lines: str, version: str = "3.0", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    return end.join(["BEGIN:VCARD", f"VERSION:{version}", *lines, "END:VCARD", ""]).encode(encoding)


def read(*lines: str, **more: str) -> list[Listed]:
    return numbers_of(card(*lines, **more))


@pytest.mark.parametrize(
    "line",
    [
        f"TEL;TYPE=FAX:{NUMBER}",
        f"TEL;type=fax:{NUMBER}",
        f"TEL;TYPE=WORK,FAX:{NUMBER}",
        f"TEL;TYPE=WORK;TYPE=FAX:{NUMBER}",
        f"TEL;WORK;FAX:{NUMBER}",
        f"TEL;FAX;WORK:{NUMBER}",
        f'TEL;TYPE="fax,work":{NUMBER}',
        f"TEL;TYPE=WorkFax:{NUMBER}",
        f'TEL;VALUE=uri;TYPE="fax,work":{NUMBER}',
        f"tel;type=work;type=Fax;type=pref:{NUMBER}",
        f"FAX:{NUMBER}",
        f"X-FAX:{NUMBER}",
        f"item1.TEL:{NUMBER}\r\nitem1.X-ABLabel:传真",
        f"item1.X-ABLabel:_$!<WorkFAX>!$_\r\nitem1.TEL:{NUMBER}",
        f"TEL;X-FAX:{NUMBER}",
        f"TEL;TYPE=传真:{NUMBER}",
        f"TEL;TYPE=facsimile:{NUMBER}",
    ],
)
def test_a_fax_is_one_in_every_spelling(line):
    assert read(f"FN:{UNIT}", line) == [Listed(UNIT, NUMBER, "传真")]


@pytest.mark.parametrize("name", [f"{UNIT}传真", f"{UNIT}（传真）", f"{UNIT} FAX", f"{UNIT}-传真号"])
def test_a_card_that_is_called_a_fax_is_the_units_fax(name):
    assert read(f"FN:{name}", f"TEL:{NUMBER}") == [Listed(UNIT, NUMBER, "传真")]


@pytest.mark.parametrize(
    "line",
    [
        f"TEL:{NUMBER}",
        f"TEL;CELL:{NUMBER}",
        f"TEL;TYPE=WORK,VOICE:{NUMBER}",
        f'TEL;TYPE="voice,work";VALUE=uri:{NUMBER}',
        f"item1.TEL:{NUMBER}\r\nitem1.X-ABLabel:值班",
        f"TEL;PREF=1:{NUMBER}",
        f"TEL:\u202a{NUMBER}\u202c",
    ],
)
def test_a_telephone_is_none(line):
    assert read(f"FN:{UNIT}", line) == [Listed(UNIT, NUMBER, "")]


@pytest.mark.parametrize(
    ("lines", "version"),
    [
        ([f"N:{UNIT};;;;"], "2.1"),
        ([f"N:;{UNIT};;;"], "3.0"),
        ([f"ORG:{UNIT};"], "3.0"),
        (["FN:", f"N:{UNIT};;;;"], "3.0"),
        (["N:区消防;救援大队;;;"], "3.0"),
        ([f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{QUOTED}"], "2.1"),
        ([f"FN;ENCODING=QUOTED-PRINTABLE;CHARSET=utf8:{QUOTED}"], "2.1"),
        ([f"FN;QUOTED-PRINTABLE:{QUOTED}"], "2.1"),
        ([f"FN;CHARSET=X-UNKNOWN;ENCODING=QUOTED-PRINTABLE:{QUOTED}"], "2.1"),
        ([f"FN;LANGUAGE=zh-cn;CHARSET=utf-8:{UNIT}"], "2.1"),
        ([f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{QUOTED[:30]}=\r\n{QUOTED[30:]}"], "2.1"),
        ([f"FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:{QUOTED[:30]}=\r\n {QUOTED[30:]}"], "2.1"),
        (["FN:区消防救\r\n 援大队"], "3.0"),
        (["FN;ENCODING=b:5Yy65raI6Ziy5pWR5o+05aSn6Zif"], "3.0"),
        ([f"FN:{UNIT}\u200b"], "3.0"),
        ([f"FN:{UNIT}", "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQ\r\n SkZ\r\n"], "2.1"),
        ([f"FN:{UNIT}", "PHOTO;ENCODING=b:not base64!"], "3.0"),
        ([f"FN:{UNIT}", "NOTE;ENCODING=QUOTED-PRINTABLE:=E"], "2.1"),
        ([f"FN:{UNIT}", "这不是名片的一行"], "3.0"),
        ([f"FN:{UNIT}", "BDAY:19990101", "X-ANDROID-CUSTOM:vnd;2250777;;;"], "2.1"),
    ],
)
def test_a_name_is_read_however_the_card_keeps_it(lines, version):
    assert read(*lines, f"TEL:{NUMBER}", version=version) == [Listed(UNIT, NUMBER, "")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_cards_of_any_charset_and_line_end(encoding, end):
    assert numbers_of(card(f"FN:{UNIT}", f"TEL:{NUMBER}", encoding=encoding, end=end)) == [Listed(UNIT, NUMBER, "")]


def test_a_few_characters_of_an_old_charset_are_not_taken_for_hebrew():
    assert numbers_of(
        card("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:" + QUOTED, f"TEL:{NUMBER}转8", encoding="gbk")
    ) == [Listed(UNIT, f"{NUMBER}转8", "")]


def test_a_name_in_a_charset_that_is_named():
    quoted = "".join(f"={byte:02X}" for byte in UNIT.encode("gbk"))
    assert read(f"FN;CHARSET=GBK;ENCODING=QUOTED-PRINTABLE:{quoted}", f"TEL:{NUMBER}", version="2.1")[0].name == UNIT


def test_all_cards_and_all_numbers_are_read():
    both = card("FN:甲局", "TEL:1", "TEL:2") + card("FN:乙局", "TEL;FAX:3")
    assert numbers_of(both) == [Listed("甲局", "1", ""), Listed("甲局", "2", ""), Listed("乙局", "3", "传真")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nonsense", "不是名片"),
        (b"", "不是名片"),
        (card(f"FN:{UNIT}"), "没有读到号码"),
        (b"x" * 11_000_000, "10 MB"),
        (card(f"FN:{UNIT}", f"TEL:{NUMBER}")[:-12], "没有传完"),
        (card(f"FN:{UNIT}", f"TEL:{NUMBER}").replace(b"END:VCARD", b"") * 2, "没有结束"),
        (card(f"FN;ENCODING=QUOTED-PRINTABLE:{QUOTED[:-1]}", f"TEL:{NUMBER}", version="2.1"), "编码断了"),
        (card("FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=8C=", "", f"TEL:{NUMBER}", version="2.1"), "读不出"),
        (card("FN;ENCODING=b:5Yy65raI6Ziy5pWR5o+05aSn6Zi", f"TEL:{NUMBER}"), "编码断了"),
    ],
)
def test_what_is_no_card_or_was_cut_is_said(content, said):
    with pytest.raises(BadFile, match=said):
        numbers_of(content)


def test_a_name_that_is_folded_within_a_character_is_put_together():
    text = card(f"FN:{UNIT}", f"TEL:{NUMBER}")
    for place in range(text.index(UNIT.encode()) + 1, text.index(b"\r\nTEL")):
        assert numbers_of(text[:place] + b"\r\n " + text[place:]) == [Listed(UNIT, NUMBER, "")]
