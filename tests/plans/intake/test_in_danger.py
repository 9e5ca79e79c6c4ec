"""A later text that tells of people in danger makes nobody hurt, and one of the hurt nobody more in danger."""

from plans.intake import after, read
from tests.plans.intake.saying import NOW

ROWS = [
    ("专家下午看了，坎下又划进来2户9个人，也算危险区里头", {"injuries": 0}),
    ("三组那12个重复了，威胁区实际是39个人，之前的51别用了", {"injuries": 0}),
    ("威胁区又转出来8个人", {"injuries": 0}),
    ("又伤2人，危险区还有39人", {"endangered": 51}),
]


def test_those_in_danger_are_apart_from_the_harmed():
    for text, figures in ROWS:
        told = after(read(text, now=NOW), {"injuries": 0, "endangered": 51}, "landslide")
        for fact, number in figures.items():
            assert (told[fact].at_least, told[fact].at_most) == (number, number), text
