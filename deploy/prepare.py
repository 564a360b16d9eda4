"""Brings what the site stands on up to date: catalogues, migrations and, with --static, static files.

Says one line and ends with status 1 where that fails.
"""

from __future__ import annotations

import hashlib
import os
import signal
import sys
from pathlib import Path

from deploy.messages import ROOT, compile_all
from deploy.supervisor import die_with_parent


def main(arguments: list[str]) -> int:
    die_with_parent(signal.SIGTERM)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diarysite.settings")

    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import CommandError, call_command
    from django.core.management.base import SystemCheckError
    from django.db import DatabaseError, connections

    try:
        compile_all()
        django.setup()
        # Without its pool a database that is away is told at once, and once.
        connections["default"].settings_dict["OPTIONS"].pop("pool", None)
        call_command("migrate", interactive=False, verbosity=0)
        if "--static" in arguments:
            collect_static()
    except ImproperlyConfigured as problem:
        return stop(f"A setting is wrong: {problem}")
    except DatabaseError as problem:
        return stop(f"The database cannot be used: {first_line(problem)}")
    except SystemCheckError as problem:
        # Several lines at times: every wrong setting is named at once.
        return stop(str(problem).strip())
    except CommandError as problem:
        return stop(f"The set-up failed: {first_line(problem)}")
    except OSError as problem:
        return stop(f"The set-up failed: {problem.strerror or problem}: {problem.filename or ROOT}")
    return 0


def collect_static() -> None:
    """Collect static files unless the last collection was made from the same ones."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    seen = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            about = os.stat(storage.path(name))
            seen.update(f"{name} {about.st_size} {about.st_mtime_ns}\n".encode())
    stamp = Path(settings.STATIC_ROOT) / ".collected"
    if stamp.is_file() and stamp.read_text() == seen.hexdigest():
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(seen.hexdigest())


def first_line(problem: BaseException) -> str:
    return (str(problem).strip().splitlines() or [type(problem).__name__])[0]


def stop(line: str) -> int:
    print(line, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
