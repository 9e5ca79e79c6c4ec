"""What every test shares: which tests cannot run on this machine, said by name, and settings of the test libraries.

A test is never skipped. One that needs what the machine does not have is deselected before the run, and the last lines
of the run say which and why. With CI=true a missing browser is a failure instead; a word processor is optional there
as it is for the program.
"""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import AsyncIterator, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
import structlog
from hypothesis import HealthCheck, settings

from bot.exchange.pdf import NAMES as WORD_PROCESSORS
from bot.garbage import MIDDLE_LOOKS, NEW_OBJECTS, YOUNG_LOOKS
from bot.pictures import picture
from tests.blank_picture import blank
from tests.postgres_server import memory_folder

if TYPE_CHECKING:  # a third of a second that tests without a browser need not pay
    from playwright.async_api import Browser

pytest_plugins = ("tests.postgres", "tests.databases", "tests.scheduling")

REPOSITORY = Path(__file__).resolve().parent.parent
SHARED = REPOSITORY.parent / "shared"
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER = ["--no-sandbox", "--headless", "--disable-gpu", "--disable-background-networking"]
IN_CI = os.environ.get("CI") == "true"

# The cores are shared by as many test processes, so that no single example has a deadline worth trusting.
settings.register_profile("tocsin", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("tocsin")

# Without the locals of each frame, as the program logs it: printing whole plans takes a minute.
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
    ]
)

# As bot.main says it for the program: spans of python-telegram-bot are timedeltas.
os.environ.setdefault("PTB_TIMEDELTA", "true")

# Temporary files in memory: a database that waits for the disk at every commit is most of what a test would wait for.
if (memory := memory_folder()) is not None:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", memory)

PRESSED = picture.pressed

WAITING = ("tests/chaos/", "tests/journeys/", "tests/bot/demo/")
"""Folders whose tests wait for processes, a database or a browser: begun first, so that none is left for the end."""

LEFT_OUT = pytest.StashKey[dict[str, list[str]]]()


def find_chromium() -> str | None:
    """Return the path of the system's browser, or None."""
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of the system's chromium, for tests marked ``browser``."""
    path = find_chromium()
    assert path, f"no browser: none of {', '.join(CHROMIUM_NAMES)} is in PATH"
    return path


# Starting a browser takes longer than any of the tests: one serves a whole run, on a loop that lives as long.
@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser(chromium: str) -> AsyncIterator[Browser]:
    """The system's chromium, driven by playwright."""
    from playwright.async_api import async_playwright, expect

    expect.set_options(timeout=20_000)  # ms until it is seen: three workers share two cores with what the browser draws
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=BROWSER)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder ../shared, for tests marked ``shared``."""
    return SHARED


def pytest_configure(config: pytest.Config) -> None:
    config.stash[LEFT_OUT] = {}


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Nothing that collection makes is garbage: neither is it walked through while it grows, nor by any test later."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(NEW_OBJECTS, YOUNG_LOOKS, MIDDLE_LOOKS)  # as the program itself
        gc.enable()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    absent = {}
    if not SHARED.is_dir():
        absent["shared"] = f"there is no folder {SHARED.name}/ beside the repository"
    if not any(map(shutil.which, WORD_PROCESSORS)):
        absent["word_processor"] = (
            f"none of {', '.join(WORD_PROCESSORS)} is installed (Debian: apt-get install libreoffice-writer)"
        )
    if not IN_CI and find_chromium() is None:
        absent["browser"] = f"none of {', '.join(CHROMIUM_NAMES)} is installed (Debian: apt-get install chromium)"
    left_out = config.stash[LEFT_OUT]
    kept: list[pytest.Item] = []
    dropped: list[pytest.Item] = []
    for item in items:
        reason = next((why for marker, why in absent.items() if item.get_closest_marker(marker)), None)
        (dropped if reason else kept).append(item)
        if reason:
            left_out.setdefault(reason, []).append(item.nodeid)
    if dropped:
        config.hook.pytest_deselected(items=dropped)
        items[:] = kept
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.xdist_group("browser"))  # one browser is enough to draw for on two cores
    items.sort(key=lambda item: not item.nodeid.startswith(WAITING))  # each part stays in its random order


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Half as many workers more than cores: some always wait for a process, a disk or a browser."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + (cores + 1) // 2


def _interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def pytest_runtest_setup(item: pytest.Item) -> None:
    # Where Python's own handler stands, asyncio puts one of its own around each run, and looking that up prints what
    # the last run returned, four times a test: whole plans in a world, a sixth of the time of the tests of handlers.
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _interrupted)
    # Pictures are laid out and sent, and blank: drawing takes half a second, for tests that look at one.
    picture.pressed = PRESSED if item.get_closest_marker("draws") else blank
    if item.get_closest_marker("browser") and find_chromium() is None:
        pytest.fail("this test needs a browser and CI=true promises one; .ci/run installs it", pytrace=False)


# Under xdist only the workers collect: each hands what it left out to the process that writes the report.
def pytest_sessionfinish(session: pytest.Session) -> None:
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["left_out"] = session.config.stash[LEFT_OUT]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    left_out: dict[str, list[str]] = getattr(node, "workeroutput", {}).get("left_out", {})
    node.config.stash[LEFT_OUT].update(left_out)  # type: ignore[attr-defined]


# After pytest's own closing line, so that it stands last.
def pytest_unconfigure(config: pytest.Config) -> None:
    left_out = config.stash.get(LEFT_OUT, {})
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if not left_out or reporter is None or hasattr(config, "workerinput"):
        return
    for reason, names in sorted(left_out.items(), key=lambda item: "chromium" in item[0]):
        reporter.write_line(f"{len(names)} left out, {reason}:", yellow=True)
        for name in sorted(names):
            reporter.write_line(f"  {name}", yellow=True)
