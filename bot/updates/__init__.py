"""The way of an update: fetched, kept before it is confirmed, worked off in order; and the files that come with one."""
