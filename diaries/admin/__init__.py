"""The staff's pages about reports, acts, people and drawings: no word of a diary is on them; acts call services."""

from diaries.admin import acts, drawings, people, reports

__all__ = ["acts", "drawings", "people", "reports"]
