"""``tocsin incidents export`` and ``paper``: papers of an incident as files, as Word and as PDF."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from docx import Document

from tests.bot.cli.conftest import Tocsin

NOW = "2026-03-03T10:00:00+08:00"


def words(path: Path) -> str:
    document = Document(io.BytesIO(path.read_bytes()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([one.text for one in document.paragraphs] + cells)


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        (("export", "1"), ("处置记录", "记录完整性：未发现改动", "报送")),
        (("paper", "1"), ("处置工作的总结评估", "【待补：原因分析】", "首报", "未发现改动")),
        (("paper", "1", "--report", "首报"), ("的首报", "附件", "【待补：影响范围】")),
        (("paper", "演1"), ("应急演练的总结评估", "【演练】")),
    ],
)
def test_a_paper_is_written_the_same_each_time(tocsin: Tocsin, database: Path, tmp_path: Path, command, wanted):
    verb, number, *options = command
    for name in ("甲.docx", "乙.docx"):
        ran = tocsin("incidents", verb, number, name, *options, "--now", NOW)
        assert (ran.status, ran.err) == (0, "") and name in ran.out
    text = words(tmp_path / "甲.docx")
    assert all(word in text for word in wanted)
    assert (tmp_path / "甲.docx").read_bytes() == (tmp_path / "乙.docx").read_bytes()


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("export", "1", "甲.txt"), "应以 .docx 或 .pdf 结尾"),
        (("export", "99", "甲.docx"), "没有“99”这个事件"),
        (("paper", "1", "甲.docx", "--report", "快报"), "没有要报的“快报”；有："),
        (("paper", "1", "有.docx"), "已经有了，没有覆盖"),
        (("paper", "1", "没有/甲.docx"), "写不了"),
        (("paper", "1", "甲.pdf"), "本机没有 LibreOffice"),
    ],
)
def test_what_cannot_be_is_one_sentence(tocsin: Tocsin, database: Path, tmp_path: Path, monkeypatch, command, said):
    monkeypatch.setenv("TOCSIN_SOFFICE", "off")
    (tmp_path / "有.docx").write_text("x")
    ran = tocsin("incidents", *command, "--now", NOW)
    assert ran.status == 2 and said in ran.err
    assert not (tmp_path / "甲.docx").exists()


@pytest.mark.parametrize(("body", "status"), [("(here / 'paper.pdf').write_bytes(b'%PDF-1.7')", 0), ("pass", 2)])
def test_a_pdf_where_a_word_processor_is_there(
    tocsin: Tocsin, database: Path, tmp_path: Path, monkeypatch, body, status
):
    program = tmp_path / "soffice"
    head = "import pathlib, sys\nhere = pathlib.Path(sys.argv[sys.argv.index('--outdir') + 1])\n"
    program.write_text(f"#!{sys.executable}\n{head}{body}\n")
    program.chmod(0o755)
    monkeypatch.setenv("TOCSIN_SOFFICE", str(program))
    ran = tocsin("incidents", "paper", "1", "甲.pdf", "--now", NOW)
    assert ran.status == status
    assert (tmp_path / "甲.pdf").exists() is (status == 0) and (status == 0 or "没有做出PDF" in ran.err)
