"""An app written against the schema alone: a client generated from it goes the whole way of a writer."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from PIL import Image

from diaries.models import Entry, User
from illustration.models import Illustration
from tests.processes import Process, wait_until

CONFIG = {"content_type_overrides": {"image/webp": "application/octet-stream"}, "post_hooks": []}
PASSWORD = "a good long password"


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    """Generate the client in a folder of its own; give its modules by name."""
    folder = tmp_path_factory.mktemp("client")
    schema, config, package = folder / "schema.json", folder / "config.json", folder / "diary_client"
    call_command("spectacular", "--format", "openapi-json", "--file", str(schema))
    config.write_text(json.dumps(CONFIG))
    program = Path(sys.executable).with_name("openapi-python-client")
    run = subprocess.run(
        [
            program,
            "generate",
            "--path",
            schema,
            "--config",
            config,
            "--meta",
            "none",
            "--output-path",
            package,
        ],
        capture_output=True,
        text=True,
        timeout=100,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "WARNING" not in run.stdout + run.stderr
    sys.path.insert(0, str(folder))
    return lambda name: importlib.import_module(f"diary_client.{name}")


@pytest.mark.django_db(transaction=True)
def test_a_generated_client_goes_the_whole_way(
    generated: Callable[[str], Any], live_server: Any, draw_worker: Callable[..., Process]
) -> None:
    def call(name: str, *arguments: Any, **named: Any) -> Any:
        return generated(f"api.{name}").sync_detailed(*arguments, **named)

    draw_worker()
    models, base = generated("models"), live_server.url
    nobody = generated("client").Client(base_url=base, raise_on_unexpected_status=True)

    # Sign up; the token opens everything else.
    signing_up = models.SignUpInput(
        email="minji@example.org", password=PASSWORD, display_name="Minji", time_zone="Asia/Seoul"
    )
    session = call("account.sign_up", client=nobody, body=signing_up).parsed
    assert session.me.display_name == "Minji"
    app = generated("client").AuthenticatedClient(
        base_url=base,
        token=session.session_token,
        auth_header_name="X-Session-Token",
        prefix="",
        raise_on_unexpected_status=True,
    )
    styles = [style.code for style in call("choices.list_styles", client=nobody).parsed]

    # Write, twice with one key as after a lost answer.
    today = session.me.today
    page = models.EntryInput(written_on=today, body="It snowed. I made a snowman.", style=styles[0])
    written = [
        call("entries.create_entry", client=app, body=page, idempotency_key="first-page") for _ in range(2)
    ]
    assert [answer.status_code for answer in written] == [HTTPStatus.CREATED] * 2
    entry = written[0].parsed
    assert written[1].parsed.id == entry.id
    assert entry.newest_drawing is not None
    assert Entry.objects.count() == 1

    # Poll until the picture is ready, and fetch it.
    drawing: Any = None

    def ready() -> bool:
        nonlocal drawing
        drawing = call("drawings.get_drawing", entry.id, entry.newest_drawing.id, client=app).parsed
        assert drawing.status != "failed"
        return bool(drawing.status == "ready")

    wait_until(ready, "the picture")
    assert drawing.progress is None
    picture = call("drawings.get_picture", entry.id, drawing.id, client=app)
    assert Image.open(BytesIO(picture.parsed.payload.read())).format == "WEBP"
    etag = picture.headers["ETag"]
    again = call("drawings.get_picture", entry.id, drawing.id, client=app, if_none_match=etag)
    assert again.status_code == HTTPStatus.NOT_MODIFIED
    year, month = today.year, today.month
    calendar = call("entries.get_calendar_month", year, month, client=app).parsed
    assert [(day.date, day.entries[0].id) for day in calendar.days] == [(today, entry.id)]
    assert calendar.days[0].entries[0].thumbnail_url

    # Edit on one device, then on another that has not seen it: conflict, merge.
    title = models.PatchedEntryInput(title="First snow")
    edited = call("entries.update_entry", entry.id, client=app, body=title, if_match='"1"').parsed
    assert (edited.version, edited.title, edited.body) == (2, "First snow", "It snowed. I made a snowman.")
    mood = models.PatchedEntryInput(mood=models.PatchedEntryInputMood.HAPPY)
    conflict = call("entries.update_entry", entry.id, client=app, body=mood, if_match='"1"')
    assert conflict.status_code == HTTPStatus.PRECONDITION_FAILED
    assert (conflict.parsed.code, conflict.parsed.current.title) == ("stale_version", "First snow")
    version = f'"{conflict.parsed.current.version}"'
    merged = call("entries.update_entry", entry.id, client=app, body=mood, if_match=version).parsed
    assert (merged.version, merged.title, merged.mood) == (3, "First snow", "happy")

    # Delete the page, change the account, leave.
    listed = call("entries.list_entries", client=app).parsed
    assert [one.id for one in listed.results] == [entry.id]
    assert (
        call("entries.delete_entry", entry.id, client=app, if_match='"3"').status_code
        == HTTPStatus.NO_CONTENT
    )
    assert call("entries.get_entry", entry.id, client=app).parsed.code == "not_found"
    assert not Illustration.objects.exists()
    me = call(
        "account.update_me", client=app, body=models.PatchedMeInput(language=models.PatchedMeInputLanguage.EN)
    ).parsed
    assert me.language == "en"
    leaving = models.AccountDeletionInput(password=PASSWORD)
    assert call("account.delete_me", client=app, body=leaving).status_code == HTTPStatus.NO_CONTENT
    assert call("account.get_me", client=app).parsed.code == "session_ended"
    assert not User.objects.exists()
    assert isinstance(today, date)
