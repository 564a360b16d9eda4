"""The picture box: what it shows, as one context for the page and for the fragment that refreshes it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from diaries import scene_words
from diaries.models import Entry, Mode, User
from diaries.services import drawings
from diaries.services.accounts import Suspended
from illustration import progress, services
from illustration.models import Illustration, Status, Style

# What helps a failed drawing; where nothing is said of it: drawing it again.
WHAT_HELPS = {
    "unreadable_text": "other words",
    "prompt_too_long": "other words",
    "unknown_style": "another style",
    "unknown_scheduler": "another style",
}


def box_context(entry: Entry) -> dict[str, Any]:
    """Return what the picture box shows.

    `state` is one of waiting, drawing, ready, hidden, failed, not_drawn (writer's wish) and none. A drawing that
    is under way is told even where an earlier picture stands beside it.
    """
    rows = [row for row in entry.drawings() if row.status != Status.STALE]
    newest = rows[0] if rows else None
    shown = next((row for row in rows if row.pk == entry.picture_id), None)
    hidden = next((row for row in rows if row.hidden_at), None)
    working = next((row for row in rows if row.is_unfinished), None)
    context: dict[str, Any] = {
        "entry": entry,
        "drawings": rows,
        "shown": shown,
        "hidden": hidden,
        # What the page would show had it not been hidden.
        "hidden_beside": next(
            (row for row in rows if row.hidden_at and (row is newest or row.pk == entry.chosen_id)), None
        ),
        "working": working,
        "newest": newest,
        "styles": Style.objects.filter(active=True),
        "can_draw": True,
        "redraw_allowed": (
            entry.mode != Mode.NEVER
            and entry.author.draws_pictures
            and not entry.author.is_suspended
            and working is None
        ),
        "together": _together(entry, rows),
    }
    context["all_allowed"] = (
        entry.mode != Mode.NEVER
        and entry.author.draws_pictures
        and not entry.author.is_suspended
        and sum(row.is_unfinished for row in rows) < 2
    )
    if working is not None:
        done = progress.read(working.pk)
        position = services.position(working, done=done)
        context |= {
            "state": "drawing" if working.status == Status.DRAWING else "waiting",
            "position": position,
            "progress": done,
            "can_draw": position.seconds is not None,
        }
    elif newest is not None and newest.status == Status.FAILED:
        context["state"] = "failed"
    elif shown is not None:
        context["state"] = "ready"
    elif hidden is not None:
        context["state"] = "hidden"
    else:
        context["state"] = (
            "not_drawn" if entry.mode == Mode.NEVER or not entry.author.draws_pictures else "none"
        )
    if shown is not None and not shown.hidden_at:
        context["stamped"] = drawings.was_first_of_day(entry)
        context["chips"] = scene_words.chips(shown.scene)
        context["seen"] = scene_words.seen(context["chips"])
        context["quiet_words"] = [chip.word for chip in context["chips"] if chip.is_quiet]
        context |= _corrections(entry, context["chips"], shown.scene, rows)
    context["state_words"] = state_words(context["state"], can_draw=context["can_draw"])
    if working is not None and context["position"].style_unfit:
        context["state_words"] = failure_words("unknown_style")
    if context["state"] == "failed" and newest is not None:
        context["failure_words"] = failure_words(newest.failure_code)
        context["helps"] = WHAT_HELPS.get(newest.failure_code, "again")
        context["other_styles"] = [style for style in context["styles"] if style.pk != newest.style_id]
    return context


def _together(entry: Entry, rows: list[Illustration]) -> list[tuple[Illustration, progress.Progress | None]]:
    """Return the newest drawings that were asked for at once, each with how far it is, until one of them is chosen.

    They stay until every one of them has ended, whatever was chosen meanwhile; nothing where one came alone.
    """
    if not rows:
        return []
    group = [row for row in rows if row.requested_at == rows[0].requested_at]
    under_way = any(row.is_unfinished for row in group)
    if len(group) < 2 or (not under_way and entry.chosen_id in {row.pk for row in group}):
        return []
    group.sort(key=lambda row: (row.style.position, row.style.slug, row.pk))
    return [(row, progress.read(row.pk) if row.status == Status.DRAWING else None) for row in group]


def _corrections(
    entry: Entry, chips: list[scene_words.Chip], scene: dict[str, Any], rows: list[Illustration]
) -> dict[str, Any]:
    """Return what the writer can take out of the scene, put back, or add to it."""
    # Only what was taken out needs its name from earlier scenes; the box asks for itself every second.
    earlier = reversed(rows) if entry.without else ()
    known = {chip.key: chip for row in earlier for chip in scene_words.chips(row.scene) if chip.key}
    return {
        "in_scene": [chip for chip in chips if chip.key and not chip.is_keyword],
        "taken_out": [
            known.get(word) or scene_words.Chip(word, key=word)
            for word in entry.without
            if all(chip.key != word for chip in chips)
        ],
        "left": [chip for chip in scene_words.left(scene) if chip.key not in entry.without],
    }


def state_words(state: str, *, can_draw: bool) -> str:
    """Say where the picture stands, for a screen reader; without numbers, which would be read out every second."""
    if not can_draw:
        return _("Nobody can draw just now.")
    words = {
        "waiting": _("The picture waits for its turn."),
        "drawing": _("The picture is being drawn."),
        "ready": _("The picture is ready."),
        "failed": _("The picture did not come out."),
        "hidden": _("This picture is hidden."),
    }
    return words.get(state, "")


def failure_words(code: str) -> str:
    """Say in words why a drawing failed."""
    words = {
        "out_of_memory": _("The painter ran out of room for it. Drawing again usually helps."),
        "worker_lost": _("The painter was interrupted too often. Please ask once more."),
        "not_a_number": _("The colours went wrong on the way. Drawing again usually helps."),
        "black_picture": _("The paper stayed all one colour. Drawing again usually helps."),
        "unreadable_text": _("The painter could not read this text. A few simple sentences help."),
        "prompt_too_long": _("The painter could not take in this text. Shorter sentences help."),
        "unknown_style": _("This style cannot be drawn at the moment. Another one may work."),
        "unknown_scheduler": _("This style cannot be drawn at the moment. Another one may work."),
        "storage_failed": _("The picture could not be put away on this server. Please try again later."),
    }
    return words.get(code) or _("Something went wrong while drawing. Drawing again may help.")


def refusal_words(code: str, author: User) -> str:
    """Say a refusal in words for the writer."""
    words = {
        "too_many_waiting": _(
            "No picture was requested: %(count)d of yours are waiting already. Ask again when one is ready."
        )
        % {"count": settings.DRAWINGS_WAITING},
        "daily_limit": _daily_limit_words(author),
        "drawing_off": _("Drawing is switched off in your settings."),
        "suspended": str(Suspended()),
        "drawing_stopped": _("Drawing is stopped for your account at the moment."),
        "never_drawn": _("This page is set to be never drawn."),
        "no_room_for_all": _(
            "No pictures were requested: one in every style finds no room beside those of yours that are waiting."
        ),
        "too_few_for_all": _(
            "No pictures were requested: your drawings of today are too few for one in every style."
        ),
        "only_one": _("One picture was requested: for every other style there is no room at the moment."),
        "already_waiting": _("A picture of this page is on its way already."),
        "not_failed": _("This drawing has not failed, so there is nothing to try again."),
        "not_ready": _("Only a finished picture can be chosen."),
        "not_waiting": _("This drawing waits no longer, so it cannot be taken back."),
    }
    return words.get(code) or _("That is not possible now.")


def _daily_limit_words(author: User) -> str:
    limit = drawings.daily_limit(author)
    if not limit:
        return _("No picture was requested: your account has none a day at the moment.")
    anew = pgettext("a day and an hour, as Django formats it", "F j, P")
    return _("No picture was requested: your %(count)d of today are used up. New ones come on %(when)s.") % {
        "count": limit,
        "when": formats.date_format(drawings.next_day(author), anew),
    }
