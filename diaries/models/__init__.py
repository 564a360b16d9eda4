"""People, their entries, and the ties between entries and pictures."""

from diaries.models.drawing_day import DrawingDay
from diaries.models.entry import Entry, EntryIllustration, Mode, Mood, Weather
from diaries.models.report import Action, AppendOnly, ModerationAct, Notice, Outcome, Reason, Report
from diaries.models.request_key import RequestKey
from diaries.models.user import User

__all__ = [
    "Action",
    "AppendOnly",
    "DrawingDay",
    "Entry",
    "EntryIllustration",
    "Mode",
    "ModerationAct",
    "Mood",
    "Notice",
    "Outcome",
    "Reason",
    "Report",
    "RequestKey",
    "User",
    "Weather",
]
