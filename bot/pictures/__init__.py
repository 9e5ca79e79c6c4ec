"""Pictures: an incident's clocks and answers, how all bearers stand with their duties, a month of figures."""

from bot.pictures.duties import DutyMatrix, duties_picture
from bot.pictures.incident import incident_picture, incident_title
from bot.pictures.month import month_picture
from bot.pictures.picture import WIDTH, NotDrawn, Picture, png

__all__ = [
    "WIDTH",
    "DutyMatrix",
    "NotDrawn",
    "Picture",
    "duties_picture",
    "incident_picture",
    "incident_title",
    "month_picture",
    "png",
]
