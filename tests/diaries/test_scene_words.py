"""The words of a scene as its writer reads them: chips, what is to be seen, what each drawing is told as."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone, translation

from diaries.models import User
from diaries.scene_words import Chip, chips, seen
from illustration.models import Style
from tests.factories import EntryIllustrationFactory

pytestmark = pytest.mark.django_db

ASKED = {
    "asked": [
        {"word": "me", "kind": "person", "state": "drawn", "ko": "나", "en": "me"},
        {
            "word": "poodle",
            "kind": "animal",
            "state": "broader",
            "said": "푸들",
            "ko": "푸들",
            "en": "poodle",
            "drawn_ko": "개",
            "drawn_en": "dog",
        },
        {
            "word": "teddy",
            "kind": "animal",
            "state": "broader",
            "ko": "곰돌이",
            "en": "teddy",
            "drawn_ko": "곰",
            "drawn_en": "bear",
        },
        {
            "word": "tteokbokki",
            "kind": "food",
            "state": "no_word",
            "ko": "떡볶이",
            "en": "tteokbokki",
            "count": 2,
        },
    ]
}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                ("me", "drawn", ""),
                ("poodle", "broader", "dog"),
                ("teddy", "broader", "bear"),
                ("tteokbokki", "no_word", ""),
            ],
        ),
        (
            "ko",
            [
                ("나", "drawn", ""),
                ("푸들", "broader", "개로"),
                ("곰돌이", "broader", "곰으로"),
                ("떡볶이", "no_word", ""),
            ],
        ),
    ],
)
def test_chips_speak_the_readers_language(language: str, words: list[tuple[str, str, str]]) -> None:
    with translation.override(language):
        found = chips(ASKED)
    assert [(chip.word, chip.state, chip.drawn_as) for chip in found] == words
    assert found[1].said == "푸들"
    assert found[3].count == 2
    assert seen(found) == ("me, dog, bear" if language == "en" else "나, 개, 곰")


@pytest.mark.parametrize(
    ("language", "together", "listed", "unknown"),
    [
        (
            "en",
            "Drawing with me, dog, bear, Crayon",
            "Drawing 1 with me, dog, bear, Crayon",
            "Drawing 2, Pixel",
        ),
        ("ko", "크레용 그림: 나, 개, 곰", "1번째 그림, 크레용: 나, 개, 곰", "2번째 그림, 픽셀"),
    ],
)
def test_every_drawing_says_what_is_in_it(
    author: User,
    signed_in: Callable[[User], Client],
    language: str,
    together: str,
    listed: str,
    unknown: str,
) -> None:
    User.objects.update(language=language)
    at = timezone.now()
    drawn = {"entry__author": author, "illustration__ready": True, "illustration__requested_at": at}
    tie = EntryIllustrationFactory(illustration__id=UUID(int=1), illustration__scene=ASKED, **drawn)
    pixel = Style.objects.get(slug="pixel")
    EntryIllustrationFactory(
        entry=tie.entry, illustration__id=UUID(int=2), illustration__style=pixel, **drawn
    )
    alts = re.findall(
        r'<img [^>]*alt="([^"]+)"', signed_in(author).get(f"/entries/{tie.entry_id}/").content.decode()
    )
    assert {together, listed, unknown} <= set(alts)


def test_a_scene_of_the_old_shape_shows_what_its_text_said() -> None:
    scene = {
        "language": "en",
        "who": [{"said": "", "drawn": "girl"}],
        "what": [{"said": "poodle", "drawn": "dog"}],
        "where": {"said": "", "drawn": "castle"},
        "when": None,
        "weather": {"said": "sunny", "drawn": "sunny"},
        "mood": "excited",
        "action": {"said": "rode", "drawn": "riding"},
    }
    assert chips(scene) == [Chip("poodle", "unknown"), Chip("sunny", "unknown")]


@pytest.mark.parametrize(
    "scene",
    [
        {},
        {"who": [1]},
        {"what": "dog"},
        {"where": {"drawn": "x"}},
        {"mood": "?"},
        {"asked": [1]},
        {"asked": [{"en": "x"}]},
    ],
)
def test_data_that_is_no_scene_gives_no_chips(scene: dict[str, object]) -> None:
    assert chips(scene) == []


def test_what_could_not_be_seen_anyway_is_told_in_one_calm_line(
    author: User, signed_in: Callable[[User], Client]
) -> None:
    asked = [
        {"word": "dog", "kind": "animal", "state": "drawn", "ko": "강아지", "en": "dog"},
        {"word": "eating", "kind": "action", "state": "no_word", "ko": "먹다", "en": "eating"},
        {"word": "happy", "kind": "mood", "state": "no_word", "ko": "기쁨", "en": "happy"},
        {"word": "jam", "kind": "food", "state": "no_word", "ko": "잼", "en": "jam"},
    ]
    tie = EntryIllustrationFactory(
        entry__author=author,
        illustration__ready=True,
        illustration__scene={"language": "en", "asked": asked},
    )
    page = signed_in(author).get(f"/entries/{tie.entry_id}/").content.decode()
    assert "Read as well, but not to be seen: eating, happy" in page
    chips = page[page.index('<ul class="chips"') : page.index("</ul>", page.index('<ul class="chips"'))]
    assert "dog" in chips
    assert "jam" in chips
    assert "eating" not in chips
