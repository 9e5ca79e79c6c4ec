"""What survives a crash: journal, inbox, outbox, obligation index and directory, on SQLite and on PostgreSQL."""
