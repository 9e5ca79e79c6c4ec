"""The rules of design that a machine can hold: who imports whom, the only `now`, and what no file may contain."""

import ast
import graphlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PACKAGES = ("bot", "handlers", "plans", "storage")

# A library stays where it is used, so that the rest can be read, tested and started without it.
KNOWN_ONLY_TO = {
    "telegram": (
        "handlers",
        "bot.main",
        "bot.updates.poller",
        "bot.web",
        "bot.sender",
        "bot.bot_api_client",
        "bot.updates.collector",
        "bot.delivery",
        "bot.render",
        "bot.callback_data",
        "bot.playground",
    ),
    "httpx": ("bot.main", "bot.sender", "bot.delivery", "bot.playground"),
    "aiohttp": (
        "bot.main",
        "bot.web",
        "bot.second_reader.client",
        "bot.notifier.voice",
        "bot.notifier.webhook",
        "bot.demo",
        "bot.playground",
    ),
    "apscheduler": ("bot.main", "bot.scheduler"),
    "sqlalchemy": ("storage",),
    "alembic": ("storage",),
    "typer": ("bot.cli",),
    "docx": ("bot.exchange.paper", "bot.exchange.wordml", "bot.exchange.codes"),
    "lxml": ("bot.exchange.cap.tree",),
    "segno": ("bot.exchange.codes",),
    "resvg_py": ("bot.pictures",),
    "jinja2": ("bot.pictures", "bot.web"),
    "openpyxl": ("bot.exchange.tables", "bot.exchange.sheets"),
    "recurring_ical_events": ("bot.exchange.series",),
    "phonenumbers": ("plans.directory.numbers",),
    "icalendar": ("bot.exchange.calendars", "bot.exchange.series", "bot.exchange.published"),
    "chinese_calendar": ("bot.workdays",),
    "apprise": ("bot.notifier",),
    "bot.playground": ("bot.demo",),
}

# The words that make a message are Telegram's types; the network is not render's business.
TELEGRAM_TYPES_ONLY = ("bot.render", "bot.callback_data", "bot.delivery")
NETWORK_PARTS = ("telegram.ext", "telegram.request", "telegram.Bot")

READS_A_CLOCK = {
    "datetime": {"now", "utcnow", "today"},
    "date": {"today"},
    "time": {"time", "time_ns", "localtime", "gmtime"},
}


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def is_within(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)


def sources() -> Iterator[tuple[str, str]]:
    for package in PACKAGES:
        for path in sorted((REPOSITORY / package).rglob("*.py")):
            yield str(path.relative_to(REPOSITORY)), path.read_text(encoding="utf-8")


def test_the_import_contracts_are_kept():
    linter = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert linter.returncode == 0, linter.stdout + linter.stderr
    assert "0 broken" in linter.stdout


@pytest.mark.parametrize("known", sorted(KNOWN_ONLY_TO))
def test_a_library_is_known_only_to_its_place(graph, known):
    strangers = {
        importer
        for importer in graph.modules
        if not is_within(importer, (*KNOWN_ONLY_TO[known], known))
        and any(is_within(imported, (known,)) for imported in graph.find_modules_directly_imported_by(importer))
    }
    assert strangers == set()


def circle(imports: dict[str, set[str]]) -> list[str]:
    """Return modules that import each other in a circle, none where there is no such circle."""
    try:
        graphlib.TopologicalSorter(imports).prepare()
    except graphlib.CycleError as error:
        return list(error.args[1])
    return []


def test_no_modules_import_each_other_in_a_circle_not_even_for_their_types():
    graph = grimp.build_graph(*PACKAGES, exclude_type_checking_imports=False, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imports) > 400
    assert circle(imports) == []


def test_a_circle_would_be_found():
    assert circle({"a": {"b"}, "b": {"c"}, "c": set()}) == []
    assert set(circle({"a": {"b"}, "b": {"c"}, "c": {"b"}})) == {"b", "c"}


def test_render_knows_types_of_telegram_and_no_network():
    found = []
    for name, text in sources():
        module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
        if not is_within(module, TELEGRAM_TYPES_ONLY):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Import):
                imported = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                imported = [f"{node.module}.{alias.name}" for alias in node.names]
            else:
                continue
            found += [f"{name}:{node.lineno} {part}" for part in imported if is_within(part, NETWORK_PARTS)]
    assert found == []


def test_only_the_clock_reads_the_time():
    found = []
    calls = re.compile(rf"\.\s*({'|'.join(sorted(set().union(*READS_A_CLOCK.values())))})\b")
    for name, text in sources():
        if name == "bot/clock.py" or not calls.search(text):
            continue
        for node in ast.walk(ast.parse(text)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            owner = node.func.value
            owner_name = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if node.func.attr in READS_A_CLOCK.get(owner_name, ()):
                found.append(f"{name}:{node.lineno} {owner_name}.{node.func.attr}()")
    assert found == []


def test_the_clock_itself_would_be_found():
    calls = ast.dump(ast.parse((REPOSITORY / "bot" / "clock.py").read_text(encoding="utf-8")))
    assert "attr='now'" in calls


# Each pattern is written so that it does not match its own line. A mobile number with six zeros in a row is invented.
FORBIDDEN_TEXT = {
    "a mobile number": r"(?<![0-9A-Za-z])1[3-9](?!\d*000000)\d{9}(?![0-9A-Za-z])",
    "a package index": r"(?i)(?:py" r"pi\.org|python" r"hosted\.org|npm" r"js\.(?:org|com)|deb" r"ian\.org/debian)",
    "an index option": r"--(?:extra-)?index" r"-url|--find" r"-links",
    "a path of one machine": r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|home/\w+)/",
    "a bot token": r"(?<![0-9A-Za-z])\d{8,10}:AA[0-9A-Za-z_-]{33}(?![0-9A-Za-z])",
}


@pytest.fixture(scope="module")
def tracked() -> dict[str, str]:
    """What stands in each file of the repository, by its name."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=REPOSITORY, capture_output=True, check=True)
    paths = [path for name in listed.stdout.decode().split("\0") if name and (path := REPOSITORY / name).is_file()]
    return {str(path.relative_to(REPOSITORY)): path.read_bytes().decode("utf-8", errors="ignore") for path in paths}


@pytest.mark.parametrize("what", sorted(FORBIDDEN_TEXT))
def test_no_file_contains(tracked, what):
    pattern = re.compile(FORBIDDEN_TEXT[what])
    found = []
    for name, text in tracked.items():
        for match in pattern.finditer(text):
            line = text.count("\n", 0, match.start()) + 1
            found.append(f"{name}:{line} {match.group()!r}")
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a mobile number", "电话 1391234" + "5678。"),
        ("a package index", "https://py" + "pi.org/simple"),
        ("an index option", "--index" + "-url x"),
        ("a path of one machine", "open('/ro" + "ot/x')"),
        ("a bot token", "12345678" + ":AA" + "x" * 33),
    ],
)
def test_the_patterns_find_what_they_are_for(what, text):
    assert re.search(FORBIDDEN_TEXT[what], text)


@pytest.mark.parametrize("text", ["13800000000", "sha256:1391234567" + "8abc", "0356-2250777"])
def test_a_mobile_number_is_not_seen_where_none_is(text):
    assert not re.search(FORBIDDEN_TEXT["a mobile number"], text)


def test_the_locks_pin_every_file_by_hash_and_agree():
    pins = {}
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        blocks = re.split(r"\n(?=\S)", text.strip())
        assert all(re.match(r"[a-z0-9.-]+==\S+( ; .*)? \\\n    --hash=sha256:[0-9a-f]{64}", block) for block in blocks)
        pins[name] = {line.split(" ")[0] for line in text.splitlines() if "==" in line and not line.startswith(" ")}
    assert pins["requirements.lock"] <= pins["requirements-dev.lock"]


NAMES_A_FILE = re.compile(
    r"(?<![\w*{}%./\u4e00-\u9fff-])(?:\.\./)*[\w\u4e00-\u9fff-][\w\u4e00-\u9fff/-]*\.(?:md|py)(?![\w.*-])"
)
"""A path that ends in .md or .py; of a pattern, or of an address, only what stands whole."""

CITING = {".py", ".md", ".toml", ".yaml", ".yml", ".service", "Makefile", "Dockerfile"}
MD, PY = ".md", ".py"

ELSEWHERE = {"tests/eval/run.py": {f"score{PY}"}, "tests/eval/chat.py": {f"score_chat{PY}"}}
"""Files that are named and no part of the repository: what scores the evaluation lies beside its texts."""


def named_and_absent(text: str, there: set[str]) -> list[str]:
    return [name for name in NAMES_A_FILE.findall(text) if re.sub(r"^(\.\./)+", "", name) not in there]


def test_no_file_names_one_that_is_not_there(tracked):
    paths = [Path(name) for name in tracked]
    there = {"/".join(path.parts[start:]) for path in paths for start in range(len(path.parts))}
    found = []
    for path in paths:
        if path.suffix in CITING or path.name in CITING:
            absent = set(named_and_absent(tracked[str(path)], there))
            found += [f"{path} {name}" for name in sorted(absent - ELSEWHERE.get(str(path), set()))]
    assert found == []


def test_a_file_that_is_not_there_would_be_found():
    there = {"bot/clock.py", "clock.py", "README.md"}
    assert named_and_absent("see bot/clock.py, ../README.md, *.py and {name}.md", there) == []
    assert named_and_absent(f"(design{MD}, Identity) bot/other{PY}", there) == [f"design{MD}", f"bot/other{PY}"]
