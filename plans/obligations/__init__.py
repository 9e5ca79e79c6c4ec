"""Report obligations of an incident: which instances there are, when each is reminded of, and what closes it."""
