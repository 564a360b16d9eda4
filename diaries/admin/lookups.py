"""What an address may ask of a list: Django answers questions about any column, and answers tell what is in it."""

from __future__ import annotations

from django.contrib.admin.options import ModelAdmin
from django.db.models.constants import LOOKUP_SEP
from django.http import HttpRequest


class FiltersOnly(ModelAdmin):  # type: ignore[type-arg]
    """A list that can be narrowed by its own filters and by nothing else: any other lookup is a 400."""

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        offered = {
            item[0] if isinstance(item, (tuple, list)) else item for item in self.get_list_filter(request)
        }
        return lookup.split(LOOKUP_SEP)[0] in offered and super().lookup_allowed(lookup, value, request)
