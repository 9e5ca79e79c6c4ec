"""Files that came with a report, as a browser may get them: pictures are shown, anything else is only saved."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from plans.incident.records_said import Evidence

_PICTURES: Mapping[bytes, str] = {
    b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF87a": "image/gif", b"GIF89a": "image/gif",
}  # fmt: skip
_HEAD = 16


def find(folder: Path, item: Evidence) -> Path | None:
    """Return where a file is kept; None while it is not, or not any more."""
    digest = item.digest
    if len(digest) != 64 or not all(sign in "0123456789abcdef" for sign in digest):
        return None
    return next(iter(sorted((folder / digest[:2]).glob(f"{digest}*"))), None)


def headers_of(path: Path, number: int) -> dict[str, str]:
    """Return the headers under which a file goes out, by what its bytes are and never by what it calls itself."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    kind = next((kind for sign, kind in _PICTURES.items() if head.startswith(sign)), "")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        kind = "image/webp"
    if kind:
        return {"Content-Type": kind, "Content-Disposition": "inline"}
    suffix = path.suffix if path.suffix[1:].isalnum() else ""
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f'attachment; filename="evidence-{number}{suffix}"',
    }
