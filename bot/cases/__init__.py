"""Cases as they are read: a stream's log becomes a state and back, under the plan that the case is pinned to.

The lowest room of the shell, below ``bot.outgoing`` and ``bot.service``, which both read cases and plans here.
"""
