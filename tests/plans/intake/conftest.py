"""What several tests of intake share."""

import pytest


@pytest.fixture
def rules_alone(monkeypatch):
    """What the rules of the grammar ask, before persons told of one after another are summed."""
    monkeypatch.setattr("plans.intake.in_turn", lambda text, category, facts, *, firm=False: facts)
