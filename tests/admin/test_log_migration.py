"""Names that Django's own log kept before are blanked when the site is brought up to date."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from diaries.models import User
from illustration.models import Style


@pytest.mark.django_db
def test_names_of_accounts_are_blanked_and_other_lines_stay(administrator: User, style: Style) -> None:
    for row in (administrator, style):
        LogEntry.objects.create(
            user=administrator,
            content_type=ContentType.objects.get_for_model(row),
            object_id=str(row.pk),
            object_repr=str(row),
            action_flag=CHANGE,
        )
    migration = import_module("diaries.migrations.0006_names_out_of_the_log")
    migration.blank(apps, connection.schema_editor())
    kept = {entry.object_id: entry.object_repr for entry in LogEntry.objects.all()}
    assert kept == {str(administrator.pk): "", str(style.pk): str(style)}
