"""The database as it is set: what a URL or a path means, where files lie beside it, and how it is shown."""

from __future__ import annotations

from pathlib import Path
from tempfile import gettempdir
from urllib.parse import urlsplit

DATABASE = "sqlite+aiosqlite:///tocsin.db"
"""In the working folder: of ``make run`` the repository, of the service /var/lib/tocsin."""


def meant(value: str) -> str:
    """Return the SQLAlchemy URL that somebody means; raise ValueError of a database that is not spoken here."""
    if not value:
        return DATABASE  # a line that nobody filled in means no database in memory, which forgets
    if "://" not in value:
        return f"sqlite+aiosqlite:///{value}"
    if not value.startswith(("sqlite+aiosqlite://", "postgresql+asyncpg://")):
        raise ValueError("应以 sqlite+aiosqlite:/// 或 postgresql+asyncpg:// 开头，也可只写SQLite文件的路径")
    return value


def shown(url: str) -> str:
    """Return where a database is, for people: an absolute path, or host and name; never a password."""
    if url.startswith("sqlite"):
        file = _file(url)
        return str(file.absolute()) if file is not None else "内存（不保存）"
    parts = urlsplit(url)
    try:
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        port = ""
    return f"PostgreSQL {parts.username or ''}@{parts.hostname or 'localhost'}{port}{parts.path}"


def evidence_beside(url: str) -> Path:
    """Return the folder for files of reports beside a database: that of an SQLite file, else the working folder.

    A database in memory forgets, and so do its files.
    """
    if not url.startswith("sqlite"):
        return Path("evidence")
    file = _file(url)
    return file.parent / "evidence" if file is not None else Path(gettempdir()) / "tocsin-evidence"


def _file(url: str) -> Path | None:
    """Return the file of an SQLite database; None of one in memory."""
    name = url.partition("://")[2].removeprefix("/").partition("?")[0]
    return Path(name) if name and not name.startswith((":memory:", "file:")) else None
