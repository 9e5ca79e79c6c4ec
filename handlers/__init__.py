"""Telegram updates become commands here: one topic a file, found by `register.py`."""
