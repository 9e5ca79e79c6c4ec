"""What every kind of case shares: commands, events, refusals, notices, keys, and how a log becomes a state.

A kind of case (``plans/incident`` is the first) is a package of topic files over this one. It says what it is in a
``CaseKind``; which kind a log is of is read from its stream's name (``incident:17``).
"""
