"""What every plan counts of people, and what each is called; a command that shows a reading needs no more of a plan."""

LABELS = {
    "deaths": "死亡",
    "missing": "失联",
    "trapped": "被困",
    "injuries": "受伤",
    "serious_injuries": "重伤",
    "ill": "中毒或发病",
    "endangered": "涉险",
}
"""Fact -> its name, in the order in which people are told."""
