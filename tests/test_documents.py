"""What README, CONTRIBUTING and docs/ say of the code is so: links lead somewhere, files and names are there."""

import re
from functools import cache
from pathlib import Path

import pytest

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
    assert 60 <= len(rows) <= 160  # seven kinds of case, a dozen words each at most, and what is looked at
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
