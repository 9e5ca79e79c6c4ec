"""What README, CONTRIBUTING and docs/ say of the code is so: links lead somewhere, files and names are there."""

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup as Group

from bot.cli.application import application

REPOSITORY = Path(__file__).resolve().parent.parent
FOLDERS = ("bot", "deploy", "docs", "handlers", "plans", "storage", "tests")
PAGES = sorted(
    str(path.relative_to(REPOSITORY))
    for path in (
        REPOSITORY / "README.md",
        REPOSITORY / "CONTRIBUTING.md",
        *(REPOSITORY / "docs").glob("*.md"),
        *(REPOSITORY / "docs" / "decisions").glob("*.md"),
    )
)
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
PATH = re.compile(rf"(?:{'|'.join(FOLDERS)})(?:/[\w.\u4e00-\u9fff-]+)+/?")
OF_A_MODULE = re.compile(r"((?:[a-z_]+\.)+)([A-Za-z_]+)(?:\(…?\))?")
OF_A_CLASS = re.compile(r"([A-Z][A-Za-z]+)\.([a-z_]+)(?:\(…?\))?")
IN_A_FILE = re.compile(r"`([\w/]+\.py)`:\s+`(?:[A-Z]\w+\.)?(\w+)`")
COMMITS = "storage/crash_points.py"


@cache
def source(path: str) -> str:
    return (REPOSITORY / path).read_text("utf-8")


@cache
def modules() -> tuple[str, ...]:
    found = [path for folder in ("bot", "handlers", "plans", "storage") for path in (REPOSITORY / folder).rglob("*.py")]
    return tuple(sorted(str(path.relative_to(REPOSITORY)) for path in found))


@cache
def defined(path: str) -> frozenset[str]:
    found = re.findall(r"(?:^|\s)(?:def|class)\s+(\w+)|^\s*(\w+)\s*[=:,]", source(path), re.MULTILINE)
    return frozenset(name for pair in found for name in pair if name)


def is_defined(name: str, path: str) -> bool:
    return name in defined(path)


def absent_names(text: str) -> list[str]:
    """Return what is named as code and found nowhere: ``module.Name``, ``Class.method``, a name behind its file."""
    found = [f"{path}: {name}" for path, name in IN_A_FILE.findall(text) if not is_defined(name, path)]
    for code in CODE.findall(text):
        of_a_class, of_a_module = OF_A_CLASS.fullmatch(code), OF_A_MODULE.fullmatch(code)
        if of_a_class is not None:
            name, member = of_a_class.groups()
            if not any({name, member} <= defined(path) for path in modules()):
                found.append(code)
        elif of_a_module is not None and not code.endswith((".py", ".md", ".toml", ".yaml", ".json", ".lock", ".db")):
            module, name = of_a_module.group(1)[:-1].replace(".", "/"), of_a_module.group(2)
            homes = [path for path in modules() if f"/{path}".endswith((f"/{module}.py", f"/{module}/__init__.py"))]
            is_module = f"/{code.replace('.', '/')}"
            known = f'"{code}"' in source(COMMITS) or any(is_defined(name, path) for path in homes)
            if not known and not any(
                f"/{path}".endswith((f"{is_module}.py", f"{is_module}/__init__.py")) for path in modules()
            ):
                found.append(code)
    return found


def absent_paths(text: str) -> list[str]:
    return [code for code in CODE.findall(text) if PATH.fullmatch(code) and not (REPOSITORY / code).exists()]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_to_a_file(page):
    text = source(page)
    targets = [target for target in LINK.findall(text) if not target.startswith(("https://", "mailto:"))]
    assert [target for target in targets if not ((REPOSITORY / page).parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES)
def test_every_file_and_name_is_there(page):
    assert absent_paths(source(page)) == []
    assert absent_names(source(page)) == []


def test_what_is_not_there_would_be_found():
    gone = f"bot/nothing.{'py'}"
    text = f"`{gone}` `units.NOTHING` `units.ANSWERS` `Service.execute` `Service.nothing` `service.command`"
    assert absent_paths(text) == [gone]
    assert absent_names(text) == ["units.NOTHING", "Service.nothing"]
    assert absent_names("`bot/clock.py`: `nothing`, `bot/clock.py`: `Clock`") == ["bot/clock.py: nothing"]


def test_every_row_of_the_glossary_names_a_file():
    rows = [line for line in source("docs/glossary.md").splitlines() if line.startswith("| ") and "中文" not in line]
    assert 60 <= len(rows) <= 180  # ten kinds of case, a dozen words each at most, and what is looked at
    assert [row for row in rows if len(row.split("|")) != 6 or not PATH.search(row.split("|")[3])] == []


def test_every_page_is_linked_from_the_readme_or_from_one_that_is():
    reached, waiting = set(), ["README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or not page.endswith(".md"):
            continue
        reached.add(page)
        for target in LINK.findall(source(page)):
            path = ((REPOSITORY / page).parent / target).resolve()
            if path.is_file() and path.is_relative_to(REPOSITORY):
                waiting.append(str(path.relative_to(REPOSITORY)))
    guides = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "docs").rglob("*.md")}
    assert {*PAGES, *guides} - reached == set()


DOTTED = re.compile(r"`((?:bot|handlers|plans|storage)(?:\.\w+)+)`")


def rooms() -> list[str]:
    """Return what stands directly in bot/ and plans/: folders of both, modules of bot/."""
    found = set()
    for path in modules():
        top, name, *inside = path.split("/")
        if top in ("bot", "plans") and name != "__init__.py" and (inside or top == "bot"):
            found.add(f"{top}/{name}")
    return sorted(found)


def test_the_architecture_names_every_room():
    text = source("docs/architecture.md")
    [plans] = re.findall(r"^    plans/ +(.*)$", text, re.MULTILINE)
    words = set(re.findall(r"\w+", plans))
    named = set(re.findall(r"(?:bot|plans)[./]\w+", text)) | {f"plans.{word}" for word in words}
    named = {name.replace("/", ".") for name in named}
    assert [room for room in rooms() if _dotted(room) not in named] == []


def test_the_architecture_has_the_layers_of_the_import_contract():
    [shown] = re.findall(r"know each other:\n\n((?:    .+\n)+)", source("docs/architecture.md"))
    contracts = tomllib.loads(source("pyproject.toml"))["tool"]["importlinter"]["contracts"]
    layers = [re.sub("[()]", "", layer) for layer in contracts[0]["layers"]]
    assert shown.split("\n")[:-1] == [f"    {layer}" for layer in layers]
    named = {name for layer in layers for name in layer.split(" | ")}
    assert [room for room in rooms() if room.startswith("bot/") and _dotted(room) not in named | OUTSIDE] == []


OUTSIDE = {"bot.playground"}
"""The program knows nothing of it, which another contract holds."""


def _dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


COMMAND = re.compile(r"(?<![\w/.-])tocsin ([a-z]+)(?: ([a-z-]+))?")
GUIDES = sorted(str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "deploy").rglob("*.md"))


@cache
def commands() -> dict[str, frozenset[str]]:
    """Return the subcommands of ``tocsin``, each with its own."""
    group = typer.main.get_command(application())
    assert isinstance(group, Group)
    return {
        name: frozenset(command.commands) if isinstance(command, Group) else frozenset()
        for name, command in group.commands.items()
    }


def absent_commands(text: str) -> list[str]:
    """Return what is written as a command, in backticks or as a line of its own, and is none."""
    said = [*CODE.findall(text), *re.findall(r"^ *(?:\$ )?(tocsin .*)$", text, re.MULTILINE)]
    found = []
    for first, second in (groups for code in said for groups in COMMAND.findall(code)):
        own = commands().get(first)
        if own is None or (own and second and second not in own):
            found.append(f"{first} {second}".strip())
    return found


MAKE = re.compile(r"(?:`|^ +)make ([a-z]+)", re.MULTILINE)


@pytest.mark.parametrize("page", [*PAGES, *GUIDES])
def test_every_command_is_there(page):
    targets = set(re.findall(r"^([a-z]+):", source("Makefile"), re.MULTILINE))
    assert absent_commands(source(page)) == []
    assert [name for name in MAKE.findall(source(page)) if name not in targets] == []


def test_a_command_that_is_not_there_would_be_found():
    text = "`tocsin plans lint` `tocsin plans gone` `tocsin stats 本月`\n    tocsin nothing here\n`-U tocsin`"
    assert absent_commands(text) == ["plans gone", "nothing here"]


def test_every_module_that_a_docstring_names_is_there():
    known = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in modules()}
    found = []
    for path in modules():
        for dotted in DOTTED.findall(source(path)):
            module, _, name = dotted.rpartition(".")
            home = module if module in known else module.rpartition(".")[0]
            if dotted not in known and not (home in known and re.search(rf"\b{name}\b", source(known[home]))):
                found.append(f"{path} {dotted}")
    assert found == []
