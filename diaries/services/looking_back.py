"""Finding pages again: words, marks and filters; the years, the same day of other years, the days in a row."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import regex
from django.db.models import Count, F, Q, QuerySet, TextField, Window
from django.db.models.functions import Cast, ExtractYear, RowNumber
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from diaries.models import CastMember, Entry, EntryIllustration, User

if TYPE_CHECKING:
    from diaries.models.entry import EntryQuerySet

WORDS_MOST, QUERY_LENGTH, EXCERPT = 8, 100, 140
ON_THIS_DAY_MOST = 6
# In words that PostgreSQL and SQLite read alike. Of Korean, what may follow a name and leave it a name (지민이한테는);
# any other syllable makes it a part of another word (보리밥, 준비).
LETTER = "[0-9A-Za-zÀ-ɏ가-힣]"
PARTICLES = (
    "(?:이?(?:가|는|를|와|랑|네|야|의|도|만|라고|라는)|이|은|을|과|하고|아|씨|님|께서?|한테서?|에게서?|보다|처럼|같이"
    "|까지|부터|마저|조차|밖에|들|이?라서|인데?|이?(?:었|였)다|이?예요|이에요|입니다|으?로){0,3}"
)


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for: every word, and every filter that is not empty, must hold."""

    words: tuple[str, ...] = ()
    mood: str = ""
    weather: str = ""
    style: str = ""
    tag: str = ""
    who: CastMember | None = None
    day: date | None = None

    def __bool__(self) -> bool:
        filters = (self.mood, self.weather, self.style, self.tag, self.who, self.day)
        return bool(self.words or any(filters))


def split_words(text: str) -> tuple[str, ...]:
    """Part a query into words as texts are kept: NFC, without what cannot stand in a text."""
    clean = unicodedata.normalize("NFC", text[:QUERY_LENGTH]).replace("\x00", " ")
    clean = regex.sub(r"\p{Cs}", " ", clean)
    return tuple(dict.fromkeys(clean.split()))[:WORDS_MOST]


def find(user: User, wanted: Wanted) -> EntryQuerySet:
    """A writer's pages that answer, newest first.

    A diary of one person is small, so it is searched whole: word for word, in the title and the text, by any part of
    a word (엄마 in 엄마랑), and without regard to capitals.
    """
    return narrow(Entry.objects.visible_to(user), wanted)


def narrow(found: EntryQuerySet, wanted: Wanted) -> EntryQuerySet:
    """Of some pages those that answer."""
    for word in wanted.words:
        found = found.filter(_says(word))
    for name in ("mood", "weather"):
        if value := getattr(wanted, name):
            found = found.filter(**{name: value})
    if wanted.style:
        found = found.filter(style__slug=wanted.style)
    if wanted.tag:
        found = found.filter(tags__name=wanted.tag)
    if wanted.day:
        found = found.filter(written_on=wanted.day)
    if wanted.who:
        found = found.filter(_is_with(wanted.who))
    return found


def _is_with(member: CastMember) -> Q:
    """The scene that was read in the page's present text has the card, or the text says a name of it as a word."""
    scenes = EntryIllustration.objects.filter(
        entry__author=member.author_id, entry_version=F("entry__version")
    ).annotate(scene=Cast("illustration__scene", TextField()))
    names = "|".join(re.escape(name) for name in member.name_list())
    said = rf"(?<!{LETTER})(?:{names}){PARTICLES}(?!{LETTER})"
    return (
        Q(pk__in=scenes.filter(scene__contains=str(member.pk)).values("entry"))
        | Q(title__iregex=said)
        | Q(body__iregex=said)
    )


def _says(word: str) -> Q:
    return Q(title__icontains=word) | Q(body__icontains=word)


def excerpt(text: str, words: Iterable[str]) -> SafeString:
    """The part of a text around the first word that was looked for, every such word marked; else its beginning."""
    flat = " ".join(text.split())
    pattern = _pattern(words)
    hit = pattern.search(flat) if pattern else None
    start = max(0, hit.start() - EXCERPT // 3) if hit else 0
    # A word is not cut where it can be helped.
    if start and (blank := flat.find(" ", start)) != -1 and hit and blank < hit.start():
        start = blank + 1
    part = flat[start : start + EXCERPT]
    end = "…" if start + EXCERPT < len(flat) else ""
    return mark_safe(("…" if start else "") + marked(part, words) + end)


def marked(text: str, words: Iterable[str]) -> SafeString:
    """A text with every word that was looked for in <mark>."""
    pattern = _pattern(words)
    if pattern is None:
        return conditional_escape(text)
    parts: list[str] = []
    last = 0
    for hit in pattern.finditer(text):
        parts += [conditional_escape(text[last : hit.start()]), f"<mark>{conditional_escape(hit[0])}</mark>"]
        last = hit.end()
    return mark_safe("".join([*parts, conditional_escape(text[last:])]))


def _pattern(words: Iterable[str]) -> regex.Pattern[str] | None:
    found = sorted((word for word in words if word), key=len, reverse=True)
    return regex.compile("|".join(regex.escape(word) for word in found), regex.IGNORECASE) if found else None


@dataclass(frozen=True)
class Day:
    """The pages of a day that are shown first, without their texts, and how many it has in all."""

    entries: list[Entry]
    count: int


def days(user: User, first: date, last: date, *, most: int) -> dict[date, Day]:
    """The days from `first` to `last` that have pages, in their order, each with at most so many of its pages.

    A sheet of days stays as light as a diary of one page a day, however much an import brings.
    """
    order = ("written_on", "created_at", "id")
    day = [F("written_on")]
    pages = (
        Entry.objects.visible_to(user)
        .filter(written_on__range=(first, last))
        .with_picture()
        .annotate(
            place=Window(RowNumber(), partition_by=day, order_by=order),
            of_day=Window(Count("pk"), partition_by=day),
        )
        .filter(place__lte=most)
        .defer("body")
        .order_by(*order)
    )
    found: dict[date, Day] = {}
    for entry in pages:
        found.setdefault(entry.written_on, Day([], entry.of_day)).entries.append(entry)
    return found


def years(user: User) -> list[int]:
    """The years in which a writer wrote, the newest first."""
    found = Entry.objects.visible_to(user).annotate(year=ExtractYear("written_on")).order_by("-year")
    return list(found.values_list("year", flat=True).distinct())


def on_this_day(user: User, day: date) -> QuerySet[Entry]:
    """A writer's pages of the same day in earlier years, the newest first."""
    return (
        Entry.objects.visible_to(user)
        .filter(written_on__month=day.month, written_on__day=day.day, written_on__lt=day)
        .exclude(written_on__year=day.year)
        .with_picture()[:ON_THIS_DAY_MOST]
    )


def days_in_a_row(user: User) -> int:
    """How many days in a row have a page, up to today; a day that is not over yet breaks nothing."""
    today = user.today()
    written = (
        Entry.objects.visible_to(user)
        .filter(written_on__lte=today)
        .order_by("-written_on")
        .values_list("written_on", flat=True)
        .distinct()
    )
    count, expected = 0, today
    for day in written.iterator(chunk_size=200):
        if count == 0 and day == today - timedelta(days=1):
            expected = day
        if day != expected:
            break
        count, expected = count + 1, day - timedelta(days=1)
    return count


def moods_of(user: User, year: int) -> dict[date, str]:
    """The mood of each day of a year; of several pages a day, the last one's that has a mood."""
    pages = Entry.objects.visible_to(user).filter(written_on__year=year).exclude(mood="")
    return dict(pages.order_by("written_on", "created_at", "id").values_list("written_on", "mood"))
