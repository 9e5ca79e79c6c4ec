"""A PDF where a word processor is there: by stand-ins that are slow, fail or write too much, and by the real one."""

from __future__ import annotations

import asyncio
import io
import os
import select
import stat
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.exchange import pdf as module
from bot.exchange.paper import laid_out
from bot.exchange.pdf import WAITING, Converter, converter_at
from bot.paper import Paper, Paragraph

DOCUMENT = b"PK a document"
HEAD = """
import os, pathlib, subprocess, sys, time
here = pathlib.Path(sys.argv[sys.argv.index("--outdir") + 1])
paper = here / "paper.pdf"
"""


def stand_in(folder: Path, body: str) -> str:
    """Return a word processor that does something else."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\n{HEAD}\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


async def made(tmp_path: Path, body: str, seconds: float = 20.0) -> bytes | None:
    return await Converter(stand_in(tmp_path, body), seconds).pdf(DOCUMENT)


async def test_what_it_writes_is_the_pdf(tmp_path):
    body = 'paper.write_bytes(b"%PDF-1.7 of " + (here / "paper.docx").read_bytes())'
    assert await made(tmp_path, body) == b"%PDF-1.7 of " + DOCUMENT


@pytest.mark.parametrize(
    "body",
    [
        "sys.exit(1)",
        "paper.write_bytes(b'%PDF-1.7'); sys.exit(3)",
        "pass",
        "paper.write_bytes(b'')",
        "paper.write_bytes(b'<html>')",
        "paper.symlink_to('/etc/hostname')",
        "os.kill(os.getpid(), 9)",
        "paper.mkdir()",
    ],
    ids=["fails", "writes and fails", "writes nothing", "empty", "no pdf", "a link", "dies", "a folder"],
)
async def test_without_a_pdf_there_is_none(tmp_path, body):
    assert await made(tmp_path, body) is None


async def test_one_that_is_too_slow_is_ended_with_all_that_it_started(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    child = f"import time; kept = open({str(pipe)!r}, 'w'); kept.write('x'); kept.flush(); time.sleep(60)"
    body = f"subprocess.Popen([sys.executable, '-c', {child!r}]); time.sleep(60)"
    try:
        assert await made(tmp_path, body, seconds=1.5) is None
        assert os.read(reader, 10) == b"x", "it was there"
        assert select.select([reader], [], [], 20)[0], "the system has ended it"
        assert os.read(reader, 10) == b"", "and holds its end no more"
    finally:
        os.close(reader)


async def test_no_file_of_200_megabytes_is_written(tmp_path):
    sizes = tmp_path / "sizes"
    body = (
        "try:\n with paper.open('wb') as f:\n  f.write(b'%PDF-')\n  for _ in range(200): f.write(bytes(1_000_000))\n"
        f"finally:\n pathlib.Path({str(sizes)!r}).write_text(str(paper.stat().st_size))"
    )
    assert await made(tmp_path, body) is None
    assert not sizes.exists() or int(sizes.read_text()) <= module.MOST


async def test_it_sees_none_of_our_settings_and_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setenv("TOCSIN_TOKEN", "secret")
    monkeypatch.setenv("AWS_SECRET", "secret")
    seen_there = "(dict(os.environ), sys.argv, os.getcwd(), os.getsid(0) == os.getpid())"
    body = f"paper.write_bytes(b'%PDF-' + repr({seen_there}).encode())"
    seen = (await made(tmp_path, body) or b"").decode()
    assert "secret" not in seen and "TOCSIN" not in seen
    assert "-env:UserInstallation=file:///" in seen and seen.endswith("True)"), "a session of its own"
    assert "tocsin-pdf-" in seen


async def test_nothing_is_left_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    await made(tmp_path, "paper.write_bytes(b'%PDF-'); (here / 'more').write_text('x')")
    assert not list((tmp_path / "tmp").iterdir())


async def test_one_at_a_time_and_not_for_ever_many(tmp_path):
    log = tmp_path / "log"
    body = (
        f"log = open({str(log)!r}, 'a'); log.write('+'); log.flush(); time.sleep(0.1); log.write('-'); log.close()\n"
        "paper.write_bytes(b'%PDF-')"
    )
    converter = Converter(stand_in(tmp_path, body))
    found = await asyncio.gather(*(converter.pdf(DOCUMENT) for _ in range(WAITING + 3)))
    assert found.count(None) == 3
    assert log.read_text() == "+-" * WAITING


async def test_what_was_begun_ends_with_the_program(tmp_path):
    converter = Converter(stand_in(tmp_path, "time.sleep(60)"))

    async def work() -> None:
        await converter.pdf(DOCUMENT)

    converter.begin(work())
    await asyncio.sleep(0.2)
    await asyncio.wait_for(converter.close(), 5)


async def test_a_program_that_is_not_there_makes_none():
    assert await Converter("/nowhere/soffice").pdf(DOCUMENT) is None


def test_where_none_is_set_up_there_is_no_converter(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert converter_at("off") is None and converter_at("") is None and converter_at("/nowhere") is None
    path = stand_in(tmp_path, "pass")
    assert converter_at("") is not None and converter_at(path) is not None


@pytest.mark.word_processor
@pytest.mark.timeout(120)
async def test_the_real_one_lays_out_a_paper():
    converter = converter_at("")
    assert converter is not None
    blocks = tuple(Paragraph("国" * 28 * 22) for _ in range(2))
    paper = Paper(
        title=("关于", "演练的首报"), blocks=blocks, signed_by="区教育局", dated=date(2026, 3, 2), mark="【演练】"
    )
    content = await converter.pdf(laid_out(paper, datetime(2026, 3, 1, tzinfo=UTC)))
    assert content is not None and io.BytesIO(content).read(5) == b"%PDF-"
