"""Pictures: an incident's clocks and answers, how all bearers stand with their duties, a month of figures."""

from bot.pictures.incident import incident_picture
from bot.pictures.picture import WIDTH, Picture

__all__ = ["WIDTH", "Picture", "incident_picture"]
