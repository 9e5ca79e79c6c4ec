"""The town of `make demo`: bot, people, clock and page in one process, on loopback only."""
