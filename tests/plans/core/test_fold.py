"""The fold: the same log gives the same incident, at once or bit by bit, and nobody's copy changes under his hands."""

import copy
import json

import pytest

from plans.core.event import Recorded, Undone, decode, encode, names
from plans.core.registry import APPLIERS
from plans.incident.corrections import Correct
from plans.incident.ending import End
from plans.incident.facts import Update
from plans.incident.filing import File
from plans.incident.judging import Determine
from plans.incident.oral import RecordOral
from plans.incident.owed import ObligationFiled
from plans.incident.requests import RequestVerification
from plans.incident.ringing import RingFailed
from plans.incident.undo import Undo
from plans.incident.units import Acknowledge
from plans.kinds import apply, fold
from tests.factories import COMMANDER, DUTY, SCHOOL, WATER, Life, declared, filed, liaison

# Events that change no state: what they say is read from the log itself.
ONLY_TOLD = {RingFailed, Undone}


def eventful() -> Life:
    life = filed(declared())
    life.do(Acknowledge(status="已出发"), liaison("区应急管理局"), "+21m")
    life.do(Undo(), liaison("区应急管理局"), "+21m10s")
    life.do(Update(facts={"deaths": 1}), SCHOOL, "+40m")
    life.do(Update(facts={"deaths": 1}), DUTY, "+45m")
    life.do(File(report="续报", to=("市委",)), DUTY, "+46m")
    life.do(Undo(), DUTY, "+46m30s")
    life.do(Determine(level="较大"), DUTY, "+50m")
    life.do(Correct(facts={"deaths": 0}), DUTY, "+1h")
    life.do(RecordOral(of="commander", decides="adjust", level="Ⅱ"), DUTY, "+2h")
    life.do(RequestVerification(recipient="市委"), DUTY, "+3h")
    life.do(End(), COMMANDER, "+5h")
    life.until("+6h")
    return life


def test_every_event_has_its_effect():
    assert set(names().values()) - set(APPLIERS) == ONLY_TOLD


def test_folding_again_gives_the_same_incident():
    life = eventful()
    assert fold(life.incident.stream, life.incident.events) == life.incident


def test_folding_bit_by_bit_gives_the_same_incident():
    log = eventful().incident.events
    one = fold("incident:17", log[:1])
    for item in log[1:]:
        one = apply(one, [item])
    assert one == fold("incident:17", log)


@pytest.mark.parametrize("cut", [1, 5, 20, 40])
def test_any_cut_of_the_log_folds(cut):
    log = eventful().incident.events
    assert apply(fold("incident:17", log[:cut]), log[cut:]) == fold("incident:17", log)


def test_an_incident_that_went_through_storage_is_the_same():
    log = eventful().incident.events
    stored = [
        Recorded(
            sequence=item.sequence,
            at=item.at,
            actor=item.actor,
            cause=item.cause,
            event=decode(item.event.NAME, item.event.VERSION, json.loads(json.dumps(encode(item.event)))),
        )
        for item in log
    ]
    assert fold("incident:17", stored) == fold("incident:17", log)


def test_deciding_leaves_the_incident_as_it_was():
    life = eventful()
    before, copied = life.incident, copy.deepcopy(life.incident)
    life.do(Update(facts={"ill": 3}), DUTY)
    life.do(File(report="续报"), DUTY)
    assert before == copied
    assert life.incident is not before


def test_sequences_have_no_holes():
    log = eventful().incident.events
    assert [item.sequence for item in log] == list(range(1, len(log) + 1))


def test_an_event_about_an_unknown_instance_is_passed_over():
    life = Life(WATER).report("+10m")
    unknown = Recorded(
        sequence=life.incident.sequence + 1,
        at=life.now,
        actor="system",
        event=ObligationFiled(key="no-such:1:1", filed_at=life.now, late=False),
    )
    assert apply(life.incident, [unknown]).instances == life.incident.instances


def test_erased_words_leave_the_state_whole():
    """Erasing personal text (itself an event elsewhere) leaves None in its place."""
    log = eventful().incident.events
    erased = [
        Recorded(
            sequence=item.sequence,
            at=item.at,
            actor=item.actor,
            cause=item.cause,
            event=decode(
                item.event.NAME,
                item.event.VERSION,
                {key: None if key in item.event.PERSONAL else value for key, value in encode(item.event).items()},
            ),
        )
        for item in log
    ]
    whole, left = fold("incident:17", log), fold("incident:17", erased)
    assert (left.text, left.reporter, left.handler_name) == ("", "", "")
    assert {key: item.status for key, item in left.instances.items()} == {
        key: item.status for key, item in whole.instances.items()
    }
    assert left.response_level == whole.response_level
