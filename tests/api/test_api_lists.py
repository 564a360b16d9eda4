"""What there is to choose from, in the reader's language, and a month at a glance."""

from __future__ import annotations

from datetime import date

import pytest
from rest_framework.test import APIClient

from diaries.models import Mood, User, Weather
from illustration.models import Style
from tests.api.apps import V1, app_of, is_problem
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db


def test_styles_moods_and_weathers_are_named_as_accept_language_asks(nobody: APIClient) -> None:
    styles = {}
    for language in ("ko", "en"):
        headers = {"Accept-Language": language}
        styles[language] = nobody.get(f"{V1}/styles/", headers=headers).json()
        moods = nobody.get(f"{V1}/moods/", headers=headers).json()
        assert [row["code"] for row in moods] == Mood.values
        weathers = nobody.get(f"{V1}/weathers/", headers=headers).json()
        assert [row["code"] for row in weathers] == Weather.values
    active = list(Style.objects.filter(active=True))
    assert [row["code"] for row in styles["ko"]] == [style.slug for style in active]
    assert [row["name"] for row in styles["ko"]] == [style.name_ko for style in active]
    assert [row["name"] for row in styles["en"]] == [style.name_en for style in active]
    assert styles["en"][0]["sample_url"] == f"http://testserver/styles/{active[0].slug}/sample.webp"


def test_the_accounts_language_comes_first(author: User) -> None:
    User.objects.filter(pk=author.pk).update(language="ko")
    response = app_of(author).get(f"{V1}/styles/", headers={"Accept-Language": "en"})
    assert response.json()[0]["name"] == Style.objects.filter(active=True)[0].name_ko
    assert response.headers["Content-Language"] == "ko"


def test_a_style_that_is_offered_no_more_is_not_listed(nobody: APIClient) -> None:
    Style.objects.filter(slug="pixel").update(active=False)
    assert "pixel" not in [row["code"] for row in nobody.get(f"{V1}/styles/").json()]


def test_a_month_is_told_in_one_call(mine: APIClient, author: User) -> None:
    first = EntryFactory(author=author, mood="happy", weather="sunny")
    second = EntryFactory(author=author, title="Later")
    EntryFactory(author=author, written_on=date(2026, 5, 1))
    EntryFactory(written_on=date(2026, 4, 6))
    tie = EntryIllustrationFactory(entry=first, illustration__ready=True)
    EntryIllustrationFactory(entry=second)
    found = mine.get(f"{V1}/calendar/2026/4/").json()
    assert (found["month"], found["today"]) == ("2026-04", author.today().isoformat())
    assert [row["date"] for row in found["days"]] == ["2026-04-05"]
    one, two = found["days"][0]["entries"]
    assert (one["id"], one["mood"], one["weather"], one["is_being_drawn"]) == (
        str(first.pk),
        "happy",
        "sunny",
        False,
    )
    assert one["thumbnail_url"].endswith(f"/{first.pk}/drawings/{tie.illustration_id}/thumbnail/")
    assert mine.get(one["thumbnail_url"]).status_code == 200
    assert (two["title"], two["is_being_drawn"], two["thumbnail_url"]) == ("Later", True, None)


@pytest.mark.parametrize(
    "path", ["1899/12", "2026/0", "2026/13", "10000/1", "9" * 400 + "/1", "2026/-1", "x/1"]
)
def test_a_month_that_is_none_is_not_found(mine: APIClient, path: str) -> None:
    is_problem(mine.get(f"{V1}/calendar/{path}/"), 404, "not_found")
