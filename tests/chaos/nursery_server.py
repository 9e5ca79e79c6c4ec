"""The process that forks lives; ``nursery.py`` starts it and says what for.

It has imported the program and read its plans, once for all test processes of a run: a life costs a fork and not a
start of Python. It has one thread, runs no event loop, and ends, its children with it, when the last of them hangs up.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import importlib
import json
import os
import select
import signal
import socket
import ssl
import struct
import sys
import traceback
from typing import Any

from tests.chaos.nursery import address

PR_SET_PDEATHSIG = 1
ALONE_SECONDS = 60.0
"""So long it waits for who asked for it."""

WARM = (
    "aiosqlite", "apscheduler.schedulers.asyncio", "asyncpg", "bot.cli", "bot.cli.database", "bot.cli.run",
    "bot.log", "bot.main", "httpx", "sqlalchemy.dialects.postgresql.asyncpg", "sqlalchemy.dialects.sqlite.aiosqlite",
    "storage.migrate", "tests.chaos.deaths",
)  # fmt: skip


def serve(listening: socket.socket) -> None:
    """Fork a life for each request, and tell each one's end on the pipe that came with the request."""
    _warm_up()
    lines: dict[int, socket.socket] = {}
    waiting: dict[int, int] = {}
    awake, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    while True:
        ready, _, _ = select.select([listening.fileno(), awake, *lines], [], [], None if lines else ALONE_SECONDS)
        if awake in ready:
            os.read(awake, 4096)
            _reap(waiting)
        if listening.fileno() in ready:
            line, _ = listening.accept()
            if _is_ours(line):
                line.send(b"ready")
                lines[line.fileno()] = line
        for number in [number for number in lines if number in ready]:
            line = lines[number]
            asked, fds = _heard(line)
            if not asked:
                del lines[number]
                line.close()
                continue
            said, ended = fds
            pid = os.fork()
            if pid == 0:
                not_mine = {listening.fileno(), awake, wake, ended, *lines, *waiting.values()}
                _live(json.loads(asked), said, not_mine)
            os.close(said)
            waiting[pid] = ended
            line.send(str(pid).encode())
        if not lines:
            return


def _is_ours(line: socket.socket) -> bool:
    _, user, _ = struct.unpack("3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize("3i")))
    return bool(user == os.getuid())


def _heard(line: socket.socket) -> tuple[bytes, list[int]]:
    try:
        asked, fds, _, _ = socket.recv_fds(line, 1 << 16, 2)
    except ConnectionResetError:
        return b"", []
    return asked, fds


def _warm_up() -> None:
    for name in WARM:
        importlib.import_module(name)
    import bot.cases.plan_registry
    import bot.main
    from bot.preparation import warm
    from plans.load import load_all
    from plans.load.canonical import digest

    # What every life would read and compute anew, and find the same.
    plans = load_all()
    warm(plans.values())
    digests = {plan.id: digest(plan) for plan in plans.values()}
    vars(bot.main)["load_all"] = lambda: plans
    vars(bot.cases.plan_registry)["digest"] = lambda plan: digests[plan.id]
    secure = ssl.create_default_context()  # which nobody uses on loopback, and which takes longest
    vars(ssl)["create_default_context"] = lambda *_, **__: secure
    gc.collect()
    gc.freeze()  # what is there already is not walked through again by every child, which would copy it


def _reap(waiting: dict[int, int]) -> None:
    while waiting:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        ended = waiting.pop(pid)
        os.write(ended, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(ended)


def _live(asked: dict[str, Any], said: int, not_mine: set[int]) -> None:
    """Be ``tocsin …`` with these settings, in this folder; never returns."""
    status = 70
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for number in not_mine:
            os.close(number)
        nothing = os.open(os.devnull, os.O_RDWR)
        for source, target in ((nothing, 0), (said, 1), (said, 2)):
            os.dup2(source, target)
        os.close(nothing)
        os.close(said)
        sys.stdout, sys.stderr = (open(number, "w", 1, "utf-8", closefd=False) for number in (1, 2))
        os.chdir(asked["folder"])
        os.environ.clear()
        os.environ.update(asked["environment"])
        sys.argv = ["tocsin", *asked["words"]]
        from bot.cli import main
        from tests.chaos.deaths import prepare

        prepare(**asked["fate"])
        main()
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as here:
        try:
            here.bind(address(sys.argv[1]))
        except OSError as taken:  # another test process was first
            if taken.errno != errno.EADDRINUSE:
                raise
        else:
            here.listen()
            serve(here)
    os._exit(0)
