"""What a command loads: reading a sentence needs no Telegram, no database, no web; it is there at once."""

import json
import subprocess
import sys
from pathlib import Path

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
import io, json, sys
from contextlib import redirect_stdout
from bot.cli import _run
for words in json.loads(sys.argv[1]):
    with redirect_stdout(io.StringIO()) as out:
        status = _run(words)
    print(json.dumps([status, bool(out.getvalue()), sorted(sys.modules)]))
"""


def loaded(*commands: tuple[str, ...]) -> list[tuple[set[str], set[str]]]:
    """Run commands one after the other in a process; return after each which packages and modules are there by then."""
    done = subprocess.run(
        [sys.executable, "-c", RUN, json.dumps(commands)], cwd=REPOSITORY, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    found = []
    for words, line in zip(commands, done.stdout.splitlines(), strict=True):
        status, said, modules = json.loads(line)
        assert status == 0 and said, (words, done.stderr)
        found.append(({name.split(".")[0] for name in modules}, set(modules)))
    return found


def test_commands_about_plans_load_no_telegram_and_no_database():
    """Except ``plans lint`` and ``plans coverage``, which ask all of the program what acts on a clause."""
    commands = (
        ("read", "踩踏，4人受伤", "--json"),
        ("read", "踩踏，4人受伤", "--plan", "jincheng-chengqu-campus"),
        ("classify", "--plan", "linan-campus", "--text", "食物中毒35人", "--json"),
        ("warn", "read", "市气象台发布暴雨红色预警", "--json"),
        ("plans", "list"),
        ("plans", "show", "jincheng-energy", "--json"),
        ("plans", "clause", "jincheng-energy", "4.1"),
        ("simulate", "--policy"),
        ("--help",),
    )
    for words, (packages, _) in zip(commands, loaded(*commands), strict=True):
        assert packages & set(HEAVY) == set(), words


def test_reading_without_a_plan_loads_no_plan_model():
    [(packages, modules)] = loaded(("read", "踩踏，4人受伤", "--json"))
    assert "plans.model" not in modules
    assert packages & {"yaml", "pypinyin"} == set()


def test_only_what_reads_a_text_loads_the_reader():
    [(_, modules)] = loaded(("--help",))
    assert not [name for name in modules if name.split(".")[0] == "plans"]


def test_pinyin_is_loaded_only_to_look_something_up():
    (packages, _), (after, _) = loaded(
        ("classify", "--plan", "linan-campus", "--text", "食物中毒35人"), ("phone", "wjj")
    )
    assert "pypinyin" not in packages
    assert "pypinyin" in after
    assert after & set(HEAVY) == set()


def test_simulate_needs_no_telegram():
    scenario = "tests/scenarios/dehui-education-duties/report-in-time.yaml"
    [(packages, _)] = loaded(("simulate", scenario, "--json"))
    assert packages & {"telegram", "httpx", "aiohttp"} == set()
