"""Standard streams that the caller has closed: no fault of the program, and no file gets their numbers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]

EACH = """
import sys
from bot.cli import main
for words in ("db upgrade", "plans list", "incidents list"):
    sys.argv[1:] = words.split()
    try:
        main()
    except SystemExit as end:
        if end.code:
            sys.exit(f"{words}: {end.code}")
"""
"""Commands that make a database, that load next to nothing, that read it: in one process, since starting one is what
costs; the streams are closed before it starts."""


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_fault(tmp_path, closed):
    surroundings = {**os.environ, "TOCSIN_DATABASE_URL": str(tmp_path / "t.db"), "PYTHONPATH": str(REPOSITORY)}
    line = f'"{sys.executable}" -c "$0" {closed}'
    done = subprocess.run(["sh", "-c", line, EACH], cwd=tmp_path, env=surroundings, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    data = (tmp_path / "t.db").read_bytes()
    assert data.startswith(b"SQLite format 3\0") and "数据库已是最新".encode() not in data


def test_wrong_use_with_nobody_to_tell_has_its_status(tmp_path):
    line = f'"{sys.executable}" -m bot.cli nonsense >&- 2>&-'
    surroundings = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, env=surroundings, capture_output=True, check=False)
    assert done.returncode == 2
