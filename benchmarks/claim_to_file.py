"""How long a writer's picture takes from the claim to the file on disk, one at a time, as a draw worker draws it.

    python -m benchmarks.claim_to_file --days 20

Saves days of the demo month in a site of its own (a temporary folder, SQLite, no broker), draws each alone with the
worker's code (scene, prompt, engine, screening, files, commit) and prints the times that its row tells. The first
drawing, which loads the reader of diaries, and the loading of the model are told apart.
"""

import argparse
import json
import os
import statistics
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

DAYS = Path(__file__).resolve().parent.parent / "diaries" / "management" / "demo_days.json"


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    with tempfile.TemporaryDirectory() as folder:
        own = {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/diary.sqlite3", "SECRET_KEY": "x" * 50}
        if options.model:
            own["MODEL_PATH"] = str(options.model.resolve())
        os.environ.update({"DJANGO_SETTINGS_MODULE": "diarysite.settings", "LOG_LEVEL": "WARNING", **own})
        days = json.loads(DAYS.read_text(encoding="utf-8"))[: options.days]
        loading, first, *others = measure(days)
    print(f"model loaded in {loading:.1f} s, first picture {first:.2f} s")
    print(
        f"{len(others)} pictures, claim to file: median {statistics.median(others):.2f} s,"
        f" fastest {min(others):.2f} s, slowest {max(others):.2f} s"
    )


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, help="a model's folder; the site's own without")
    parser.add_argument("--days", type=int, default=20, help="how many of the demo's days, three at least")
    return parser.parse_args(arguments)


def measure(days: Sequence[dict[str, str]]) -> list[float]:
    """Seconds: loading the model, then every picture from its claim to its file."""
    import django

    django.setup()
    from django.core.management import call_command

    from diaries.services import entries
    from diaries.services.accounts import create_confirmed_account
    from illustration import drawing
    from illustration.models import Illustration, Status, Style

    call_command("migrate", verbosity=0)
    author = create_confirmed_account(email="writer@example.org", password="", display_name="Writer")
    styles = {style.slug: style for style in Style.objects.all()}
    started = time.monotonic()
    drawing.draw_waiting()
    seconds = [time.monotonic() - started]
    for day in days:
        style = styles[day.pop("style")]
        entries.create_entry(author=author, written_on=author.today(), style=style, within_quota=False, **day)
        drawing.draw_waiting()
        row = Illustration.objects.latest("requested_at")
        if row.status != Status.READY or not row.claimed_at or not row.finished_at:
            raise SystemExit(f"a drawing ended as {row.status} {row.failure_code}")
        seconds.append((row.finished_at - row.claimed_at).total_seconds())
    drawing.stopped()
    return seconds


if __name__ == "__main__":
    main()
