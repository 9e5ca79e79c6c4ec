"""What was worked out once and is the same at every start, kept beside the program, as Python keeps its bytecode.

Each cache is a JSON file in a ``__pycache__`` of this package: whoever can write there can write the program, nobody
else is believed. It has an entry a line, so that only the entries that are asked for are read. An entry is found by a
digest of all that it was made of, so that a changed source is never answered with an old entry; where a file is
absent, or not to be read, everything is worked out as if there were no caches. Here they are only read.
``bot.preparation`` writes what `Cache.fresh` collects.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from importlib.util import find_spec, source_hash
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "__pycache__"

READ_BY = ("load", "model", "times", "measures.py", "casualties.py")
"""What a plan is, how it is read, and what is wrong with one."""


def digest(*parts: str | bytes) -> str:
    """Return Python's own digest of sources (of 64 bits) over some parts, each apart from the next.

    Nobody who could profit from two of one digest has a say in what is kept; and the library of the strong digests
    takes longer to load than all that is kept.
    """
    contents = (part.encode() if isinstance(part, str) else part for part in parts)
    return source_hash(b"".join(b"%d:%b" % (len(content), content) for content in contents)).hex()


def way(*names: str) -> str:
    """Return a digest of sources, and of the library that checks plans: a plan read in another way is another one.

    Args:
        names: of files and folders below ``plans``.
    """
    root = Path(__file__).parent
    files = [file for name in names for file in (sorted((root / name).glob("*.py")) or [root / name])]
    if (library := find_spec("pydantic")) is not None and library.origin is not None:
        files += sorted(Path(library.origin).parent.glob("version*"))
    return digest(*(file.read_bytes() for file in files))


class Cache:
    """One cache.

    Args:
        name: of its file.
        most: entries of the file; when there would be more, it is begun anew.

    Attributes:
        collects: what is worked out is remembered in ``fresh``; not so in a process that goes on.
        fresh: what makes those entries, by key.
    """

    collects = False

    def __init__(self, name: str, *, most: int) -> None:
        self.name, self.most = name, most
        self.fresh: dict[str, Callable[[], Any]] = {}
        self._stored: dict[str, bytes] | None = None
        CACHES.append(self)

    @property
    def path(self) -> Path:
        """The file; another Python has another."""
        return FOLDER / f"{self.name}.{sys.implementation.cache_tag}.json"

    @property
    def stored(self) -> dict[str, bytes]:
        """The entries of the file, as JSON."""
        if self._stored is None:
            self._stored = {}
            with suppress(OSError, ValueError):
                for line in self.path.read_bytes().split(b"\n"):
                    key, colon, entry = line.partition(b'":')
                    if colon and key.startswith(b'"'):
                        self._stored[key[1:].decode()] = entry.removesuffix(b",")
        return self._stored

    def get(self, key: str) -> Any:
        """Return an entry, None where there is none."""
        entry = self.stored.get(key)
        try:
            return json.loads(entry) if entry is not None else None
        except (ValueError, RecursionError):
            return None

    def replaced_by(self, made: Mapping[str, Any]) -> bytes:
        """Return the file with further entries; with these alone where there would be too many."""
        fresh = {
            key: json.dumps(entry, ensure_ascii=False, separators=(",", ":")).encode() for key, entry in made.items()
        }
        entries = {**self.stored, **fresh}
        lines = (b'"%s":%s' % (key.encode(), entry)
                 for key, entry in (entries if len(entries) <= self.most else fresh).items())  # fmt: skip
        return b"{\n" + b",\n".join(lines) + b"\n}\n"

    def put(self, key: str, make: Callable[[], Any]) -> None:
        """Remember an entry for whoever writes the file, who then makes it: JSON, or None for nothing."""
        if self.collects:
            self.fresh[key] = make

    def forget(self) -> None:
        """Let go of what was read: a process that has what it needs keeps no second form of it."""
        self._stored = {}


CACHES: list[Cache] = []
"""All caches of the modules that are loaded."""
