"""Drawings as an app sees them: how far they are, what may be asked, pictures with their ETags, reports."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.utils import timezone
from PIL import Image
from rest_framework.test import APIClient

from diaries.models import Entry, Report, User
from illustration import progress, queue
from illustration.models import Illustration, Status, Worker
from tests.api.apps import V1, day, is_problem
from tests.factories import EntryFactory, EntryIllustrationFactory

pytestmark = pytest.mark.django_db


def of(tie: Any, name: str = "") -> str:
    return f"{V1}/entries/{tie.entry_id}/drawings/{tie.illustration_id}/{name}"


@pytest.fixture
def ready(author: User) -> Any:
    return EntryIllustrationFactory(entry__author=author, illustration__ready=True)


@pytest.fixture
def failed(author: User) -> Any:
    return EntryIllustrationFactory(entry__author=author, illustration__failed=True)


@pytest.fixture
def waiting(author: User) -> Any:
    return EntryIllustrationFactory(entry__author=author)


def test_a_waiting_drawing_tells_its_place_and_that_nothing_can_draw_now(
    mine: APIClient, waiting: Any
) -> None:
    found = mine.get(of(waiting)).json()
    assert (found["status"], found["entry_version"], found["chosen"]) == ("queued", 1, False)
    assert found["progress"] == {
        "place": 1,
        "seconds": None,
        "step": 0,
        "steps": 20,
        "preview_url": None,
        "poll_after_seconds": 12,
    }
    assert (found["picture_url"], found["thumbnail_url"], found["finished_at"]) == (None, None, None)


def test_a_drawing_under_way_tells_its_steps_and_shows_a_preview(
    mine: APIClient, waiting: Any, shared_cache: None
) -> None:
    now = timezone.now()
    Worker.objects.create(name="w", started_at=now, last_seen_at=now, ready=True, seconds_per_picture=8)
    EntryIllustrationFactory(entry=waiting.entry)
    before = mine.get(of(waiting)).json()["progress"]
    assert (before["place"], before["seconds"] is not None) == (1, True)
    row = queue.claim(free=1, in_hand=[], worker="w")[0]
    assert row.pk == waiting.illustration_id
    is_problem(mine.get(of(waiting, "preview/")), 404, "not_found")
    progress.publish(row.pk, step=7, steps=20, preview=Image.new("RGB", (16, 16), "red"))
    found = mine.get(of(waiting)).json()
    assert found["status"] == "drawing"
    assert (found["progress"]["step"], found["progress"]["steps"], found["progress"]["place"]) == (7, 20, 0)
    assert found["progress"]["poll_after_seconds"] == 1
    preview = mine.get(found["progress"]["preview_url"])
    assert Image.open(BytesIO(preview.content)).size == (16, 16)
    same = mine.get(found["progress"]["preview_url"], headers={"If-None-Match": preview.headers["ETag"]})
    assert (same.status_code, same.content) == (304, b"")


def test_a_ready_drawing_tells_what_the_painter_was_asked_for(mine: APIClient, ready: Any) -> None:
    asked = {
        "word": "poodle",
        "kind": "animal",
        "state": "broader",
        "said": "푸들",
        "ko": "푸들",
        "en": "poodle",
    }
    drawn = {"drawn_ko": "개", "drawn_en": "dog", "count": 3, "drawn_count": 2}
    scene = {"language": "ko", "asked": [{**asked, **drawn}]}
    Illustration.objects.filter(pk=ready.illustration_id).update(scene=scene)
    expected = {
        "word": "푸들",
        "key": "poodle",
        "kind": "animal",
        "state": "broader",
        "drawn": "개",
        "said": "푸들",
        "count": 3,
        "drawn_count": 2,
    }
    User.objects.update(language="ko")
    assert mine.get(of(ready)).json()["asked"] == [expected]
    User.objects.update(language="en")
    assert mine.get(of(ready)).json()["asked"] == [{**expected, "word": "poodle", "drawn": "dog"}]
    Illustration.objects.filter(pk=ready.illustration_id).update(hidden_at=timezone.now())
    assert mine.get(of(ready)).json()["asked"] == []


def test_a_picture_and_its_thumbnail_are_sent_once(mine: APIClient, ready: Any) -> None:
    found = mine.get(of(ready)).json()
    assert found["progress"] is None
    for name in ("picture", "thumbnail"):
        response = mine.get(found[f"{name}_url"])
        data = b"".join(response.streaming_content)
        assert Image.open(BytesIO(data)).format == "WEBP"
        assert response.headers["Content-Type"] == "image/webp"
        assert response.headers["Cache-Control"] == "private, no-cache"
        again = mine.get(found[f"{name}_url"], headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == response.headers["ETag"]
        for other in ('"other"', "W/" + response.headers["ETag"] + ', "other"', "nonsense", "\u00e9"):
            assert mine.get(found[f"{name}_url"], headers={"If-None-Match": other}).status_code in {200, 304}


@pytest.mark.parametrize("name", ["If-Match", "If-Unmodified-Since", "If-Modified-Since"])
def test_a_picture_is_sent_whatever_other_conditions_come_along(
    mine: APIClient, ready: Any, name: str
) -> None:
    sent = {"If-Match": '"other"'}.get(name, "Thu, 01 Jan 1970 00:00:00 GMT")
    assert mine.get(of(ready, "picture/"), headers={name: sent}).status_code == 200


def test_a_hidden_picture_is_told_and_not_sent(mine: APIClient, ready: Any) -> None:
    Illustration.objects.update(hidden_at=timezone.now(), hidden_reason="scary")
    found = mine.get(of(ready)).json()
    assert (found["hidden_reason"], found["picture_url"]) == ("scary", None)
    for name in ("picture/", "thumbnail/", "preview/"):
        is_problem(mine.get(of(ready, name)), 404, "not_found")
    is_problem(mine.post(of(ready, "choose/")), 409, "not_ready")


def test_a_picture_whose_file_is_gone_is_not_there(mine: APIClient, ready: Any) -> None:
    Illustration.objects.update(picture="00/gone.webp", thumbnail="00/gone2.webp")
    for name in ("picture/", "thumbnail/"):
        is_problem(mine.get(of(ready, name)), 404, "not_found")


def test_a_page_is_drawn_anew_in_another_style(mine: APIClient, ready: Any) -> None:
    address = f"{V1}/entries/{ready.entry_id}/drawings/"
    response = mine.post(address, {"style": "pixel"})
    assert response.status_code == 201
    assert (response.json()["style"], response.json()["status"]) == ("pixel", "queued")
    assert [row["id"] for row in mine.get(address).json()] == [
        response.json()["id"],
        str(ready.illustration_id),
    ]
    is_problem(mine.post(address), 409, "already_waiting")
    assert is_problem(mine.post(address, {"style": "oil"}), 422, "invalid")["errors"][0]["field"] == "style"
    assert Illustration.objects.count() == 2


def test_a_page_is_drawn_in_every_style_at_once(mine: APIClient, waiting: Any, settings: Any) -> None:
    address = f"{V1}/entries/{waiting.entry_id}/drawings/"
    settings.DRAWINGS_A_DAY = 2
    is_problem(mine.post(f"{address}all-styles/"), 409, "too_few_for_all")
    settings.DRAWINGS_A_DAY, settings.DRAWINGS_WAITING = 4, 3
    is_problem(mine.post(f"{address}all-styles/"), 409, "no_room_for_all")
    settings.DRAWINGS_WAITING = 4
    response = mine.post(f"{address}all-styles/")
    assert response.status_code == 201
    assert {row["style"] for row in response.json()} == {"watercolour", "storybook", "pixel"}
    assert {(row["status"], row["progress"]["step"]) for row in response.json()} == {("queued", 0)}
    assert len(mine.get(address).json()) == 4
    is_problem(mine.post(f"{address}all-styles/"), 409, "already_waiting")


def test_a_failed_drawing_is_tried_again_with_its_seed(mine: APIClient, failed: Any) -> None:
    found = mine.get(of(failed)).json()
    assert (found["status"], found["failure_code"], found["progress"]) == ("failed", "worker_lost", None)
    seed = Illustration.objects.get().seed
    response = mine.post(of(failed, "retry/"))
    assert (response.status_code, response.json()["status"]) == (200, "queued")
    assert Illustration.objects.get().seed == seed
    is_problem(mine.post(of(failed, "retry/")), 409, "not_failed")


def test_a_waiting_drawing_is_taken_back(mine: APIClient, waiting: Any, ready: Any) -> None:
    assert mine.post(of(waiting, "cancel/")).json()["status"] == "stale"
    is_problem(mine.post(of(waiting, "cancel/")), 409, "not_waiting")
    is_problem(mine.post(of(ready, "cancel/")), 409, "not_waiting")


def test_a_ready_drawing_is_chosen_and_a_waiting_one_is_not(mine: APIClient, ready: Any) -> None:
    assert mine.post(of(ready, "choose/")).json()["chosen"] is True
    assert Entry.objects.get().chosen_id == ready.illustration_id
    other = EntryIllustrationFactory(entry=ready.entry)
    is_problem(mine.post(of(other, "choose/")), 409, "not_ready")


def test_a_drawing_is_deleted(mine: APIClient, ready: Any) -> None:
    assert mine.delete(of(ready)).status_code == 204
    is_problem(mine.get(of(ready)), 404, "not_found")
    is_problem(mine.delete(of(ready)), 404, "not_found")
    assert mine.get(f"{V1}/entries/{ready.entry_id}/").json()["picture"] is None


@pytest.mark.parametrize(
    ("code", "status", "changes"),
    [
        ("daily_limit", 409, {"drawings_a_day": 0}),
        ("drawing_off", 409, {"draws_pictures": False}),
        ("drawing_stopped", 403, {"drawing_stopped_until": timezone.now() + timezone.timedelta(days=1)}),
    ],
)
def test_a_refusal_has_its_own_code(
    mine: APIClient, author: User, ready: Any, code: str, status: int, changes: dict[str, Any]
) -> None:
    User.objects.filter(pk=author.pk).update(**changes)
    is_problem(mine.post(f"{V1}/entries/{ready.entry_id}/drawings/"), status, code)
    assert mine.get(f"{V1}/me/").json()["drawings"]["refusal"] == code
    assert mine.post(f"{V1}/entries/", day()).status_code == 201
    assert Illustration.objects.count() == 1


def test_too_many_waiting_and_never_drawn_have_their_own_codes(
    mine: APIClient, author: User, ready: Any, settings: Any
) -> None:
    settings.DRAWINGS_WAITING = 1
    EntryIllustrationFactory(entry__author=author)
    is_problem(mine.post(f"{V1}/entries/{ready.entry_id}/drawings/"), 409, "too_many_waiting")
    never = EntryFactory(author=author, mode="never")
    is_problem(mine.post(f"{V1}/entries/{never.pk}/drawings/"), 409, "never_drawn")


# Reports.


def test_a_picture_is_reported_and_what_became_of_it_is_told(mine: APIClient, ready: Any) -> None:
    response = mine.post(of(ready, "report/"), {"reason": "scary", "note": "too dark"})
    assert response.status_code == 201
    found = response.json()
    assert (found["drawing"], found["status"], found["outcome"]) == (str(ready.illustration_id), "open", "")
    assert found["decided_at"] is None
    again = mine.post(of(ready, "report/"), {"reason": "other"}).json()
    assert again["id"] == found["id"]
    now = timezone.now()
    Report.objects.update(status="decided", outcome="hidden", decided_at=now)
    listed = mine.get(f"{V1}/reports/").json()
    assert [(row["id"], row["status"], row["outcome"]) for row in listed["results"]] == [
        (found["id"], "decided", "hidden")
    ]
    assert listed["next"] is None


@pytest.mark.parametrize(
    ("sent", "field"),
    [({}, "reason"), ({"reason": "dull"}, "reason"), ({"reason": "scary", "note": "x" * 501}, "note")],
)
def test_a_report_that_does_not_fit_is_told(
    mine: APIClient, ready: Any, sent: dict[str, str], field: str
) -> None:
    found = is_problem(mine.post(of(ready, "report/"), sent), 422, "invalid")
    assert [error["field"] for error in found["errors"]] == [field]
    assert not Report.objects.exists()


def test_only_a_finished_picture_can_be_reported(mine: APIClient, waiting: Any) -> None:
    is_problem(mine.post(of(waiting, "report/"), {"reason": "scary"}), 404, "not_found")
    assert Illustration.objects.get().status == Status.QUEUED


def test_reports_are_listed_by_cursor_and_only_ones_own(
    mine: APIClient, theirs: APIClient, author: User
) -> None:
    for _ in range(3):
        tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
        mine.post(of(tie, "report/"), {"reason": "wrong"})
    first = mine.get(f"{V1}/reports/?limit=2").json()
    second = mine.get(first["next"]).json()
    assert len({row["id"] for row in first["results"] + second["results"]}) == 3
    assert second["next"] is None
    assert theirs.get(f"{V1}/reports/").json()["results"] == []
