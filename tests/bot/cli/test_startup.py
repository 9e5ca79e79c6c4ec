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
import io, json, sys
from contextlib import redirect_stdout
from bot.cli.application import run
commands, folder, keeps = json.loads(sys.argv[1])
if folder:
    from pathlib import Path
    import plans.cache
    plans.cache.FOLDER = Path(folder)
    plans.cache.Cache.collects = keeps
for words in commands:
    with redirect_stdout(io.StringIO()) as out:
        status = run(words)
    print(json.dumps([status, bool(out.getvalue()), sorted(sys.modules)]))
if keeps:
    from bot.preparation import keep
    assert keep()
"""


def loaded(
    *commands: tuple[str, ...], folder: Path | None = None, keep: bool = False
) -> list[tuple[set[str], set[str]]]:
    """Run commands one after the other in a process; return after each which packages and modules are there by then.

    Args:
        folder: where is kept what earlier commands worked out; left out, in the program's own.
        keep: what these work out is kept there too.
    """
    asked = json.dumps([commands, str(folder or ""), keep])
    done = subprocess.run(
        [sys.executable, "-c", RUN, asked], cwd=REPOSITORY, capture_output=True, text=True, timeout=60
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


TEXT = "实验小学楼梯踩踏，4人受伤"
OF_PLANS = {"plans.model", "yaml", "pydantic"}
OF_THE_SHELL = {"asyncio", "socket", "ssl", "importlib.metadata"}

ABSENT: dict[tuple[str, ...], set[str]] = {
    ("--help",): {"plans", *OF_PLANS, *OF_THE_SHELL},
    ("read", "--help"): {"plans", *OF_PLANS, *OF_THE_SHELL},
    ("classify", "--help"): {"plans", *OF_PLANS, *OF_THE_SHELL},
    ("phone", "--help"): {"plans", *OF_PLANS, *OF_THE_SHELL},
    ("plans", "clause", "--help"): {"plans", *OF_PLANS, *OF_THE_SHELL},
    ("read", TEXT): {"pypinyin", "rapidfuzz", "phonenumbers", *OF_PLANS, *OF_THE_SHELL},
    ("read", TEXT, "--json", "--known", "{}"): {"pypinyin", "rapidfuzz", "phonenumbers", *OF_PLANS, *OF_THE_SHELL},
    ("read", TEXT, "--plan", "linan-campus"): {"yaml", "pypinyin", "rapidfuzz", "plans.incident", *OF_THE_SHELL},
    ("classify", "--plan", "linan-campus", "--text", TEXT): {
        *("yaml", "pypinyin", "rapidfuzz", "plans.incident", "plans.core", "plans.intake.outlines"),
        *OF_THE_SHELL,
    },
    ("phone", "消防"): {"yaml", "pypinyin", "plans.intake", "plans.incident", *OF_THE_SHELL},
    ("phone", "wjj", "--limit", "3"): {"yaml", "pypinyin", "plans.intake", "plans.incident", *OF_THE_SHELL},
    ("who", "燃气"): {"yaml", "pypinyin", "plans.intake", "plans.incident", *OF_THE_SHELL},
    ("plans", "clause", "jincheng-energy", "4.1"): {"yaml", "plans.intake", "plans.incident", *OF_THE_SHELL},
}
"""Of each command what it must not load once it has run before; a name stands for all below it."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which these commands left what they worked out."""
    folder = tmp_path_factory.mktemp("kept")
    loaded(*ABSENT, folder=folder, keep=True)
    return folder


@pytest.mark.parametrize("words", ABSENT, ids=" ".join)
def test_the_second_run_loads_only_what_answers(words: tuple[str, ...], kept: Path):
    [(_, modules)] = loaded(words, folder=None if "--help" in words else kept)
    found = {name for name in modules for absent in ABSENT[words] if name == absent or name.startswith(f"{absent}.")}
    assert found == set()


COUNT = """
import re._compiler, sys
whole, found = re._compiler.compile, []
def compile(source, flags=0):
    frame = sys._getframe(1)
    while "re/__init__" in frame.f_code.co_filename.replace("\\\\", "/"):
        frame = frame.f_back
    found.append(frame.f_globals["__name__"])
    return whole(source, flags)
re._compiler.compile = compile
import plans.intake.with_plan
print(sum(name.startswith("plans.") for name in found))
"""


def test_importing_the_reader_translates_hardly_any_expression():
    done = subprocess.run([sys.executable, "-c", COUNT], cwd=REPOSITORY, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) <= 20  # of two and a half thousand


def test_simulate_needs_no_telegram():
    scenario = "tests/scenarios/dehui-education-duties/report-in-time.yaml"
    [(packages, _)] = loaded(("simulate", scenario, "--json"))
    assert packages & {"telegram", "httpx", "aiohttp"} == set()
