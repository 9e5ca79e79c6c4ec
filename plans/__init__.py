"""The pure core: plans as data, what they mean for an incident, and what may be done next.

No clock, no I/O but plan files.
"""
