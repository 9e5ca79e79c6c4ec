"""Files, places and cards in both directions."""

from __future__ import annotations

import pytest

from bot.playground import NotPossible
from bot.playground.files import by_path
from bot.playground.schema import Upload
from tests.bot.playground.images import jpeg, png


async def test_what_people_send_reaches_the_bot(town):
    town.li.start(town.bot)
    await town.updates()
    town.li.send_photo(town.bot, b"jpeg", caption="/report 二楼 @li_zhiban")
    town.li.send_voice(town.bot)
    town.li.send_video(town.bot)
    town.li.send_sticker(town.bot)
    town.li.send_document(town.bot, b"%PDF", "预案.pdf")
    town.li.send_location(town.bot, 35.49, 112.85)
    town.li.send_venue(town.bot, 35.49, 112.85, "实验小学", "泽州路")
    town.li.send_contact(town.bot, "+863562250777", "值班室")
    messages = [update["message"] for update in await town.updates()]
    kinds = ["photo", "voice", "video", "sticker", "document", "location", "venue", "contact"]
    assert [kind in message for kind, message in zip(kinds, messages, strict=True)] == [True] * 8
    assert messages[0]["caption_entities"][0]["type"] == "bot_command"
    assert [line.kind for line in town.li.timeline(town.bot)[1:]] == kinds
    assert town.li.timeline(town.bot)[5].file_name == "预案.pdf"


async def test_an_album_shares_an_id(town):
    town.li.start(town.bot)
    await town.updates()
    town.li.send_album(town.bot, [b"a", b"b", b"c"], caption="现场")
    messages = [update["message"] for update in await town.updates()]
    assert len({message["media_group_id"] for message in messages}) == 1
    assert [message.get("caption") for message in messages] == ["现场", None, None]
    with pytest.raises(NotPossible):
        town.li.send_album(town.bot, [b"a"])


async def test_a_file_is_fetched_by_its_path_up_to_20_megabytes(town):
    line = town.li.send_document(town.group, b"abc", "a.txt")
    file = (await town("getFile", file_id=line.file_id)).result
    assert file["file_size"] == 3
    stored = by_path(town.world, file["file_path"])
    assert stored is not None and stored.content == b"abc"
    big = town.li.send_document(town.group, b"", "b.txt", size=20 * 2**20 + 1)
    assert (await town("getFile", file_id=big.file_id)).error == "400 Bad Request: file is too big"
    assert (await town("getFile", file_id="x")).error == "400 Bad Request: invalid file_id"


async def test_a_bot_uploads_and_sends_again_by_id(town):
    place = {"chat_id": town.group.id}
    upload = {"document": Upload(name="简报.docx", content=b"PK")}
    sent = await town("sendDocument", files=upload, **place, caption="<b>首报</b>", parse_mode="HTML")
    document = sent.result["document"]
    assert (document["file_name"], sent.result["caption_entities"][0]["type"]) == ("简报.docx", "bold")
    again = await town("sendDocument", **place, document=document["file_id"])
    assert again.result["document"]["file_id"] == document["file_id"]
    for value, words in (("nope", "wrong file identifier"), ("https://example.org/x", "not supported by the local")):
        assert words in (await town("sendDocument", **place, document=value)).error
    assert (
        "message caption is too long"
        in (await town("sendDocument", **place, document=document["file_id"], caption="x" * 1025)).error
    )


@pytest.mark.parametrize(
    ("method", "field", "size"), [("sendPhoto", "photo", 10 * 2**20 + 1), ("sendDocument", "document", 50 * 2**20 + 1)]
)
async def test_uploads_have_a_size(town, method, field, size):
    files = {field: Upload(name="x", content=b"x" * size)}
    assert "too big" in (await town(method, files=files, chat_id=town.group.id)).error
    empty = {field: Upload(name="x", content=b"")}
    assert "must be non-empty" in (await town(method, files=empty, chat_id=town.group.id)).error


@pytest.mark.parametrize("image", [png, jpeg])
@pytest.mark.parametrize(
    ("size", "error"),
    [
        ((1080, 8900), ""),
        ((8000, 2001), "PHOTO_INVALID_DIMENSIONS"),
        ((20, 400), ""),
        ((20, 401), "PHOTO_INVALID_DIMENSIONS"),
        ((0, 5), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_a_photo_is_no_larger_than_telegram_takes(town, image, size, error):
    answer = await town("sendPhoto", files={"photo": Upload(name="x", content=image(*size))}, chat_id=town.group.id)
    assert error in answer.error if error else answer.status == 200
    if not error:
        small, large = answer.result["photo"]
        assert max(small["width"], small["height"]) <= 90
        assert max(large["width"], large["height"]) == min(2560, max(size))


@pytest.mark.parametrize("content", [b"x", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", jpeg()[:12]])
async def test_what_is_no_picture_is_no_photo(town, content):
    answer = await town("sendPhoto", files={"photo": Upload(name="x", content=content)}, chat_id=town.group.id)
    assert "IMAGE_PROCESS_FAILED" in answer.error


async def test_albums_of_a_bot(town):
    files = {name: Upload(name=f"{name}.jpg", content=jpeg()) for name in ("a", "b")}
    media = [{"type": "photo", "media": f"attach://{name}"} for name in ("a", "b")]
    place = {"chat_id": town.group.id}
    assert len((await town("sendMediaGroup", files=files, **place, media=media)).result) == 2
    assert 'file "a"' in (await town("sendMediaGroup", **place, media=media)).error
    assert "2-10 items" in (await town("sendMediaGroup", files={"a": files["a"]}, **place, media=media[:1])).error
    mixed = [media[0], {"type": "document", "media": "attach://b"}]
    assert "can't be mixed" in (await town("sendMediaGroup", files=files, **place, media=mixed)).error
    stray = {"c": files["a"]}
    assert (
        'uploaded file "c" is used by no parameter' in (await town("sendMessage", files=stray, **place, text="x")).error
    )


async def test_cards_and_places_of_a_bot(town):
    place = {"chat_id": town.group.id}
    assert (await town("sendContact", **place, phone_number="+863562250777", first_name="值班室")).status == 200
    assert (await town("sendLocation", **place, latitude=35.4, longitude=112.8)).status == 200
    assert "wrong latitude" in (await town("sendLocation", **place, latitude=95, longitude=0)).error
    venue = {"latitude": "35.4", "longitude": "112.8", "title": "实验小学", "address": "泽州路"}
    assert (await town("sendVenue", **place, **venue)).result["venue"]["title"] == "实验小学"


async def test_copies_and_forwards_of_a_bot(town):
    line = town.wang.send(town.group, "二楼有人受伤")
    source = {"chat_id": town.group.id, "from_chat_id": town.group.id}
    copy = await town("copyMessage", **source, message_id=line.id)
    assert list(copy.result) == ["message_id"]
    assert town.li.last(town.group).forwarded_from is None
    forward = await town("forwardMessage", **source, message_id=line.id)
    assert forward.result["forward_origin"]["sender_user"]["id"] == town.wang.id
    assert "message to copy not found" in (await town("copyMessage", **source, message_id=99)).error
    kept = await town("sendMessage", chat_id=town.group.id, text="x", protect_content=True)
    number = kept.result["message_id"]
    assert "can't be forwarded" in (await town("forwardMessage", **source, message_id=number)).error
    with pytest.raises(NotPossible):
        town.li.forward(town.li.timeline(town.group)[-1], town.group)


async def test_captions_are_edited(town):
    upload = {"photo": Upload(name="x.png", content=png())}
    sent = await town("sendPhoto", files=upload, chat_id=town.group.id, caption="旧")
    place = {"chat_id": town.group.id, "message_id": sent.result["message_id"]}
    assert (await town("editMessageCaption", **place, caption="新")).result["caption"] == "新"
    assert "not modified" in (await town("editMessageCaption", **place, caption="新")).error
    assert "there is no text in the message to edit" in (await town("editMessageText", **place, text="x")).error
    line = town.li.last(town.group)
    assert (line.kind, line.text, line.edited is not None) == ("photo", "新", True)
