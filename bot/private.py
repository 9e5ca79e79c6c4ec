"""Files that hold names, numbers and reports: whoever runs the program reads them, and nobody else on the machine."""

from __future__ import annotations

import os
from pathlib import Path


def write_private(path: Path, content: bytes | str) -> None:
    """Write a new file, whole and on the disk when it returns, that only its owner reads, whatever the umask.

    Raises:
        FileExistsError: there is one already, or a link. OSError: it cannot be written; then there is none.
    """
    data = content.encode() if isinstance(content, str) else content
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            os.fchmod(descriptor, 0o600)
            file.write(data)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
