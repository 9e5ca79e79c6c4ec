"""From a notice to rows of the outbox: whom it is for, what it says there, what it takes back of earlier messages.

Below the transaction (``bot.service``), which hands each outcome to the dispatcher, and below the office, which writes
messages of its own. Nothing here changes a case.
"""
