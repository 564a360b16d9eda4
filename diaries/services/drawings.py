"""What a writer can ask of an entry's drawings: redraw, retry, choose, delete one, cancel one that waits."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from diaries.models import CastMember, DrawingDay, Entry, EntryIllustration, Mode, User
from diaries.services.accounts import hold, require_active_writer
from diaries.validators import clean_keywords, clean_without
from illustration import services as illustration
from illustration.models import UNFINISHED, Illustration, Priority, Status, Style
from illustration.wishes import Card, Wishes


class Refused(Exception):
    """A wish that cannot be met now; the code says why, templates and the API have the words."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal_for(author: User, *, within_quota: bool = True) -> str:
    """Return why this writer may not ask for a drawing now, or ''."""
    if not author.draws_pictures:
        return "drawing_off"
    if author.is_suspended:
        return "suspended"
    if author.is_drawing_stopped:
        return "drawing_stopped"
    if not within_quota:
        return ""
    if illustration.waiting_count(author.requester_key) >= settings.DRAWINGS_WAITING:
        return "too_many_waiting"
    if drawings_today(author) >= daily_limit(author):
        return "daily_limit"
    return ""


def daily_limit(author: User) -> int:
    """How many drawings this writer may ask for in a day: one's own number, else everybody's."""
    return settings.DRAWINGS_A_DAY if author.drawings_a_day is None else author.drawings_a_day


def drawings_today(author: User) -> int:
    """How many drawings this writer asked for today, deleted ones too; the day is the diary's, `User.today`."""
    count = _present_count(author)
    return count.requested if count else 0


def next_day(author: User) -> datetime:
    """When the daily count of drawings begins anew: when the writer's day ends."""
    count = _present_count(author)
    day = (count.day if count else author.today()) + timedelta(days=1)
    return datetime.combine(day, time(author.day_ends_at), author.zone)


def _present_count(author: User) -> DrawingDay | None:
    # A day counted ahead of today stays: moving to another time zone and back must not begin a day twice.
    return DrawingDay.objects.filter(writer=author, day__gte=author.today()).first()


def _count(author: User, asked: int) -> None:
    """Raise the count of the day; call it under `hold`."""
    count = _present_count(author) or DrawingDay(writer=author, day=author.today())
    count.requested += asked
    count.save()


def request_for(
    entry: Entry,
    *,
    priority: Priority = Priority.SAVED,
    within_quota: bool = True,
    all_styles: bool = False,
) -> str:
    """Ask for the drawing of a saved entry where it wants one; return why not, or ''.

    Call it under `hold`. What is asked for beyond the quota does not use the writer's day up. With `all_styles` there
    is one in every other style, too; where those find no room, the page's own is drawn and 'only_one' returned.
    """
    if entry.mode == Mode.NEVER:
        return ""
    refusal = refusal_for(entry.author, within_quota=within_quota)
    if refusal:
        return "" if refusal == "drawing_off" else refusal
    styles = _styles_of(entry) if all_styles else [entry.style]
    if within_quota and _refusal_for_all(entry.author, len(styles)):
        styles, refusal = [entry.style], "only_one"
    now = timezone.now()
    for place, style in enumerate(styles):
        # The page's own comes as soon as any; the others wait behind what people look at now.
        _request(entry, style=style, priority=Priority.REDRAWN if place else priority, at=now)
    if within_quota:
        _count(entry.author, len(styles))
    return refusal


def draw_all(*, entry: Entry) -> list[Illustration]:
    """Ask for one drawing in every style at once, among which the writer chooses; all of them or none.

    What waits already in one of the styles stays, and the others join it. Raises Refused, Suspended.
    """
    with transaction.atomic():
        entry = _locked(entry)
        require_active_writer(entry.author)
        if entry.mode == Mode.NEVER:
            raise Refused("never_drawn")
        waiting = {row.style_id: row.requested_at for row in entry.drawings().filter(status__in=UNFINISHED)}
        styles = [style for style in _styles_of(entry) if style.pk not in waiting]
        if not styles or len(waiting) > 1:
            raise Refused("already_waiting")
        if refusal := refusal_for(entry.author) or _refusal_for_all(entry.author, len(styles)):
            raise Refused(refusal)
        _count(entry.author, len(styles))
        at = next(iter(waiting.values()), timezone.now())
        return [_request(entry, style=style, priority=Priority.REDRAWN, at=at) for style in styles]


def _styles_of(entry: Entry) -> list[Style]:
    """Every style that can be asked for, the page's own first."""
    return [entry.style, *Style.objects.filter(active=True).exclude(pk=entry.style_id)]


def _refusal_for_all(author: User, count: int) -> str:
    if count > 1 and drawings_today(author) + count > daily_limit(author):
        return "too_few_for_all"
    waiting = illustration.waiting_count(author.requester_key)
    # Whoever waits for nothing may ask for every style, however many an operator has put up.
    return "no_room_for_all" if waiting and count > 1 and waiting + count > settings.DRAWINGS_WAITING else ""


def asked_of_painter(entry: Entry) -> dict[str, Any]:
    """Return what the painter is given of an entry: its text unless keywords alone are wished for, and the wishes."""
    text_drawn = entry.mode != Mode.KEYWORDS
    cast = [
        Card(names=member.name_list(), word=member.drawn_as, look=member.look, key=str(member.pk))
        for member in CastMember.objects.filter(author_id=entry.author_id)
    ]
    return {
        "text": entry.body if text_drawn else "",
        "title": entry.title if text_drawn else "",
        "weather": entry.weather,
        "mood": entry.mood,
        "wishes": Wishes(
            keywords=entry.keywords,
            without=entry.without,
            cast=cast,
            text_drawn=text_drawn,
            date=entry.written_on,
        ),
    }


def _request(entry: Entry, *, style: Style, priority: Priority, at: datetime | None = None) -> Illustration:
    row = illustration.request(
        **asked_of_painter(entry),
        style=style,
        requester=entry.author.requester_key,
        priority=priority,
        at=at,
    )
    EntryIllustration.objects.create(entry=entry, illustration=row, entry_version=entry.version)
    return row


def redraw(
    *,
    entry: Entry,
    style: Style | None = None,
    without: Collection[str] | None = None,
    keywords: Collection[str] | None = None,
) -> Illustration:
    """Ask for a new drawing with a new seed; drawings that are ready stay, and so does the writer's choice.

    `without` are words of the scene that are not to be drawn, until the text changes; `keywords` replace the page's.
    Left out, both stay as they are. Raises ValidationError for unfit words, Refused, Suspended.
    """
    corrections = {
        **({} if without is None else {"without": clean_without(without)}),
        **({} if keywords is None else {"keywords": clean_keywords(keywords)}),
    }
    with transaction.atomic():
        entry = _locked(entry)
        require_active_writer(entry.author)
        if entry.mode == Mode.NEVER:
            raise Refused("never_drawn")
        _refuse_beside_another(entry)
        if refusal := refusal_for(entry.author):
            raise Refused(refusal)
        _correct(entry, corrections)
        _count(entry.author, 1)
        return _request(entry, style=style or entry.style, priority=Priority.REDRAWN)


def _correct(entry: Entry, corrections: dict[str, list[str]]) -> None:
    """Keep a corrected scene as a version of its own; what was drawn before is of the same text all the same."""
    if all(getattr(entry, name) == words for name, words in corrections.items()):
        return
    before = entry.version
    for name, words in corrections.items():
        setattr(entry, name, words)
    entry.version = before + 1
    entry.save(update_fields=[*corrections, "version", "updated_at"])
    EntryIllustration.objects.filter(entry=entry, entry_version=before).update(entry_version=entry.version)


def retry(*, entry: Entry, illustration_id: UUID) -> None:
    """Draw a failed drawing again, with the same seed unless that is what spoilt it. Raises Refused, Suspended."""
    with transaction.atomic():
        entry = _locked(entry)
        require_active_writer(entry.author)
        row = find(entry, illustration_id)
        if row.status != Status.FAILED:
            raise Refused("not_failed")
        if entry.mode == Mode.NEVER:
            raise Refused("never_drawn")
        _refuse_beside_another(entry)
        if refusal := refusal_for(entry.author):
            raise Refused(refusal)
        if not illustration.retry(illustration_id=row.pk, **asked_of_painter(entry)):
            raise Refused("not_failed")
        _count(entry.author, 1)
        EntryIllustration.objects.filter(illustration=row).update(entry_version=entry.version)


def choose(*, entry: Entry, illustration_id: UUID) -> None:
    """Make a ready drawing the picture of the entry, whatever is drawn later. Raises Refused, Suspended."""
    with transaction.atomic():
        entry = _locked(entry)
        require_active_writer(entry.author)
        row = find(entry, illustration_id)
        if row.status != Status.READY or row.hidden_at:
            raise Refused("not_ready")
        Entry.objects.filter(pk=entry.pk).update(chosen=row)


def delete_drawing(*, entry: Entry, illustration_id: UUID) -> None:
    """Delete one drawing and its files."""
    with transaction.atomic():
        entry = _locked(entry)
        illustration.discard([find(entry, illustration_id).pk])


def cancel(*, entry: Entry, illustration_id: UUID) -> None:
    """Take one's own waiting drawing out of the line. Raises Refused where it waits no longer."""
    if not illustration.cancel(find(entry, illustration_id).pk):
        raise Refused("not_waiting")


def was_first_of_day(entry: Entry) -> bool:
    """Whether the first picture of the writer's day came to this page."""
    ready = Illustration.objects.filter(
        status=Status.READY,
        hidden_at=None,
        entry_tie__entry__author=entry.author_id,
        entry_tie__entry__written_on=entry.written_on,
    )
    first = ready.order_by("finished_at", "requested_at").values_list("entry_tie__entry", flat=True).first()
    return first == entry.pk


def find(entry: Entry, illustration_id: UUID) -> Illustration:
    """Return one of the entry's drawings; raises Illustration.DoesNotExist for any other."""
    return entry.drawings().get(pk=illustration_id)


def _refuse_beside_another(entry: Entry) -> None:
    if entry.drawings().filter(status__in=UNFINISHED).exists():
        raise Refused("already_waiting")


def _locked(entry: Entry) -> Entry:
    """Read the entry again, holding its row so that two tabs cannot both ask for a drawing."""
    hold(entry.author)
    return Entry.objects.select_for_update(of=("self",)).select_related("author", "style").get(pk=entry.pk)
