"""Letters about accounts, sent by the account library; what they say stands in templates/account/email."""

from __future__ import annotations

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

logger = logging.getLogger(__name__)


class AccountAdapter(DefaultAccountAdapter):
    """The library's own, but for letters that only tell of a change: without a mail server the change stands."""

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        try:
            super().send_notification_mail(*args, **kwargs)
        except OSError as error:
            logger.warning("a change of an account was not told by e-mail: %s", type(error).__name__)
