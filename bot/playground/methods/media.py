"""Files that a bot sends or fetches."""

from __future__ import annotations

from typing import Any

from bot.playground import access
from bot.playground.core import WorldCore
from bot.playground.errors import bad
from bot.playground.files import file_by_id, file_json, media_body, store
from bot.playground.methods.sending import caption_body, place
from bot.playground.photos import refused
from bot.playground.records import BotAccount, StoredFile
from bot.playground.render import message_json
from bot.playground.schema import Upload

Json = dict[str, Any]
_ALBUM_KINDS = {"photo", "document", "video", "audio"}


def get_file(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``getFile``."""
    file = world.state.files.get(params["file_id"])
    if file is None:
        raise bad("invalid file_id")
    return file_json(world, file)


def _file(world: WorldCore, upload: Upload | str, kind: str) -> StoredFile:
    if isinstance(upload, str):
        if upload.startswith(("http://", "https://")):
            raise bad("sending by address is not supported by the local server")
        return file_by_id(world, upload)
    if not upload.content:
        raise bad("file must be non-empty")
    most = world.rules.photo_limit if kind == "photo" else world.rules.upload_limit
    if len(upload.content) > most:
        raise bad(f"file is too big for a {kind}")
    if kind == "photo" and (reason := refused(upload.content)):
        raise bad(reason)
    return store(world, upload.content, upload.name, kind, upload.mime)


def _send(world: WorldCore, account: BotAccount, params: Json, kind: str) -> Json:
    access.writable_chat(world, account, params["chat_id"], kind)
    caption = caption_body(world, account, params)
    body = media_body(_file(world, params[kind], kind), kind) | caption
    return message_json(world.state, place(world, account, params, body, kind))


def send_photo(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendPhoto``."""
    return _send(world, account, params, "photo")


def send_document(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendDocument``."""
    return _send(world, account, params, "document")


def send_voice(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendVoice``."""
    return _send(world, account, params, "voice")


def send_video(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendVideo``."""
    return _send(world, account, params, "video")


def send_audio(world: WorldCore, account: BotAccount, params: Json) -> Json:
    """Carry out ``sendAudio``."""
    return _send(world, account, params, "audio")


def send_media_group(world: WorldCore, account: BotAccount, params: Json) -> list[Json]:
    """Carry out ``sendMediaGroup``: documents and audio go only with their like."""
    items: list[Json] = params["media"]
    kinds = {item["type"] for item in items}
    if kinds - _ALBUM_KINDS:
        raise bad(f"media of type {sorted(kinds - _ALBUM_KINDS)} is not supported by the local server")
    if len(kinds) > 1 and kinds & {"document", "audio"}:
        raise bad("document and audio can't be mixed with other media types")
    access.writable_chat(world, account, params["chat_id"])
    bodies = []
    for item in items:
        file = _file(world, item["media"], item["type"])
        bodies.append(media_body(file, item["type"]) | caption_body(world, account, item))
    album = str(13000000000000000 + world.new_id())
    return [message_json(world.state, place(world, account, params, body, album=album)) for body in bodies]
