"""What was reported to whom, and what the public was told."""

from __future__ import annotations

from bot.render import naming
from bot.render.citing import cite
from bot.render.course.words import decided_by, told, why
from bot.render.text import written
from bot.render.view import View
from bot.texts import asking_back as back
from bot.texts import course as t
from bot.texts import submitting as up
from bot.texts import words as w
from plans.incident.asking_back import ReporterAsked
from plans.incident.filing import Filed
from plans.incident.hearing_back import SubmissionFailed, SubmissionTaken
from plans.incident.owed import ObligationWaived
from plans.incident.publishing import ReleasePublished
from plans.incident.release_waiting import ReleaseSubmitted
from plans.incident.releasing import ReleaseApproved, ReleaseDrafted
from plans.incident.requests import VerificationRequested
from plans.incident.ringing import RingFailed
from plans.incident.skipping import LevelSkipped
from plans.incident.submitting import Submitted
from plans.incident.superiors import SuperiorSaid


@told(Filed)
def _filed_alone(view: View, event: Filed) -> str:
    return filed(event, naming.unit_name(view, event.recipient))


def filed(event: Filed, names: str) -> str:
    """Return what one or several heard in the same call."""
    taker = written(event.taker or "", 16)
    return t.FILED.format(
        name=names,
        report=event.report,
        channel=event.channel,
        taker=t.FILED_TAKER.format(taker=taker) if taker else "",
        document=t.FILED_DOCUMENT.format(document=written(event.document, 80)) if event.document else "",
    )


@told(RingFailed)
def _rang(view: View, event: RingFailed) -> str:
    return t.RANG.format(name=naming.unit_name(view, event.recipient), outcome=event.outcome)


@told(VerificationRequested)
def _asked(view: View, event: VerificationRequested) -> str:
    question = written(event.question or "", 120)
    return t.ASKED.format(
        name=naming.unit_name(view, event.recipient),
        question=t.ASKED_WHAT.format(question=question) if question else "",
    )


@told(Submitted)
def _submitted_up(view: View, event: Submitted) -> str:
    names = w.LIST.join(naming.unit_name(view, name) for name in event.to)
    return up.COURSE.format(place=written(event.place, 20), report=event.report, names=names)


@told(SubmissionTaken)
def _taken_above(view: View, event: SubmissionTaken) -> str:
    item = view.incident.submissions[event.submission]
    taker = up.TAKER.format(name=written(event.taker, 16)) if event.taker else ""
    return up.COURSE_TAKEN.format(place=written(item.place, 20), number=event.number, taker=taker)


@told(SubmissionFailed)
def _not_delivered(view: View, event: SubmissionFailed) -> str:
    item = view.incident.submissions[event.submission]
    why = up.WHY.get(event.why, event.why)
    return up.COURSE_FAILED.format(place=written(item.place, 20), report=item.report, why=why)


@told(SuperiorSaid)
def _said_above(view: View, event: SuperiorSaid) -> str:
    text = written(event.text or "", 120)
    what = up.SAID[event.what].format(level=event.level or w.NONE, merged=event.merged)
    return up.COURSE_SAID.format(place=written(event.place, 20), number=event.number, what=what + text)


@told(ReporterAsked)
def _asked_back(view: View, event: ReporterAsked) -> str:
    return back.COURSE.format(question=written(event.question or "", 120))


@told(ObligationWaived)
def _waived(view: View, event: ObligationWaived) -> str:
    instance = view.incident.instances.get(event.key)
    report = instance.report if instance is not None else ""
    return t.WAIVED.format(name=naming.of_event(view, event), report=report, reason=why(event.reason))


@told(LevelSkipped)
def _skipped(view: View, event: LevelSkipped) -> str:
    instance = view.incident.instances.get(event.key)
    return t.SKIPPED.format(
        name=naming.unit_name(view, event.recipient),
        report=instance.report if instance is not None else "",
        citation=cite(event.clause),
        reason=why(event.reason),
    )


@told(ReleaseDrafted)
def _drafted(view: View, event: ReleaseDrafted) -> str:
    return t.DRAFTED.format(citation=cite(event.clause))


@told(ReleaseApproved)
def _approved(view: View, event: ReleaseApproved) -> str:
    if event.approved:
        return t.APPROVED.format(approval=event.approval)
    return t.SENT_BACK.format(reason=why(event.reason))


@told(ReleaseSubmitted)
def _submitted(view: View, event: ReleaseSubmitted) -> str:
    return t.SUBMITTED.format(publisher=event.publisher, citation=cite(event.clause))


@told(ReleasePublished)
def _published(view: View, event: ReleasePublished) -> str:
    medium = t.PUBLISHED_BY.format(medium=written(event.medium, 20)) if event.medium else ""
    decided = decided_by(view, event, event.role)
    return t.PUBLISHED.format(role=decided["role"], oral=decided["oral"], medium=medium, citation=cite(event.clause))
