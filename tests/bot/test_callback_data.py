"""Ids of rows: opaque, and safe wherever people copy them to."""

from bot.callback_data import new_id, pack, unpack


def test_an_id_can_be_copied_into_a_command_line_or_a_sheet() -> None:
    # Of two thousand unguarded ids some sixty would begin with a dash or a line.
    drawn = [new_id() for _ in range(2000)]
    assert [one for one in drawn if not one[0].isalnum()] == []
    assert len(set(drawn)) == len(drawn)


def test_a_button_carries_its_row_and_nothing_else_is_ours() -> None:
    drawn = new_id()
    assert unpack(pack(drawn)) == drawn
    others = (drawn, "b:", f"b:{drawn} ", f"b:{drawn}" * 3, "b:../../etc/passwd0")
    assert [unpack(other) for other in others] == [None] * 5
