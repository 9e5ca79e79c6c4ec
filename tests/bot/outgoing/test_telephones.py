"""Whose number the seat reads when it must ring somebody: one that was confirmed, a mobile number in private alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.operations.persons import erase
from bot.outgoing.telephones import number_to_ring
from bot.texts import words as w
from plans.core import keys
from storage import open_store
from tests.bot.office.duty_office import CAMPUS, MONDAY, Office

MOBILE, LINE = "139" + "0000" + "0012", "2250777"


async def known(office: Office, name: str, phone: str, confirmed: bool = True) -> None:
    async with office.store.writing() as tx:
        person = await tx.people.get(office.people[name].id)
        assert person is not None
        await tx.people.save(replace(person, phone=phone, confirmed_at=MONDAY if confirmed else None))


@pytest.mark.parametrize("drill", [False, True])
@pytest.mark.parametrize("private", [False, True])
async def test_a_number_is_read_by_the_seat_alone_and_in_a_drill_only_of_the_command_body(
    file_url: str, private: bool, drill: bool
):
    async with await open_store(file_url) as store, Office.open(store) as office:
        await known(office, "赵值班", MOBILE)
        await known(office, "周主任", LINE)
        await known(office, "吴主任", MOBILE)
        await known(office, "郑联络", MOBILE)
        await known(office, "孙值班", MOBILE, confirmed=False)
        await known(office, "李值班", LINE)
        await erase(store, office.people["李值班"], by="王管理", reason="申请", now=MONDAY)
        mobile = MOBILE if private else ""
        directors = "周主任 0356-2250777" + (f"、吴主任 {MOBILE}" if private else "")
        expected = {
            "赵值班": mobile, "周主任": "0356-2250777", "郑联络": w.NUMBER_HIDDEN if drill else mobile,
            "孙值班": "", "钱值班": "", "李值班": "",
        }  # fmt: skip
        audiences = {keys.to_person(office.people[name].id): number for name, number in expected.items()}
        audiences |= {keys.to_role("director"): directors, keys.to_unit("区教育局"): "", keys.to_person("nobody"): ""}
        async with store.reading() as rx:
            found = {to: await number_to_ring(rx, CAMPUS, to, private=private, drill=drill) for to in audiences}
        assert found == audiences
