"""What a list of bodies would change: new ones, other ones, absent ones; and how a difference is told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from plans.areas.body import Body
from plans.areas.sheet import TITLES, Row
from plans.areas.townships import area_of
from plans.roster.people import name_key


@dataclass(frozen=True, kw_only=True, slots=True)
class Changes:
    """What a file would change.

    Attributes:
        added: new bodies, each with its id. changed: as known, and as the file has it.
        same: how many rows say what is known.
        absent: known bodies of the same kinds that the file does not have: they stay, unless somebody says otherwise.
        problems: rows that cannot be taken beside what is known, and why.
    """

    added: tuple[Body, ...] = ()
    changed: tuple[tuple[Body, Body], ...] = ()
    same: int = 0
    absent: tuple[Body, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether it changes nothing, absent bodies left as they are."""
        return not (self.added or self.changed)


_PARTS = ("name", "short", "kind", "township", "head", "phones")


def changes(rows: Iterable[Row], present: Iterable[Body], *, absent_of: Collection[str] | None = None) -> Changes:
    """Return what rows would change about the bodies that are known.

    A row is about the body that bears its number; else about the one of its name and township; else, where it writes
    no township or nobody else has its name, about the one of its name.

    Args:
        absent_of: families of which bodies that the rows lack are named; None = those that the rows have.
    """
    present = list(present)
    by_id = {name_key(body.id): body for body in present}
    by_name: dict[str, list[Body]] = {}
    for body in present:
        by_name.setdefault(name_key(body.name), []).append(body)
    rows = list(rows)
    times = Counter(name_key(row.body.name) for row in rows)
    ids, met = {body.id for body in present}, dict[str, str]()
    added: list[Body] = []
    changed: list[tuple[Body, Body]] = []
    problems: list[str] = []
    same = 0
    for row in rows:
        key = name_key(row.body.name)
        known = _known(row, by_id, by_name.get(key, []), alone=times[key] == 1)
        if row.body.id and name_key(row.body.id) not in by_id:
            problems.append(
                f"{row.line}“{row.body.name[:20]}”没有读：没有“{row.body.id[:20]}”这个登记编号，新增的请空着"
            )
            continue
        if known is None:
            id_ = _new_id(row.body, ids)
            if not id_:
                problems.append(f"{row.line}“{row.body.name[:20]}”没有读：已有同名的，请写明镇街")
                continue
            ids.add(id_)
            met[id_] = row.line
            added.append(replace(row.body, id=id_))
            continue
        if known.id in met:
            problems.append(f"{row.line}“{row.body.name[:20]}”没有读：{met[known.id]}已是它")
            continue
        met[known.id] = row.line
        new = _merged(row, known)
        if new == known:
            same += 1
        else:
            changed.append((known, new))
    families = {family for row in rows for family in row.body.families} if absent_of is None else set(absent_of)
    return Changes(
        added=tuple(added), changed=tuple(changed), same=same, problems=tuple(problems),
        absent=tuple(body for body in present if body.id not in met and body.families & families),
    )  # fmt: skip


def _known(row: Row, by_id: dict[str, Body], named: Sequence[Body], *, alone: bool) -> Body | None:
    if row.body.id:
        return by_id.get(name_key(row.body.id))
    area = area_of(row.body.township)
    exact = [body for body in named if area_of(body.township) == area]
    if len(exact) == 1:
        return exact[0]
    return named[0] if len(named) == 1 and (alone or not area) else None


def _merged(row: Row, known: Body) -> Body:
    """Return a known body with the columns that a row states."""
    own = row.body
    return Body(
        id=known.id,
        name=own.name,
        short=own.short if "short" in row.stated else known.short,
        kind=own.kind if "kind" in row.stated or (own.kind and not known.kind) else known.kind,
        township=own.township if "township" in row.stated else known.township,
        head=own.head if "head" in row.stated else known.head,
        phones=own.phones if "phone" in row.stated else known.phones,
    )


def _new_id(body: Body, ids: Collection[str]) -> str:
    """Return an id that people can read: the name, with the township where another body has that name."""
    if body.name not in ids:
        return body.name
    full = f"{body.name}（{body.township}）" if body.township else ""
    return full if full not in ids else ""


def differences(known: Body, new: Body) -> list[tuple[str, str, str]]:
    """Return (what, before, after) of what differs between two states of a body, in words."""
    texts = []
    for part in _PARTS:
        before, after = (
            "、".join(value) if isinstance(value, tuple) else str(value)
            for value in (getattr(known, part), getattr(new, part))
        )
        if before != after:
            texts.append((TITLES["phone" if part == "phones" else part], before, after))
    return texts
