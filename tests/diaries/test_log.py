"""A marked diary goes through errors of every kind, and the log says what and where without a word of it."""

from __future__ import annotations

import io
import logging
import sys
from collections.abc import Callable, Iterator
from smtplib import SMTPRecipientsRefused

import pytest
import redis
from django.db import DatabaseError, OperationalError, connection, transaction
from django.test import Client
from django.urls import reverse

from diaries.models import User
from diarysite.celery import app
from diarysite.logs import DiscreetFormatter
from illustration.models import Style
from tests.factories import EntryFactory

pytestmark = pytest.mark.django_db
CANARY = "yellow-canary-7431"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What the site's own handler writes."""
    (console,) = [
        handler
        for handler in logging.getLogger().handlers
        if isinstance(handler.formatter, DiscreetFormatter)
    ]
    written = io.StringIO()
    before = console.setStream(written)  # type: ignore[attr-defined]
    yield written
    console.setStream(before)  # type: ignore[attr-defined]


@pytest.fixture
def refusing_database(db: None) -> None:
    """A database that refuses every page, as it would one that breaks a constraint."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ALTER TABLE diaries_entry ADD CONSTRAINT refused CHECK (version < 0)")
        else:
            cursor.execute(
                "CREATE TRIGGER refused BEFORE INSERT ON diaries_entry"
                " BEGIN SELECT RAISE(ABORT, 'refused'); END"
            )


def is_discreet(log: io.StringIO, *told: str) -> None:
    said = log.getvalue()
    assert CANARY not in said
    for words in told:
        assert words in said


def test_a_page_that_the_database_refuses(
    refusing_database: None, author: User, style: Style, signed_in: Callable[[User], Client], log: io.StringIO
) -> None:
    if connection.vendor == "postgresql":
        with pytest.raises(DatabaseError, match=CANARY), transaction.atomic():
            EntryFactory(author=author, body=CANARY)
    client = signed_in(author)
    client.raise_request_exception = False
    form = {
        "written_on": author.today().isoformat(),
        "title": CANARY,
        "body": f"Today: {CANARY}",
        "style": style.pk,
        "mode": "draw",
    }
    assert client.post(reverse("diaries:entry-create"), form).status_code == 500
    is_discreet(log, "Internal Server Error", "IntegrityError", "diaries/services/entries.py")


def test_a_task_that_the_database_refuses(refusing_database: None, author: User, log: io.StringIO) -> None:
    @app.task(name="tests.write_a_page")  # type: ignore[untyped-decorator]
    def write() -> None:
        EntryFactory(author=author, body=CANARY)

    try:
        assert write.apply().failed()
    finally:
        del app.tasks["tests.write_a_page"]
    is_discreet(log, "tests.write_a_page", "raised unexpected: IntegrityError", "test_log.py")


def test_every_error_of_a_chain_and_every_way_to_log_one(log: io.StringIO) -> None:
    logger = logging.getLogger("diaries.test")
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise LookupError(CANARY) from error
    except LookupError as error:
        logger.exception("a page was not read: %s", error)
        logger.exception(error)
        logger.error("%(why)s", {"why": repr(error)}, exc_info=True)
        logger.warning("not read: %s", error)
    is_discreet(log, "a page was not read: LookupError", "not read: LookupError", "ValueError")
    assert log.getvalue().count("test_log.py") == 6


def test_what_another_handler_printed_is_not_repeated(log: io.StringIO) -> None:
    try:
        raise ValueError(CANARY)
    except ValueError:
        record = logging.getLogger().makeRecord("x", logging.ERROR, "", 1, "oh", (), True)
        record.exc_info = sys.exc_info()
    assert CANARY in logging.Formatter().format(record)
    logging.getLogger().handle(record)
    is_discreet(log, "oh", "ValueError")


def test_a_servers_code_is_told(log: io.StringIO) -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT nothing FROM nowhere")
    except DatabaseError:
        logging.getLogger("diaries.test").exception("refused")
    is_discreet(log, "refused", "(42P01)" if connection.vendor == "postgresql" else "OperationalError")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("connection refused"), "OperationalError: connection refused"),
        (redis.ConnectionError("Error 111 connecting"), "ConnectionError: Error 111 connecting"),
        (FileNotFoundError(2, "No such file or directory", CANARY), "FileNotFoundError: No such file"),
        (SMTPRecipientsRefused({CANARY: (550, b"unknown")}), "SMTPRecipientsRefused"),
        (UnicodeEncodeError("ascii", CANARY, 0, 1, CANARY), "UnicodeEncodeError"),
    ],
)
def test_an_operator_is_told_what_cannot_come_from_a_diary(
    error: Exception, told: str, log: io.StringIO
) -> None:
    logging.getLogger("diaries.test").error("it failed: %s", error)
    is_discreet(log, f"it failed: {told}")


def test_a_refused_request_is_told_in_one_line(
    moderator: User, operator: User, signed_in: Callable[[User], Client], log: io.StringIO
) -> None:
    client = signed_in(moderator)
    address = reverse("admin:diaries_user_change", args=[operator.pk])
    assert client.get(address).status_code == 403
    client.get("/", headers={"host": f"{CANARY}@nowhere"})
    is_discreet(log, "Forbidden (Permission denied): /admin/", "DisallowedHost")
    assert '  File "' not in log.getvalue()
