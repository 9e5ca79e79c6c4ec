"""Polygons and circles of areas: whether they are such, and told in words; nothing is drawn from them."""

from __future__ import annotations

import re

from bot.exchange.cap.model import Area

_NUMBER = r"[-+]?\d{1,3}(?:\.\d{1,12})?"
_PAIR = re.compile(rf"({_NUMBER}),({_NUMBER})\Z")
_CIRCLE = re.compile(rf"({_NUMBER}),({_NUMBER}) +(\d{{1,5}}(?:\.\d{{1,9}})?)\Z")


def points(polygon: str) -> list[tuple[float, float]] | None:
    """Return the corners of a polygon, latitude first, the first one again at the end; None where it is none."""
    found = [_PAIR.match(pair) for pair in polygon.split()]
    corners = [(float(match[1]), float(match[2])) for match in found if match]
    whole = len(corners) == len(found) and len(corners) >= 4 and corners[0] == corners[-1]
    return corners if whole and all(_on_earth(*corner) for corner in corners) else None


def disc(circle: str) -> tuple[float, float, float] | None:
    """Return latitude, longitude and radius in kilometres of a circle; None where it is none."""
    match = _CIRCLE.match(" ".join(circle.split()))
    if match is None or not _on_earth(float(match[1]), float(match[2])):
        return None
    return float(match[1]), float(match[2]), float(match[3])


def _on_earth(latitude: float, longitude: float) -> bool:
    return -90 <= latitude <= 90 and -180 <= longitude <= 180


def told(area: Area) -> tuple[str, ...]:
    """Return what an area draws, a phrase each: how many corners, and how far it reaches."""
    phrases = []
    for polygon in area.polygons:
        corners = points(polygon)
        if corners is None:
            phrases.append("多边形（坐标读不出）")
            continue
        south, north = min(lat for lat, _ in corners), max(lat for lat, _ in corners)
        west, east = min(lon for _, lon in corners), max(lon for _, lon in corners)
        phrases.append(f"多边形（{len(corners) - 1}个顶点，纬度{south:.2f}至{north:.2f}，经度{west:.2f}至{east:.2f}）")
    for circle in area.circles:
        found = disc(circle)
        phrases.append(
            "圆（坐标读不出）"
            if found is None
            else f"圆（中心纬度{found[0]:.2f}、经度{found[1]:.2f}，半径{found[2]:g}公里）"
        )
    return tuple(phrases)
