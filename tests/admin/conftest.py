"""A diary full of marked words, with a report on the moderators' desk."""

from __future__ import annotations

from typing import Any

import pytest
from PIL import Image

from diaries.models import Report, User
from diaries.services import moderation
from illustration import storage
from illustration.models import Illustration
from tests.factories import EntryFactory, EntryIllustrationFactory, UserFactory

CANARY = "quokka"


@pytest.fixture
def writer(db: None) -> User:
    """A writer whose every page holds the canary."""
    return UserFactory(email="writer@example.org", display_name="Writer Name")


@pytest.fixture
def diary(writer: User) -> list[Illustration]:
    """Pages with a finished, a failed and a waiting drawing; title, text, scene and prompts hold the canary."""
    words = {
        "scene": {"who": [{"said": CANARY, "drawn": CANARY}]},
        "prompt": f"crayon drawing, a {CANARY}",
        "negative_prompt": f"no {CANARY}",
    }
    drawings = []
    for trait in ({"ready": True}, {"failed": True}, {}):
        entry = EntryFactory(author=writer, title=f"A {CANARY}", body=f"I saw a {CANARY}.")
        held = {} if trait else {"title": entry.title, "text": entry.body}
        tie = EntryIllustrationFactory(
            entry=entry, **{f"illustration__{name}": value for name, value in (trait | words | held).items()}
        )
        drawings.append(tie.illustration)
    return drawings


@pytest.fixture
def report(writer: User, diary: list[Illustration]) -> Report:
    """The writer reported the finished picture, which has a face of hard edges."""
    picture = Image.new("RGB", (64, 64), "white")
    picture.paste("red", (8, 8, 24, 24))
    picture.paste("blue", (40, 8, 56, 24))
    picture.save(storage.full_path(diary[0].picture), "WEBP", lossless=True)
    return moderation.report_picture(
        reporter=writer, illustration_id=diary[0].pk, reason="scary", note="Those eyes."
    )


def page_of(response: Any) -> str:
    """Return what a page says."""
    return str(response.content.decode())
