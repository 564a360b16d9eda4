"""People, their entries, and the ties between entries and pictures."""

from diaries.models.cast_member import CastMember, Relation
from diaries.models.draft import Draft
from diaries.models.drawing_day import DrawingDay
from diaries.models.entry import Entry, EntryIllustration, Mode, Mood, Weather
from diaries.models.photo import Photo
from diaries.models.report import Action, AppendOnly, ModerationAct, Notice, Outcome, Reason, Report
from diaries.models.request_key import RequestKey
from diaries.models.tag import Tag
from diaries.models.user import Look, Paper, User

__all__ = [
    "Action",
    "AppendOnly",
    "CastMember",
    "Draft",
    "DrawingDay",
    "Entry",
    "EntryIllustration",
    "Look",
    "Mode",
    "ModerationAct",
    "Mood",
    "Notice",
    "Outcome",
    "Paper",
    "Photo",
    "Reason",
    "Relation",
    "Report",
    "RequestKey",
    "Tag",
    "User",
    "Weather",
]
