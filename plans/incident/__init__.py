"""Incidents: one file a topic, over what every kind of case shares (``plans/core``).

A topic file reads from top to bottom as the topic's life: commands, events, what may happen, what it does to the
incident, who is told. ``kind.py`` joins the topics.
"""
