"""Who commands at the scene: asked, announced, handed over; as a line of card and worksheet, and in the record."""

from __future__ import annotations

from bot.render import naming
from bot.render.citing import cite
from bot.render.framing import framed
from bot.render.labels import press
from bot.render.levels import event_at
from bot.render.message import Message
from bot.render.registry import labels, renders
from bot.render.text import Text, fill, joined, written
from bot.render.times import at
from bot.render.view import View
from bot.texts import on_site as t
from bot.texts import words as w
from plans.acting import carries_out
from plans.core import keys
from plans.core.notice import Notice, Press
from plans.incident.on_site import SiteHandedOver, SiteSetUp, demanded, post_at
from plans.incident.on_site_demand import presses, waits
from plans.incident.records_beside import SiteCommander
from plans.incident.state import RUNNING
from plans.model import OnSite


@renders("who_commands")
def who_commands(notice: Notice, view: View) -> Text:
    """The level that was declared demands a command at the scene: who has it."""
    level = str(notice.params["level"])
    post = demanded(view.plan, level)
    by = naming.role(view.plan, post.named_by[0]) if post is not None and post.named_by else ""
    return fill(
        t.WHO_COMMANDS,
        number=naming.number(view),
        level=level,
        citation=_cite(view, post),
        commander=post.commander if post is not None else "",
        of=w.NUMBER.format(number=view.incident.number) + " ",
        by=t.BY + by if by else "",
    )


@renders("site_set_up")
def set_up(notice: Notice, view: View) -> Text:
    """Who commands at the scene, where, by whose word, and what the plan gives the command to do."""
    event, _ = event_at(view, int(notice.params["sequence"]), SiteSetUp)
    site = next(item for item in view.incident.site if item.sequence == int(notice.params["sequence"]))
    post = post_at(view.plan, view.incident.response_level)
    return fill(
        t.SET,
        title=naming.title(view),
        who=who(view, site),
        place=_place(view, site),
        since=at(event.since, view.now),
        citation=_cite(view, post),
        named=_named(view, site),
        duties=t.DUTIES.format(duties=w.SEMICOLON.join(post.duties)) if post is not None and post.duties else "",
        handover=t.HANDOVER.format(handover=post.handover) if post is not None and post.handover else "",
    )


@renders("site_handed_over")
def handed_over(notice: Notice, view: View) -> Text:
    """The command went over: both names, and since when."""
    sequence = int(notice.params["sequence"])
    event, _ = event_at(view, sequence, SiteHandedOver)
    place = next(number for number, item in enumerate(view.incident.site) if item.sequence == sequence)
    before, after = view.incident.site[place - 1], view.incident.site[place]
    return fill(
        t.HANDED,
        title=naming.title(view),
        before=who(view, before),
        after=who(view, after),
        since=at(event.since, view.now),
        citation=cite(event.clause),
    )


@labels("site_held")
def _held(item: Press, view: View) -> str:
    return t.HELD_LABEL.format(role=naming.role(view.plan, str(item.args["role"])))


def who(view: View, site: SiteCommander) -> str:
    """Return who commands: a person by name, the holder of a role, or a higher command."""
    held = t.HELD.format(role=naming.role(view.plan, site.role)) if site.role else ""
    return written(site.name, 24) or held or written(site.body, 24) or w.UNSTATED


def lines(view: View) -> list[Text]:
    """Return who commands at the scene now, or that the plan demands somebody; nothing where neither is so."""
    incident = view.incident
    if incident.site:
        last = incident.site[-1]
        before = t.LINE_BEFORE.format(before=who(view, incident.site[-2])) if len(incident.site) > 1 else ""
        line = fill(
            t.LINE,
            who=who(view, last),
            place=_place(view, last),
            since=at(last.since, view.now),
            before=before,
            citation=cite(last.clause),
        )
        return [line]
    post = demanded(view.plan, incident.site_asked)
    citation = cite(post.clause) if post is not None else ""
    if incident.site_not and incident.state in RUNNING:
        return [fill(t.LINE_NOT, reason=written(incident.site_not, 60), citation=citation)]
    return [fill(t.LINE_WAITS, citation=citation)] if waits(view.plan, incident) else []


def todo(view: View) -> list[Text]:
    """Return that somebody must be named, for the list of what is open."""
    if not waits(view.plan, view.incident):
        return []
    post = demanded(view.plan, view.incident.site_asked)
    citation = cite(post.clause) if post is not None else ""
    return [fill(t.TODO_WAITS, level=view.incident.site_asked, citation=citation)]


def record(view: View) -> list[str]:
    """Return everybody who commanded, in the order of time, or why nobody did."""
    found = [
        t.RECORD.format(
            since=at(item.since, view.now),
            until=t.RECORD_UNTIL.format(until=at(item.until, view.now)) if item.until else "",
            who=who(view, item),
            place=_place(view, item),
            named=w.CITE.format(inside=named) if (named := _named(view, item)) else "",
            citation=cite(item.clause),
        )
        for item in view.incident.site
    ]
    if view.incident.site_not:
        post = demanded(view.plan, view.incident.site_asked)
        citation = cite(post.clause) if post is not None else ""
        found.append(t.RECORD_NOT.format(reason=written(view.incident.site_not, 120), citation=citation))
    return found


@carries_out("list", "site", "OnSite.commander", "OnSite.when", "OnSite.duties", "OnSite.handover", "OnSite.to")
def page(view: View) -> Message:
    """Return who commands, what the plan says of the command at the scene, and how it is written down."""
    said = [
        fill(
            t.PLAN_POST if item.post else t.PLAN_FIRST,
            commander=item.commander,
            when=t.WHEN.format(when=item.when) if item.when else "",
            citation=cite(item.clause, item.reading),
            duties=w.LIST.join(item.duties) or w.NONE,
            **({"handover": t.HANDED_TO.format(handover=item.handover) if item.handover else ""} if item.post else {}),
        )
        for item in view.plan.on_site
    ]
    incident = view.incident
    post = post_at(view.plan, incident.response_level)
    found: list[Press] = []
    if incident.state in RUNNING and not incident.site:
        found.extend(presses(view.plan, incident))
    elif incident.state in RUNNING and post is not None and post.to and not incident.site[-1].body:
        found.append(press("site_over", "site_over", keys.SITE, to=post.to))
    text = fill(
        t.PAGE,
        number=naming.number(view),
        now=joined(lines(view) or [Text(t.NOBODY)]),
        plan=joined(said or [Text(t.PLAN_NOTHING)]),
        how=t.HOW,
    )
    return framed(view, text, found)


def _place(view: View, site: SiteCommander) -> str:
    return written(site.place, 40) or naming.place(view)


def _named(view: View, site: SiteCommander) -> str:
    if not site.named_by or site.role == site.named_by:
        return ""
    recorded = naming.on_record(view, site.recorded_by) or w.NAME_UNKNOWN
    oral = t.ORAL.format(recorded=recorded) if site.oral else ""
    return t.NAMED.format(
        role=naming.role(view.plan, site.named_by), name=naming.on_record(view, site.spoken_by), oral=oral
    )


def _cite(view: View, post: OnSite | None) -> str:
    return cite(post.clause, post.reading) if post is not None else ""
