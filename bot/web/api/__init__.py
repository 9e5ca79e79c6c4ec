"""``/api/v1``: what other systems bring and read, each by a token that an administrator made; see ``docs/api.md``."""
