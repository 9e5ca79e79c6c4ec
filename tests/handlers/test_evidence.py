"""Photos, voice messages, files and places are kept with the incident: fetched, named by digest, shown where lost."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from bot.updates.collector import Part
from plans.incident.evidence import EvidenceKept
from tests.journeys.world import STAMPEDE, Forgiven, Town

PHOTO = b"\xff\xd8 what the headmaster saw"


async def waiting(town: Town) -> int:
    async with town.open_store.reading() as rx:
        return await rx.downloads.waiting()


@pytest.fixture(autouse=True)
def folder(town, tmp_path):
    town.program.work._settings.evidence_folder = tmp_path / "evidence"
    town.program.work._collector._folder = tmp_path / "evidence"
    return tmp_path / "evidence"


async def test_a_photo_is_kept_under_its_digest_and_the_log_says_whose_and_when(town, folder):
    town.head.send_photo(town.bot, PHOTO, caption=STAMPEDE)
    await town.settle()
    digest = hashlib.sha256(PHOTO).hexdigest()
    assert (folder / digest[:2] / f"{digest}.jpg").read_bytes() == PHOTO
    incident = await town.incident()
    (kept,) = [item.event for item in incident.events if isinstance(item.event, EvidenceKept)]
    assert (kept.digest, kept.size, kept.kind) == (digest, len(PHOTO), "photo")
    assert kept.sender == incident.reporter_id
    assert kept.sent_at == incident.reported_at
    assert "injuries" in incident.claims  # the caption was read as the text
    assert await waiting(town) == 0
    await town.say(town.duty, town.bot, "/export 1")
    assert digest[:16] in town.sees(town.duty, "【材料】").text


async def test_what_is_too_large_is_said_so(town):
    town.forgiven = Forgiven(calls=("file is too big",))
    await town.say(town.head, town.bot, STAMPEDE)
    town.head.send_document(town.bot, b"x", "监控.mp4", size=30 * 2**20)
    await town.settle()
    assert "超过20 MB" in town.sees(town.duty, "没有存下").text
    (found,) = (await town.incident()).evidence.values()
    assert (found.name, found.lost, found.digest) == ("监控.mp4", "large", "")


async def test_an_album_is_one_report_in_private_and_in_a_group(town, folder):
    town.head.send_album(town.bot, [b"one", b"two", b"three"], caption=STAMPEDE)
    await town.settle()
    assert len(await town.incidents()) == 1
    assert len((await town.incident()).evidence) == 3
    town.duty.send_album(town.group, [b"four", b"five"], caption="/report@tocsin_bot 操场围墙倒塌，1人受伤")
    await town.settle()
    assert len(await town.incidents()) == 2
    assert len((await town.incident(2)).evidence) == 2
    assert len(list(folder.rglob("*.jpg"))) == 5
    town.duty.send_album(town.group, [b"six", b"seven"], caption="随手拍")
    await town.settle()
    assert [len((await town.incident(number)).evidence) for number in (1, 2)] == [3, 2]


async def test_a_place_is_joined_and_names_where_it_is_if_nobody_has(town):
    await town.say(town.head, town.bot, "发生踩踏，4人受伤")
    assert (await town.incident()).place == ""
    town.head.send_venue(town.bot, 35.49, 112.85, "实验小学", "晋城市城区")
    await town.settle()
    incident = await town.incident()
    assert incident.place == "实验小学"
    assert [item.kind for item in incident.evidence.values()] == ["venue"]
    assert [call.method for call in town.world.calls if call.method in ("sendVenue", "sendLocation")] == ["sendVenue"]
    town.head.send_location(town.bot, 35.5, 112.9)
    await town.settle()
    assert [item.kind for item in (await town.incident()).evidence.values()] == ["venue", "location"]
    assert (await town.incident()).place == "实验小学"


@pytest.mark.parametrize("network", [False, True])
async def test_a_file_that_is_larger_than_it_was_said_is_given_up_on_the_way(network, monkeypatch, tmp_path):
    monkeypatch.setattr("bot.updates.collector.LIMIT", 300_000)
    written = []
    add = Part.add

    def counted(self: Part, piece: bytes) -> None:
        written.append(len(piece))
        add(self, piece)

    monkeypatch.setattr(Part, "add", counted)
    async with Town.open(network=network) as town:
        kept = tmp_path / "kept"
        collector: Any = town.program and town.program.work._collector
        collector._folder = kept
        await town.say(town.head, town.bot, STAMPEDE)
        town.head.send_document(town.bot, b"x" * 2_000_000, "监控.mp4", size=10)
        await town.settle()
        (found,) = (await town.incident()).evidence.values()
        assert (found.lost, found.digest) == ("large", "") and sum(written) <= 300_000
        assert [path for path in kept.rglob("*") if path.is_file()] == []
        town.head.send_document(town.bot, b"y" * 200_000, "现场.mp4")
        await town.settle()
        [file] = [path for path in kept.rglob("*") if path.is_file()]
        assert file.read_bytes() == b"y" * 200_000 and file.stat().st_mode & 0o077 == 0
        assert file.name == f"{hashlib.sha256(b'y' * 200_000).hexdigest()}.mp4"
        if network:
            assert max(written) < 200_000, "it came in pieces"
