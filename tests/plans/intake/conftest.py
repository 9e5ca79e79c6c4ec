"""What several tests of intake share."""

import pytest


@pytest.fixture
def rules_alone(monkeypatch):
    """What the rules of the grammar ask, without second opinion, before persons, units and groups are summed."""
    monkeypatch.setattr("plans.intake.in_turn", lambda text, category, facts, **more: facts)
    monkeypatch.setattr("plans.intake.put", lambda plain, heard, category: (heard, []))
    monkeypatch.setattr("plans.intake.tallied", lambda heard, plain, spoken, category, facts: facts)
    monkeypatch.setattr("plans.intake.by_groups", lambda heard, plain, category, facts: facts)
    monkeypatch.setattr("plans.intake.as_parted", lambda heard, plain, category, facts: facts)
    monkeypatch.setattr("plans.intake.settled", lambda plain, spoken=(): None)
    for name in ("of_singles", "of_forms", "among_them"):
        monkeypatch.setattr(f"plans.intake.{name}", lambda heard, facts: facts)
    monkeypatch.setattr("plans.intake.of_named", lambda heard, plain, facts: facts)
    monkeypatch.setattr("plans.intake.opinion.MARGIN", 1)
