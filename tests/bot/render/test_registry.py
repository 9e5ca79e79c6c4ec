"""What is worded is worded once."""

import pytest

from bot.render import registry
from bot.render.text import Text


@pytest.mark.parametrize(
    ("register", "key"),
    [
        (registry.renders, "call"),
        (registry.draws, "card"),
        (registry.explains, "deaths_fall"),
        (registry.labels, "choice"),
    ],
)
def test_a_key_that_is_worded_twice_is_an_error(register, key):
    with pytest.raises(ValueError, match=f"'{key}' is worded twice"):
        register(key)(lambda *_: Text())
