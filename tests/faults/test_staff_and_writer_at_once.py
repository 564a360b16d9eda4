"""F20: staff and the writer act at once; one moderator wins, and the page keeps the drawing of what it says."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from django.db import connection

from diaries.models import Entry, ModerationAct, User
from diaries.services import drawings, entries, moderation, notices, operating
from illustration.models import UNFINISHED, Illustration
from tests.factories import EntryIllustrationFactory, UserFactory
from tests.faults.diary import edit, text_about

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("run", range(5))
@pytest.mark.parametrize("deleted", ["the drawing", "the page"])
def test_of_two_moderators_and_the_writer_at_once_one_moderator_wins(
    deleted: str, run: int, author: User, moderator: User
) -> None:
    other = UserFactory(is_staff=True)
    other.groups.set(moderator.groups.all())
    tie = EntryIllustrationFactory(entry__author=author, illustration__ready=True)
    report = moderation.report_picture(reporter=author, illustration_id=tie.illustration_id, reason="scary")
    start, answers = threading.Barrier(3), []

    def act(name: str, verb: Callable[[], object]) -> None:
        try:
            start.wait()
            verb()
            answers.append((name, "done"))
        except moderation.AlreadyDecided:
            answers.append((name, "late"))
        finally:
            connection.close()

    def by_writer() -> None:
        if deleted == "the page":
            entries.delete_entry(entry=Entry.objects.get(pk=tie.entry_id))
        else:
            drawings.delete_drawing(entry=tie.entry, illustration_id=tie.illustration_id)

    threads = [
        threading.Thread(target=act, args=args)
        for args in (
            ("kept", lambda: moderation.keep(actor=moderator, report=report, note="Fine.")),
            ("hidden", lambda: moderation.hide(actor=other, report=report, note="Not fine.")),
            ("writer", by_writer),
        )
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    verdicts = dict(answers)
    assert verdicts.pop("writer") == "done"
    assert sorted(verdicts.values()) == ["done", "late"]
    winner = next(name for name, answer in verdicts.items() if answer == "done")
    report.refresh_from_db()
    assert (report.status, report.outcome) == ("decided", winner)
    assert ModerationAct.objects.get().action == winner
    assert notices.notices_of(author).count() == (winner == "hidden")
    assert not Illustration.objects.exists()


@pytest.mark.parametrize("run", range(5))
def test_an_operators_retry_and_the_writers_change_leave_one_drawing_of_the_page_as_it_is(
    run: int, author: User, operator: User
) -> None:
    tie = EntryIllustrationFactory(entry__author=author, illustration__failed=True)
    start = threading.Barrier(2)

    def act(verb: Callable[[], object]) -> None:
        try:
            start.wait()
            verb()
        finally:
            connection.close()

    acts = (
        lambda: operating.retry_drawings(actor=operator, ids=[tie.illustration_id]),
        lambda: edit(tie.entry, "turtle"),
    )
    threads = [threading.Thread(target=act, args=(verb,)) for verb in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (waiting,) = tie.entry.drawings().filter(status__in=UNFINISHED)
    assert waiting.text == Entry.objects.get().body == text_about("turtle")
    assert waiting.entry_tie.entry_version == 2
