"""A province in simulation: its districts and their people, a storm, and a Telegram that keeps its limits.

The program is the real one (``bot.main.running``) on a PostgreSQL: poller, inbox, handlers, service, outbox, sender and
clocks. Only Telegram, the people and time are made: see ``telegram``, ``storm`` and ``clock``.
"""
