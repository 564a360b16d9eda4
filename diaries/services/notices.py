"""Tells a writer what was done about a picture or the account: on the page until dismissed, and by e-mail."""

from __future__ import annotations

import logging
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from diaries.models import Entry, Notice, User

logger = logging.getLogger(__name__)


def notify(
    *, user: User, kind: str, reason: str = "", until: datetime | None = None, entry: Entry | None = None
) -> Notice:
    """Leave a notice on the writer's pages, and send it by e-mail once the transaction is through."""
    notice = Notice.objects.create(user=user, kind=kind, reason=reason, until=until, entry=entry)
    transaction.on_commit(lambda: _send(notice))
    return notice


def notices_of(user: User) -> QuerySet[Notice]:
    """Notices that the writer has not dismissed, newest first."""
    return Notice.objects.filter(user=user, dismissed_at=None)


def dismiss(*, user: User, notice_id: UUID) -> bool:
    """Take a notice off the writer's pages; False where it is somebody else's or gone already."""
    return bool(notices_of(user).filter(pk=notice_id).update(dismissed_at=timezone.now()))


def words(notice: Notice) -> str:
    """Say a notice in a few sentences, in the language that is active."""
    said = {
        Notice.Kind.HIDDEN: _("A moderator hid one of your pictures. You can have the page drawn again."),
        Notice.Kind.WARNING: _(
            "A moderator hid one of your pictures and warns you: please do not ask for such pictures again. "
            "You can have the page drawn again."
        ),
        Notice.Kind.DRAWING_STOPPED: _(
            "A moderator hid one of your pictures. Until %(until)s no pictures are drawn for you; "
            "you can write as always."
        )
        if notice.reason
        else _("Until %(until)s no pictures are drawn for you; you can write as always."),
        Notice.Kind.SUSPENDED: _(
            "Your account is suspended. You can read your diary, take it along and delete it, "
            "but not write or ask for pictures."
        ),
        Notice.Kind.SHOWN_AGAIN: _("A picture of yours that was hidden is shown again. We are sorry."),
        Notice.Kind.UNSUSPENDED: _("Your account is no longer suspended. Welcome back."),
    }[Notice.Kind(notice.kind)]
    if notice.until:
        local = notice.until.astimezone(notice.user.zone)
        said %= {"until": formats.date_format(local, "DATETIME_FORMAT")}
    if notice.reason:
        said += " " + _("Reason: %(reason)s.") % {"reason": notice.get_reason_display()}
    return said


def _send(notice: Notice) -> None:
    """Send a notice by e-mail. The page shows it in any case, so a mail server that is down is no error."""
    user = notice.user
    site = {"domain": urlsplit(settings.SITE_URL).netloc}
    with translation.override(user.language or settings.LANGUAGE_CODE):
        said = {"words": words(notice), "url": settings.SITE_URL, "current_site": site}
        plain, html = (render_to_string(f"diaries/email/notice.{kind}", said) for kind in ("txt", "html"))
        try:
            send_mail(notice.get_kind_display(), plain, None, [user.email], html_message=html)
        except OSError as error:
            logger.warning("a notice was not sent by e-mail: %s", type(error).__name__)
