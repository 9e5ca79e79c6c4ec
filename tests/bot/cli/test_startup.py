"""What a command loads: reading a sentence needs no Telegram, no database, no web; it is there at once."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[3]

HEAVY = (
    "telegram",
    "sqlalchemy",
    "alembic",
    "aiosqlite",
    "asyncpg",
    "aiohttp",
    "httpx",
    "apscheduler",
    "jinja2",
    "rich",
)

RUN = """
import json, sys
from bot.cli import _run
status = _run(json.loads(sys.argv[1]))
sys.stdout.flush()
print(json.dumps(sorted(sys.modules)), file=sys.stderr)
sys.exit(status)
"""


def loaded(*words):
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(words)], cwd=REPOSITORY, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return {name.split(".")[0] for name in json.loads(done.stderr)}, set(json.loads(done.stderr)), done.stdout


@pytest.mark.parametrize(
    "words",
    [
        ("read", "踩踏，4人受伤", "--json"),
        ("read", "踩踏，4人受伤", "--plan", "jincheng-chengqu-campus"),
        ("classify", "--plan", "linan-campus", "--text", "食物中毒35人", "--json"),
        ("plans", "list"),
        ("plans", "show", "jincheng-energy", "--json"),
        ("plans", "lint", "jincheng-energy"),
        ("plans", "clause", "jincheng-energy", "4.1"),
        ("simulate", "--policy"),
        ("--help",),
    ],
    ids=" ".join,
)
def test_commands_about_plans_load_no_telegram_and_no_database(words):
    packages, _, out = loaded(*words)
    assert out
    assert packages & set(HEAVY) == set()


def test_reading_without_a_plan_loads_no_plan_model():
    packages, modules, _ = loaded("read", "踩踏，4人受伤", "--json")
    assert "plans.model" not in modules
    assert packages & {"yaml", "pypinyin"} == set()


def test_pinyin_is_loaded_only_to_look_something_up():
    packages, _, _ = loaded("classify", "--plan", "linan-campus", "--text", "食物中毒35人")
    assert "pypinyin" not in packages
    packages, _, _ = loaded("phone", "wjj")
    assert "pypinyin" in packages
    assert packages & set(HEAVY) == set()


def test_simulate_needs_no_telegram():
    scenario = "tests/scenarios/dehui-education-duties/report-in-time.yaml"
    packages, _, _ = loaded("simulate", scenario, "--json")
    assert packages & {"telegram", "httpx", "aiohttp"} == set()
