"""Files on the server, and the message bodies that show them."""

from __future__ import annotations

import hashlib
import mimetypes
from typing import Any

from bot.playground.core import WorldCore
from bot.playground.errors import bad
from bot.playground.photos import dimensions, scaled
from bot.playground.records import StoredFile

Json = dict[str, Any]
_FOLDERS = {"photo": "photos", "voice": "voice", "video": "videos", "sticker": "stickers", "audio": "music"}


def store(
    world: WorldCore,
    content: bytes,
    name: str,
    kind: str = "document",
    mime: str | None = None,
    size: int | None = None,
) -> StoredFile:
    """Keep a file and return its record.

    Args:
        world: the world.
        content: its bytes.
        name: the name it was sent with.
        kind: photo, document, voice, video, audio or sticker.
        mime: its type; guessed from the name otherwise.
        size: bytes it pretends to have; those of the content otherwise.
    """
    number = world.new_id()
    digest = hashlib.sha256(content + str(number).encode()).hexdigest()
    suffix = "." + name.rpartition(".")[2] if "." in name else ""
    file = StoredFile(
        id=f"BQAC{digest[:40]}",
        unique=f"AgAD{digest[40:52]}",
        path=f"{_FOLDERS.get(kind, 'documents')}/file_{number}{suffix}",
        name=name,
        mime=mime or mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=len(content) if size is None else size,
        content=content,
    )
    world.state.files[file.id] = file
    return file


def file_by_id(world: WorldCore, file_id: str) -> StoredFile:
    """Return a file by its id.

    Raises:
        ApiError: 400, there is none.
    """
    file = world.state.files.get(file_id)
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    return file


def by_path(world: WorldCore, path: str) -> StoredFile | None:
    """Return a file by the path that ``getFile`` gave."""
    return next((file for file in world.state.files.values() if file.path == path), None)


def file_json(world: WorldCore, file: StoredFile) -> Json:
    """Return a ``File`` with its path.

    Raises:
        ApiError: 400, over the 20 MB that a bot may download.
    """
    if file.size > world.rules.download_limit:
        raise bad("file is too big")
    return {"file_id": file.id, "file_unique_id": file.unique, "file_size": file.size, "file_path": file.path}


def media_body(file: StoredFile, kind: str) -> Json:
    """Return the content field of a message that shows a file."""
    base: Json = {"file_id": file.id, "file_unique_id": file.unique, "file_size": file.size}
    names = {"file_name": file.name, "mime_type": file.mime}
    if kind == "photo":
        width, height = dimensions(file.content) or (1280, 960)
        sizes = [scaled(width, height, most) for most in (90, 2560)]
        small, large = ({"width": wide, "height": high} for wide, high in sizes)
        return {"photo": [base | {"file_unique_id": file.unique + "s"} | small, base | large]}
    if kind == "voice":
        return {"voice": base | {"duration": 7, "mime_type": "audio/ogg"}}
    if kind == "video":
        return {"video": base | names | {"width": 1280, "height": 720, "duration": 9}}
    if kind == "audio":
        return {"audio": base | names | {"duration": 60}}
    if kind == "sticker":
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False, "emoji": "🚨"}
        return {"sticker": base | shape}
    return {"document": base | names}
