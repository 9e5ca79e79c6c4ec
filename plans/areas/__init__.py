"""The bodies of a place and its areas: schools, hospitals, companies, villages, each in a township or street.

An office lists them in a workbook (``sheet``); texts name them (``naming``); warnings and duties ask for those of some
areas or of a kind (``townships``, ``body``).

>>> from plans.areas import Body, BodyNames, Townships, bodies_in
>>> school = Body(id="凤鸣小学", name="凤鸣小学", short=("凤小",), kind="小学", township="城关镇")
>>> [(item.words, item.sure) for item in BodyNames([school]).mentions("凤鸣小学操场有学生晕倒")]
[('凤鸣小学', True)]
>>> areas = Townships([school]).read("城关镇、河口乡")
>>> areas.names, areas.unknown, [body.id for body in bodies_in([school], areas)]
(('城关镇',), ('河口乡',), ['凤鸣小学'])
"""

from plans.areas.body import ANY, SCHOOLS, Body, families_meant, of_kind
from plans.areas.naming import BodyNames, Mention
from plans.areas.townships import Areas, Townships, bodies_in

__all__ = [
    "ANY",
    "SCHOOLS",
    "Areas",
    "Body",
    "BodyNames",
    "Mention",
    "Townships",
    "bodies_in",
    "families_meant",
    "of_kind",
]
