"""Saving pages: versions, what is sent twice, and which save asks for a drawing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from diaries.models import Entry, Mode, User
from diaries.services import entries
from diaries.services.accounts import Suspended, change_settings
from illustration import queue
from illustration.models import Illustration, Priority, Status, Style
from tests.diaries.writing import BODY, create, finish_all, statuses, update

pytestmark = pytest.mark.django_db


# Saving


def test_a_new_page_asks_for_one_drawing_of_its_version(author: User) -> None:
    saved = create(author, title="Sea", weather="sunny", mood="happy")
    (row,) = saved.entry.drawings()
    assert (row.text, row.title, row.weather, row.mood) == (BODY, "Sea", "sunny", "happy")
    assert (row.requester, row.priority, row.entry_tie.entry_version) == (author.id.hex, Priority.SAVED, 1)
    assert saved.refusal == ""


@pytest.mark.parametrize(
    ("changes", "asks"),
    [
        ({"title": "Another"}, True),
        ({"body": "Something else."}, True),
        ({"weather": "rainy"}, True),
        ({"mood": "sad"}, True),
        ({"written_on": "yesterday"}, False),
        ({}, False),
        ({"body": BODY + "\r\n"}, True),
    ],
)
def test_a_save_asks_for_a_drawing_when_something_drawn_has_changed(
    changes: dict[str, Any], asks: bool, author: User
) -> None:
    entry = create(author).entry
    if "written_on" in changes:
        changes = {"written_on": author.today() - timedelta(days=1)}
    saved = update(entry, **changes)
    assert saved.entry.version == 2
    assert statuses(entry) == (["queued", "stale"] if asks else ["queued"])


def test_another_style_asks_for_a_drawing_in_it(author: User) -> None:
    entry = create(author).entry
    update(entry, style=Style.objects.get(slug="pixel"))
    assert entry.drawings().get(status=Status.QUEUED).style.slug == "pixel"


def test_a_finished_picture_outlives_the_text_it_was_drawn_from(author: User) -> None:
    entry = create(author).entry
    finish_all()
    update(entry, body="Something else.")
    assert statuses(entry) == ["queued", "ready"]
    first = Entry.objects.with_picture().get(pk=entry.pk).picture_id
    finish_all()
    assert Entry.objects.with_picture().get(pk=entry.pk).picture_id != first


def test_an_old_version_is_refused_and_the_new_one_told(author: User) -> None:
    entry = create(author).entry
    update(entry, body="The first tab.")
    with pytest.raises(entries.StaleVersion) as refused:
        update(entry, version=1, body="The second tab.")
    assert (refused.value.current.version, refused.value.current.body) == (2, "The first tab.")
    assert statuses(entry) == ["queued", "stale"]


def test_a_new_page_sent_twice_is_one_page_and_one_drawing(author: User) -> None:
    key = uuid4()
    first, again = create(author, entry_id=key), create(author, entry_id=key)
    assert first.entry.pk == again.entry.pk == key
    assert (Entry.objects.count(), statuses(first.entry)) == (1, ["queued"])


def test_a_new_page_sent_again_with_other_words_loses_neither_text(author: User) -> None:
    key = uuid4()
    create(author, entry_id=key)
    with pytest.raises(entries.StaleVersion) as refused:
        create(author, entry_id=key, body="I went back and wrote on.")
    assert refused.value.current.body == Entry.objects.get().body == BODY


def test_the_second_press_says_why_nothing_is_drawn(author: User, settings: Any) -> None:
    settings.DRAWINGS_A_DAY = 1
    create(author)
    key = uuid4()
    assert [create(author, entry_id=key).refusal for _ in range(2)] == ["daily_limit"] * 2


def test_the_id_of_somebody_elses_page_leaves_that_page_alone(author: User, stranger: User) -> None:
    theirs = create(stranger, body="Theirs.").entry
    mine = create(author, entry_id=theirs.pk).entry
    assert mine.pk != theirs.pk
    theirs.refresh_from_db()
    assert (theirs.author, theirs.body, theirs.version) == (stranger, "Theirs.", 1)
    assert mine.author == author


def test_a_change_sent_twice_is_saved_once(author: User) -> None:
    entry = create(author).entry
    for _ in range(2):
        saved = update(entry, version=1, body="Pressed twice.")
        assert (saved.entry.version, saved.entry.body, saved.refusal) == (2, "Pressed twice.", "")
    assert statuses(entry) == ["queued", "stale"]


def test_a_page_that_was_deleted_elsewhere_cannot_be_saved(author: User) -> None:
    entry = create(author).entry
    stale = Entry.objects.select_related("author", "style").get(pk=entry.pk)
    entries.delete_entry(entry=entry)
    with pytest.raises(Entry.DoesNotExist):
        entries.update_entry(entry=stale, version=1, written_on=stale.written_on, body="x", style=stale.style)


@pytest.mark.parametrize("body", ["", " \n", "a" * 10_001, "a\x00b", "\ud800"])
def test_an_unfit_text_is_refused_and_nothing_is_saved(body: str, author: User) -> None:
    with pytest.raises(ValidationError):
        create(author, body=body)
    assert not Entry.objects.exists()
    assert not Illustration.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        *"\u00a0\u00ad\u034f\u1160\u200b\u200c\u200d\u200e\u2028\u202e\u2060\u2800\u3000\u3164\ufe0e\ufe0f\ufeff\uffa0",
        *"\x01\x08\x1b\x1f\x7f\x85\U000e0020\U000e0100",
        "\u200b \ufeff\n\u2060\u200d\ufe0f\t",
    ],
    ids=ascii,
)
def test_a_text_that_nobody_can_see_is_empty(body: str, author: User) -> None:
    with pytest.raises(ValidationError) as refused:
        create(author, body=body)
    assert refused.value.code == "empty"
    assert create(author, body="seen", title=body).entry.title == ""


@pytest.mark.parametrize(
    "body", ["👨‍👩‍👧‍👦", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "‍🙂", "ㅋ", "\u1112", ".", "\u0301", "می‌خواهم"], ids=ascii
)
def test_what_can_be_seen_is_kept_with_what_joins_it(body: str, author: User) -> None:
    assert create(author, body=body, title=body).entry.body == body


def test_control_characters_are_taken_out(author: User) -> None:
    """What keyboards and word processors leave in a text is not the writer's doing."""
    body = "안\x08녕\x01\x1b\x7f\x9f\tnew\x0bline\x0cpage\x85next\r\nlast\rend\n"
    entry = create(author, body=body, title="one\x08\x0btwo \x1b").entry
    assert entry.body == "안녕\tnew\nline\npage\nnext\nlast\nend\n"
    assert entry.title == "one two"


def test_ten_thousand_syllables_typed_as_jamo_fit(author: User) -> None:
    assert create(author, body="\u1112\u1161\u11ab" * 10_000).entry.body == "한" * 10_000


def test_a_suspended_writer_reads_and_deletes_but_does_not_write(author: User) -> None:
    entry = create(author).entry
    author.suspended_at = datetime.now(UTC)
    author.save()
    with pytest.raises(Suspended):
        create(author)
    with pytest.raises(Suspended):
        update(entry, body="x")
    entries.delete_entry(entry=entry)
    assert not Illustration.objects.exists()


def test_a_suspension_between_sign_in_and_save_holds(author: User) -> None:
    User.objects.filter(pk=author.pk).update(suspended_at=datetime.now(UTC))
    assert author.suspended_at is None, "as the request read it"
    with pytest.raises(Suspended):
        create(author)
    assert not Entry.objects.exists()


def test_a_stop_between_sign_in_and_save_holds(author: User) -> None:
    User.objects.filter(pk=author.pk).update(drawing_stopped_until=datetime.now(UTC) + timedelta(days=1))
    saved = create(author)
    assert (saved.refusal, statuses(saved.entry)) == ("drawing_stopped", [])


# Whether to draw


def test_never_drawn_means_no_drawing_and_takes_back_what_waits(author: User) -> None:
    assert statuses(create(author, mode=Mode.NEVER).entry) == []
    entry = create(author).entry
    update(entry, mode=Mode.NEVER)
    assert statuses(entry) == ["stale"]


def test_a_page_that_shall_be_drawn_after_all_is(author: User) -> None:
    entry = create(author).entry
    update(entry, mode=Mode.NEVER)
    update(entry, mode=Mode.DRAW)
    assert statuses(entry) == ["queued", "stale"]
    update(entry, mode=Mode.NEVER)
    finish_all()
    drawn = create(author).entry
    finish_all()
    update(drawn, mode=Mode.NEVER)
    update(drawn, mode=Mode.DRAW)
    assert statuses(drawn) == ["ready"], "it has its picture already"


def test_a_page_changed_while_it_was_not_to_be_drawn_is_drawn_from_what_it_says_now(author: User) -> None:
    entry = create(author).entry
    finish_all()
    update(entry, mode=Mode.NEVER, body="Something else.")
    update(entry, mode=Mode.DRAW)
    assert statuses(entry) == ["queued", "ready"]
    assert entry.drawings().get(status=Status.QUEUED).text == "Something else."


def test_switching_drawing_off_takes_back_what_waits_and_what_is_drawn(author: User, stranger: User) -> None:
    held, waiting, other = create(author).entry, create(author).entry, create(stranger).entry
    (row,) = queue.claim(free=1, in_hand=[], worker="here:1")
    assert row.entry_tie.entry == held
    change_settings(user=author, changes={"language": "ko"})
    assert statuses(waiting) == ["queued"]
    change_settings(user=author, changes={"draws_pictures": False})
    assert statuses(held) == statuses(waiting) == ["stale"]
    assert set(Illustration.objects.filter(status=Status.STALE).values_list("text", flat=True)) == {""}
    assert statuses(other) == ["queued"]


def test_a_writer_who_wants_no_ai_gets_none_and_no_reproach(author: User) -> None:
    author.draws_pictures = False
    author.save()
    saved = create(author)
    assert (saved.refusal, statuses(saved.entry)) == ("", [])
