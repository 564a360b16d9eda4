"""What the fault tests do with a diary, through the services that the pages use, and what must hold afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

from diaries.models import Entry, User
from diaries.services import entries
from illustration import queue, services, storage
from illustration.models import UNFINISHED, Illustration, Status, Style

SUBJECTS = ("dog", "cat", "rabbit", "bird", "fish", "duck", "cow", "horse", "pig", "bear", "turtle")


def text_about(subject: str) -> str:
    """An English day from which one subject is read."""
    return f"I saw a {subject} at the park today."


def save(author: User, subject: str = "dog") -> Entry:
    """Save a new page that asks for a drawing."""
    style = Style.objects.get(slug="crayon")
    saved = entries.create_entry(
        author=author, written_on=author.today(), body=text_about(subject), style=style
    )
    assert saved.refusal == ""
    return saved.entry


def edit(entry: Entry, subject: str) -> Entry:
    """Save another subject into a page."""
    entry = Entry.objects.select_related("author", "style").get(pk=entry.pk)
    return entries.update_entry(
        entry=entry,
        version=entry.version,
        written_on=entry.written_on,
        body=text_about(subject),
        style=entry.style,
    ).entry


def sweep_and_ring() -> None:
    """Do what the light worker does on its clock."""
    if queue.sweep():
        services.ring()


def unfinished() -> int:
    """How many drawings wait or are being drawn."""
    return Illustration.objects.filter(status__in=UNFINISHED).count()


def status_of(entry: Entry) -> str:
    """The status of the page's newest drawing."""
    return entry.drawings()[0].status


def check_pictures(pages: Iterable[Entry]) -> None:
    """Every page has one picture of its present version, whole on disk, and no file belongs to nobody."""
    named: set[str] = set()
    for page in Entry.objects.filter(pk__in=[page.pk for page in pages]).with_picture():
        ready = list(page.drawings().filter(status=Status.READY))
        shown = next(row for row in ready if row.pk == page.picture_id)
        assert shown.entry_tie.entry_version == page.version, "the picture shows an earlier text"
        assert page.body.split()[3] in shown.prompt
        versions = [row.entry_tie.entry_version for row in ready]
        assert len(versions) == len(set(versions)), "one version was drawn twice"
        for row in ready:
            assert row.text == "", "the text outlived its drawing"
            assert row.attempts <= settings.ATTEMPTS_MOST
            named |= {row.picture, row.thumbnail}
    for name in named:
        assert storage.full_path(name).stat().st_size > 0
    assert stored_files() & named_files() == named


def stored_files() -> set[str]:
    """The names of all files in the folder of pictures."""
    root = Path(settings.MEDIA_ROOT)
    return {str(path.relative_to(root)) for path in root.glob("**/*") if path.is_file()}


def unnamed_files() -> set[str]:
    """The stored files that no row names: what a killed worker left for the hourly tidying."""
    return stored_files() - named_files()


def named_files() -> set[str]:
    """The names of all files that rows name."""
    pairs = Illustration.objects.values_list("picture", "thumbnail")
    return {name for pair in pairs for name in pair}
