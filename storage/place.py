"""Whether a file can be an SQLite database of this program: looked at before anything is opened or made there."""

from __future__ import annotations

import os
from pathlib import Path

from storage.errors import Unusable

_MAGIC = b"SQLite format 3\0"


def check_file(path: Path, *, write: bool) -> None:
    """Look at the path of a database, which need not be there yet.

    Args:
        write: whether it is to be written, or made: then SQLite writes files beside it too.

    Raises:
        Unusable: with what stands in the way.
    """
    folder = path.parent
    if path.is_dir():
        raise Unusable("folder", str(path))
    if not folder.is_dir():
        raise Unusable("no_folder", str(folder))
    if path.exists():
        if not os.access(path, os.R_OK):
            raise Unusable("unreadable", str(path))
        with path.open("rb") as file:
            begins = file.read(len(_MAGIC))
        if begins and begins != _MAGIC:
            raise Unusable("not_sqlite", str(path))
        if write and not os.access(path, os.W_OK):
            raise Unusable("unwritable", str(path))
    if write and not os.access(path.resolve().parent, os.W_OK | os.X_OK):
        raise Unusable("folder_unwritable", str(path.resolve().parent))
