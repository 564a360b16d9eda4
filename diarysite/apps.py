"""Django's admin app with our own site in it."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """The admin of this site."""

    default_site = "diarysite.desk.DeskSite"
