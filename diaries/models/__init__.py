"""People, their entries, and the ties between entries and pictures."""

from diaries.models.entry import Entry, EntryIllustration, Mode, Mood, Weather
from diaries.models.request_key import RequestKey
from diaries.models.user import User

__all__ = ["Entry", "EntryIllustration", "Mode", "Mood", "RequestKey", "User", "Weather"]
