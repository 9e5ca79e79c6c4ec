"""Who leads a work group by local rule: the newest word holds, and whoever was erased is named no more."""

from __future__ import annotations

from dataclasses import replace

from storage.group_leads import GroupLeadRow
from tests.storage.rows import AT, add_people, after


async def test_the_newest_lead_holds_with_who_said_so(store):
    await add_people(store, "p1", "p2")
    async with store.writing() as tx:
        row = GroupLeadRow(
            jurisdiction="区", plan_id="campus", group_name="专家组", lead="区应急管理局", person_id="p1", at=AT
        )
        await tx.group_leads.name(row)
        await tx.group_leads.name(replace(row, lead="总工程师", person_id="p2", at=after(days=1)))
        await tx.group_leads.name(replace(row, plan_id="water"))
        await tx.group_leads.name(replace(row, jurisdiction="别处"))
    async with store.reading() as rx:
        [found] = await rx.group_leads.of("区", "campus")
        person = await rx.people.get("p2")
        assert person is not None
        assert (found.lead, found.person_id, found.by, found.at) == ("总工程师", "p2", person.name, after(days=1))
        assert len(await rx.group_leads.all()) == 3
    async with store.writing() as tx:
        await tx.people.forget("p2", AT)
        assert [item.by for item in await tx.group_leads.of("区", "campus")] == [""]
        assert await tx.group_leads.forget("区", "campus", "专家组")
        assert not await tx.group_leads.forget("区", "campus", "专家组")
        assert await tx.group_leads.of("区", "campus") == []
