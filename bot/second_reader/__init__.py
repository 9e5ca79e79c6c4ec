"""A second reader of what people write, where the office has set one: another program, asked beside the transaction."""

from bot.second_reader.circuit import Circuit
from bot.second_reader.client import Ask, NotRead, client
from bot.second_reader.loop import SecondReader

__all__ = ["Ask", "Circuit", "NotRead", "SecondReader", "client"]
