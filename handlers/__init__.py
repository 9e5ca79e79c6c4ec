"""Telegram updates become commands here: one verb a file, with a table of contents in `register.py`."""
