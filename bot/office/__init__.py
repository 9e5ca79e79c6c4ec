"""The office and not a case: who holds what, who is invited, lent for, bound; rosters, rolls, directory, other ways.

Also what the program tells the office outside of any case: absences, plans that cannot be used, what is missing.
Above the transaction (``bot.service``), whose database and words it uses; nothing below knows the office.
"""
