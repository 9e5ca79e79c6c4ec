"""Duties of every day (日常职责): one book for each bearer and year, its periods, what was done, and the reminders."""
