"""Collected scripts ask for hashed names alone: whatever a browser keeps for a year must change its name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


@pytest.fixture
def collected(settings: Any, tmp_path: Path) -> Path:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "diarysite.static_files.HashedStaticFiles"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    return tmp_path


def test_scripts_import_one_another_by_hashed_names(collected: Path) -> None:
    hashed = re.compile(r"\.[0-9a-f]{12}\.js$")
    imported = {
        name
        for path in (collected / "js").glob("*.js")
        if hashed.search(path.name)
        for name in re.findall(r'from "(\./[^"]+)"', path.read_text())
    }
    assert imported
    assert all(hashed.search(name) for name in imported)
    assert all((collected / "js" / name).is_file() for name in imported)
