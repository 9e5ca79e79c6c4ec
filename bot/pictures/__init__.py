"""Pictures: an incident's clocks and answers, how all bearers stand with their duties, a month of figures."""

from bot.pictures.duties import DutyMatrix, duties_picture
from bot.pictures.incident import incident_picture
from bot.pictures.month import month_picture
from bot.pictures.picture import WIDTH, Picture

__all__ = ["WIDTH", "DutyMatrix", "Picture", "duties_picture", "incident_picture", "month_picture"]
