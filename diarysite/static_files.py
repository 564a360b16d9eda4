"""Static files under names that carry the hash of their contents, so that a browser may keep them for a year."""

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage


class HashedStaticFiles(ManifestStaticFilesStorage):
    """Our scripts import one another by hashed names, too.

    Django's own switch for that looks into every script, and stumbles over those of other packages.
    """

    patterns = (
        *ManifestStaticFilesStorage.patterns,
        ("js/*.js", ((r"""(?P<matched>from "(?P<url>\./[^"]+)")""", 'from "%(url)s"'),)),
    )
