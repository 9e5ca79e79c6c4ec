"""The duty desk of every day: entries of the log, and what is kept beside them; each a kind of case of its own."""
