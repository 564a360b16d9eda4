"""Saves one page of a writer, as a web process does: `python -m tests.faults.save_page WRITER`."""

import sys

import django


def main(writer: str) -> None:
    django.setup()
    from diaries.models import User
    from tests.faults.diary import save

    save(User.objects.get(pk=writer))


if __name__ == "__main__":
    main(sys.argv[1])
