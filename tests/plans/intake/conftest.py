"""What several tests of intake share."""

import sys

import pytest


@pytest.fixture
def rules_alone(monkeypatch):
    """What the rules of the grammar ask, before persons told of one after another are summed."""
    module = sys.modules["plans.intake.casualties"]
    monkeypatch.setattr(module, "in_turn", lambda text, category, facts: facts)
