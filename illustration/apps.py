"""The illustration app: text in, picture out; it knows no user and no diary."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class IllustrationConfig(AppConfig):
    name = "illustration"
    verbose_name = _("Illustration")

    def ready(self) -> None:
        from illustration import checks  # noqa: F401
