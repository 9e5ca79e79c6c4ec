"""The office's own files: pauses and days; one that cannot be read is said before anything starts."""

from typing import Any

import pytest
from pydantic import SecretStr

from bot.config import Settings
from bot.main import _calendar, _policy
from bot.main.program import CannotStart
from plans.obligations import DEFAULT_POLICY


def settings(**files: Any) -> Settings:
    return Settings(_env_file=None, token=SecretStr("110201543:AAHdqTcvCH1vGWJx" + "fSeofSAs0K5PALDsaw"), **files)


def test_without_a_file_the_programs_own_holds(tmp_path):
    assert _policy(settings()) is DEFAULT_POLICY


def test_the_offices_pauses_hold(tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text("units: [PT1M, PT2M]\nladder: {区消防救援大队: [PT1M]}\n", encoding="utf-8")
    found = _policy(settings(policy_file=file))
    assert len(found.units) == 2 and dict(found.ladder).keys() == {"区消防救援大队"}


@pytest.mark.parametrize("text", ["unit: [PT1M]\n", "units: soon\n", "units: [\n"])
def test_a_file_that_cannot_be_read_is_said(tmp_path, text):
    file = tmp_path / "policy.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CannotStart, match="TOCSIN_POLICY_FILE"):
        _policy(settings(policy_file=file))
    with pytest.raises(CannotStart, match="TOCSIN_CALENDAR_FILE"):
        _calendar(settings(calendar_file=tmp_path / "none"))
