"""Whom to ring, and who is responsible for a subject.

Queries are what somebody types in a hurry: Chinese, a short name, pinyin (``weijianju``), initials (``wjj``), a wrong
character of the same sound, part of a number; several words must all fit (``水务局 传真``).

>>> from plans.load import load_all
>>> plans = load_all()
>>> phone_book(plans.values()).search("wjj")[0].unit
'区卫生健康和体育局'
>>> responsible(plans.values(), "燃气")[0].clause
'五(四)'
"""

from plans.directory.amendments import Amendment, amended
from plans.directory.clauses import FoundClause, clauses
from plans.directory.phones import Entry, Hit, PhoneBook, duty_line, entries, once, phone_book
from plans.directory.subjects import Responsible, responsible

__all__ = [
    "Amendment",
    "Entry",
    "FoundClause",
    "Hit",
    "PhoneBook",
    "Responsible",
    "amended",
    "clauses",
    "duty_line",
    "entries",
    "once",
    "phone_book",
    "responsible",
]
