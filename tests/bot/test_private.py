"""Files with names and numbers are for their owner alone."""

import os

import pytest

from bot.private import write_private


@pytest.fixture
def open_umask():
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_file_is_its_owners_whatever_the_umask(tmp_path, open_umask):
    write_private(tmp_path / "a", "名单")
    assert (tmp_path / "a").read_text() == "名单" and (tmp_path / "a").stat().st_mode & 0o777 == 0o600


def test_nothing_is_overwritten_and_no_link_is_followed(tmp_path):
    (tmp_path / "there").write_text("x")
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    for name in ("there", "link"):
        with pytest.raises(OSError):
            write_private(tmp_path / name, "y")
    assert (tmp_path / "there").read_text() == "x" and not (tmp_path / "elsewhere").exists()
