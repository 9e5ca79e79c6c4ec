"""What each plan says at, just below and just above every figure of its tables, read off the documents by hand."""

# ruff: noqa: E501 - tables, one document row a line
from __future__ import annotations

from typing import Any

Case = tuple[str, str | None, dict[str, Any], str]
"""Plan, event class, facts, and the event level (a response level, in the plan without event levels)."""

BELOW = "未达标准"


def _series(
    plan: str, event_class: str | None, fact: str, fixed: dict[str, Any], levels: dict[float, str]
) -> list[Case]:
    return [(plan, event_class, {**fixed, fact: value}, level) for value, level in levels.items()]


_SAFE = {"deaths": 0, "injuries": 0, "serious_injuries": 0}
_L = "linan-campus"
_W = "jincheng-water-rescue"
_T = "jincheng-transit"
_P = "jincheng-public-health"
_E = "jincheng-energy"

LINAN = [
    *_series(_L, "security", "deaths", {"injuries": 0}, {0: BELOW, 1: "重大", 4: "重大", 5: "特别重大", 6: "特别重大"}),
    *_series(_L, "security", "injuries", {"deaths": 0}, {0: BELOW, 1: "一般", 4: "一般", 5: "较大", 6: "较大", 60: "较大"}),
    *_series(_L, "accident", "deaths", {"injuries": 0, "serious_injuries": 0},
             {0: BELOW, 1: "较大", 2: "重大", 3: "重大", 4: "重大", 5: "特别重大", 6: "特别重大"}),
    *_series(_L, "accident", "injuries", {"deaths": 0, "serious_injuries": 0},
             {0: BELOW, 1: "一般", 9: "一般", 10: "重大", 11: "重大"}),
    *_series(_L, "accident", "serious_injuries", {"deaths": 0, "injuries": 20},
             {0: "重大", 9: "重大", 10: "特别重大", 11: "特别重大"}),
    *_series(_L, "health", "ill", {"deaths": 0},
             {0: BELOW, 1: "一般", 29: "一般", 30: "较大", 31: "较大", 49: "较大", 50: "重大", 51: "重大"}),
    *_series(_L, "health", "deaths", {"ill": 3}, {0: "一般", 1: "重大", 7: "重大"}),
    *_series(_L, "health", "ill", {"deaths": 0, "infectious": True},
             {10: BELOW, 11: "一般", 30: "一般", 31: "较大", 50: "较大", 51: "重大", 100: "重大", 101: "特别重大"}),
    *_series(_L, "health", "deaths", {"ill": 11, "infectious": True}, {0: "一般", 1: "特别重大"}),
    *_series(_L, "health", "ill", {"deaths": 0, "lab_poisoning": True},
             {0: BELOW, 1: "一般", 9: "一般", 10: "较大", 11: "较大", 49: "较大", 50: "重大", 51: "重大"}),
    *_series(_L, "health", "deaths", {"ill": 1, "lab_poisoning": True},
             {0: "一般", 1: "较大", 4: "较大", 5: "重大", 6: "重大"}),
    *_series(_L, "network", "districts_offline", {"network_threat": "none"}, {2: BELOW, 3: "重大", 4: "重大"}),
    *_series(_L, "natural", "natural_damage", {},
             {"none": BELOW, "some": "一般", "larger": "较大", "major": "重大", "extreme": "特别重大"}),  # type: ignore[dict-item]
    *_series(_L, "opinion", "opinion_impact", {},
             {"none": BELOW, "latent": "潜在", "public": "一般", "major": "重大"}),  # type: ignore[dict-item]
    (_L, "exam", {"exam_paper": "city", "exam_spread": "limited"}, "较大"),
    (_L, "exam", {"exam_paper": "city", "exam_spread": "wide"}, "重大"),
    (_L, "exam", {"exam_paper": "national", "exam_spread": "limited"}, "重大"),
    (_L, "exam", {"exam_paper": "national", "exam_spread": "wide"}, "特别重大"),
    (_L, "health", {"ill": 1, "deaths": 0, "plague_cholera": True}, "特别重大"),
    # A reaction to a vaccine is no food poisoning: the fifty of 2.3 重大 do not count for it.
    *_series(_L, "health", "ill", {"deaths": 0, "vaccine_reaction": "group"}, {1: "较大", 60: "较大"}),
    (_L, "health", {"ill": 1, "deaths": 1, "vaccine_reaction": "death"}, "重大"),
    (_L, "health", {"ill": 1, "deaths": 0, "new_disease": "suspected"}, "重大"),
    (_L, "health", {"ill": 60, "deaths": 0, "new_disease": "extreme"}, "特别重大"),
    (_L, "health", {"ill": 0, "deaths": 0, "pathogen_lost": True}, "特别重大"),
    (_L, "health", {"ill": 1, "deaths": 0, "smuggled_pathogen": True}, "重大"),
    (_L, "network", {"network_threat": "none", "virus_spread": "city"}, "较大"),
    (_L, "network", {"network_threat": "none", "virus_spread": "province"}, "重大"),
    (_L, "network", {"network_threat": "none", "virus_spread": "national"}, "特别重大"),
    (_L, "network", {"network_threat": "some", "district_system_loss": True}, "较大"),
    (_L, "security", {**_SAFE, "gathering": "present"}, "重大"),
    (_L, "security", {**_SAFE, "gathering": "large"}, "特别重大"),
    (_L, "security", {**_SAFE, "terror_attack": True}, "特别重大"),
]  # fmt: skip

WATER = [
    *_series(_W, None, "endangered", {"deaths": 0, "missing": 0},
             {0: BELOW, 1: "一般", 2: "一般", 3: "较大", 4: "较大", 9: "较大", 10: "重大", 11: "重大", 29: "重大", 30: "特别重大", 31: "特别重大"}),
    # The dead and missing are among the endangered: their own figures are in test_water_counts_the_missing_as_dead.
    (_W, None, {"deaths": 0, "missing": 0, "endangered": 0, "passenger_ship_danger": True}, "特别重大"),
    (_W, None, {"deaths": 0, "missing": 0, "endangered": 1, "collision_threat": True}, "重大"),
    (_W, None, {"deaths": 0, "missing": 0, "endangered": 1, "collision_threat": False}, "一般"),
]  # fmt: skip

TRANSIT = [
    *_series(_T, "crash", "deaths", {},
             {0: BELOW, 1: "一般", 2: "一般", 3: "较大", 4: "较大", 9: "较大", 10: "重大", 11: "重大", 29: "重大", 30: "特别重大", 31: "特别重大"}),
    *_series(_T, "stoppage", "paralysis_hours", {"deaths": 0},
             {0: BELOW, 0.5: "较大", 1: "较大", 23: "较大", 23.5: "较大", 24: "特别重大", 25: "特别重大"}),
    *_series(_T, "stoppage", "stop_hours", {"deaths": 0, "third_stopped": True},
             {0: "一般", 23: "一般", 23.5: "一般", 24: "重大", 25: "重大"}),
    *_series(_T, "stoppage", "stop_hours", {"deaths": 0, "third_stopped": False}, {0: BELOW, 0.5: "一般", 1: "一般", 24: "一般"}),
    *_series(_T, "stoppage", "stop_hours", {"deaths": 0, "third_stopped": True, "main_lines_stopped": True}, {23: "较大", 24: "重大"}),
    (_T, "stoppage", {"deaths": 0, "main_lines_stopped": True}, "较大"),
    (_T, "stoppage", {"deaths": 0, "some_lines_stopped": True}, "一般"),
]  # fmt: skip

HEALTH = [
    *_series(_P, "food", "ill", {"deaths": 0},
             {29: BELOW, 30: "一般", 31: "一般", 98: "一般", 99: "一般", 100: "较大", 101: "较大", 5000: "较大"}),
    *_series(_P, "food", "deaths", {"ill": 30}, {0: "一般", 1: "较大", 9: "较大", 10: "重大", 11: "重大"}),
    *_series(_P, "food", "ill", {"deaths": 1}, {1: "较大", 99: "较大", 100: "重大", 101: "重大"}),
    *_series(_P, "occupational", "ill", {"deaths": 0},
             {0: BELOW, 1: "一般", 8: "一般", 9: "一般", 10: "较大", 11: "较大", 48: "较大", 49: "较大", 50: "重大", 51: "重大"}),
    *_series(_P, "occupational", "deaths", {"ill": 9}, {0: "一般", 1: "较大", 4: "较大", 5: "重大", 6: "重大"}),
    *_series(_P, "infectious", "ill", {"deaths": 0, "pneumonic_plague": True},
             {0: BELOW, 1: "较大", 4: "较大", 5: "重大", 6: "重大"}),
    *_series(_P, "infectious", "ill", {"deaths": 0, "bubonic_plague": True},
             {0: BELOW, 1: "一般", 9: "一般", 10: "较大", 11: "较大", 19: "较大", 20: "重大", 21: "重大"}),
    *_series(_P, "infectious", "ill", {"deaths": 0, "cholera": True},
             {0: BELOW, 1: "一般", 9: "一般", 10: "较大", 11: "较大", 28: "较大", 29: "较大", 30: "重大", 31: "重大"}),
    *_series(_P, "infectious", "counties", {"ill": 1, "deaths": 0, "pneumonic_plague": True}, {1: "较大", 2: "重大", 3: "重大"}),
    *_series(_P, "infectious", "cities", {"ill": 1, "deaths": 0, "bubonic_plague": True}, {1: "一般", 2: "重大", 3: "重大"}),
    *_series(_P, "infectious", "cities", {"ill": 1, "deaths": 0, "cholera": True}, {1: "一般", 2: "重大", 3: "重大"}),
    *_series(_P, "infectious", "counties", {"ill": 1, "deaths": 0, "cholera": True}, {1: "一般", 2: "较大", 3: "较大"}),
    *_series(_P, "infectious", "incidence_excess", {"ill": 9, "deaths": 0, "notifiable": True, "counties": 1},
             {0.9: BELOW, 1: "较大", 1.5: "较大", 2: "较大"}),
    *_series(_P, "infectious", "incidence_excess", {"ill": 9, "deaths": 0, "notifiable": True, "counties": 2},
             {0.9: BELOW, 1: "较大", 1.9: "较大", 2: "重大", 2.5: "重大"}),
    *_series(_P, "unexplained", "ill", {"deaths": 0, "counties": 1}, {0: BELOW, 1: "较大", 50: "较大"}),
    *_series(_P, "unexplained", "counties", {"ill": 5, "deaths": 0}, {1: "较大", 2: "重大"}),
    *_series(_P, "immunisation", "deaths", {"ill": 0}, {0: BELOW, 1: "重大"}),
    (_P, "unexplained", {"ill": 5, "deaths": 0, "spreading": True}, "特别重大"),
    (_P, "infectious", {"ill": 1, "deaths": 0, "sars": True}, "重大"),
    (_P, "infectious", {"ill": 1, "deaths": 0, "sars": True, "spreading": True}, "特别重大"),
    (_P, "infectious", {"ill": 1, "deaths": 0, "new_disease": True}, "重大"),
    (_P, "infectious", {"ill": 1, "deaths": 0, "new_disease": True, "spreading": True}, "特别重大"),
    (_P, "food", {"ill": 1, "deaths": 0, "recognised": "general"}, "一般"),
    (_P, "food", {"ill": 1, "deaths": 0, "recognised": "extreme"}, "特别重大"),
]  # fmt: skip

_BIG_CITY = {"county_load_mw": 150}
ENERGY = [
    *_series(_E, None, "coal_stock_days", {}, {0.5: "Ⅰ", 1: "Ⅱ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅲ", 5: BELOW, 6: BELOW}),
    *_series(_E, None, "coal_trade_days", {}, {0.5: "Ⅰ", 1: "Ⅱ", 2: "Ⅱ", 3: "Ⅲ", 4: "Ⅲ", 5: BELOW, 6: BELOW}),
    *_series(_E, None, "coal_user_stock_pct", {}, {19: "Ⅰ", 20: "Ⅱ", 29: "Ⅱ", 30: "Ⅲ", 39: "Ⅲ", 40: BELOW, 41: BELOW}),
    *_series(_E, None, "shanxi_load_shed_pct", {"multi_city_outage": True},
             {4: BELOW, 5: "Ⅲ", 6: "Ⅲ", 9: "Ⅲ", 10: "Ⅱ", 11: "Ⅱ", 12: "Ⅱ", 13: "Ⅰ", 14: "Ⅰ", 29: "Ⅰ", 30: "Ⅰ", 45: "Ⅰ"}),
    *_series(_E, None, "shanxi_load_shed_pct", {"multi_city_outage": False}, {12: BELOW}),
    *_series(_E, None, "jincheng_load_shed_pct", {},
             {19: BELOW, 20: "Ⅲ", 21: "Ⅲ", 39: "Ⅲ", 40: "Ⅱ", 41: "Ⅱ", 59: "Ⅱ", 60: "Ⅰ", 61: "Ⅰ"}),
    *_series(_E, None, "users_out_pct", {},
             {29: BELOW, 30: "Ⅲ", 31: "Ⅲ", 49: "Ⅲ", 50: "Ⅱ", 51: "Ⅱ", 69: "Ⅱ", 70: "Ⅰ", 71: "Ⅰ"}),
    *_series(_E, None, "county_load_shed_pct", _BIG_CITY, {39: BELOW, 40: "Ⅲ", 41: "Ⅲ", 59: "Ⅲ", 60: "Ⅱ", 61: "Ⅱ"}),
    *_series(_E, None, "county_load_mw", {"county_load_shed_pct": 60}, {149: "Ⅲ", 150: "Ⅱ", 151: "Ⅱ"}),
    *_series(_E, None, "county_users_out_pct", _BIG_CITY, {49: BELOW, 50: "Ⅲ", 51: "Ⅲ", 69: "Ⅲ", 70: "Ⅱ", 71: "Ⅱ"}),
    *_series(_E, None, "county_load_mw", {"county_users_out_pct": 70}, {149: "Ⅲ", 150: "Ⅱ", 151: "Ⅱ"}),
    *_series(_E, None, "city_gas_gap_pct", {"gas_cut_days": 3}, {0: BELOW, 0.5: "Ⅲ", 9: "Ⅲ", 10: "Ⅱ", 11: "Ⅱ", 20: "Ⅱ", 20.5: "Ⅰ", 21: "Ⅰ"}),
    *_series(_E, None, "local_gas_gap_pct", {"gas_cut_days": 3}, {0: BELOW, 0.5: "Ⅲ", 29: "Ⅲ", 30: "Ⅱ", 31: "Ⅱ", 39: "Ⅱ", 40: "Ⅰ", 41: "Ⅰ"}),
    *_series(_E, None, "gas_cut_days", {"city_gas_gap_pct": 25}, {0: BELOW, 0.5: BELOW, 1: "Ⅲ", 1.5: "Ⅲ", 2: "Ⅱ", 2.5: "Ⅱ", 3: "Ⅰ"}),
    *_series(_E, None, "gas_cut_days", {"local_gas_gap_pct": 45}, {0: BELOW, 0.5: BELOW, 1: "Ⅲ", 1.5: "Ⅲ", 2: "Ⅱ", 2.5: "Ⅱ", 3: "Ⅰ"}),
    *_series(_E, None, "affected_counties", {}, {0: BELOW, 1: "Ⅲ", 2: "Ⅲ"}),
]  # fmt: skip

CASES: list[Case] = [*LINAN, *WATER, *TRANSIT, *HEALTH, *ENERGY]

ENDS: dict[tuple[str, str], tuple[str, int, int]] = {
    # Rows that end at a figure, where the next level takes over: plan, row -> fact, first and last whole number.
    (_L, "H-较大-1"): ("ill", 30, 49),
    (_L, "H-较大-3"): ("ill", 10, 49),
    (_L, "H-较大-4"): ("deaths", 1, 4),
    (_L, "H-一般-1"): ("ill", 1, 29),
    (_L, "H-一般-2"): ("ill", 1, 9),
    (_W, "L-重大-1"): ("deaths", 10, 29),
    (_W, "L-重大-2"): ("endangered", 10, 29),
    (_W, "L-较大-1"): ("deaths", 3, 9),
    (_W, "L-较大-2"): ("endangered", 3, 9),
    (_W, "L-一般-1"): ("deaths", 1, 2),
    (_W, "L-一般-2"): ("endangered", 1, 2),
    (_T, "T-重大-2"): ("deaths", 10, 29),
    (_T, "T-较大-2"): ("deaths", 3, 9),
    (_T, "T-一般-2"): ("deaths", 1, 2),
    (_P, "P-较大-3a"): ("ill", 10, 29),
    (_P, "P-较大-8a"): ("ill", 10, 49),
    (_P, "P-较大-8b"): ("deaths", 1, 4),
    (_P, "P-一般-1"): ("ill", 1, 9),
    (_P, "P-一般-2"): ("ill", 1, 9),
    (_P, "P-一般-3"): ("ill", 30, 99),
    (_P, "P-一般-4"): ("ill", 1, 9),
}
