"""SQLite's line of writers: who waits gets a turn, and who waits too long is told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.db.utils import ConnectionHandler

from diarysite import env
from tests.processes import wait_until


@pytest.fixture
def writers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: Any
) -> Iterator[ConnectionHandler]:
    """Two lines to one file, each as the site has them."""
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'diary.sqlite3'}")
    one = env.database("DATABASE_URL", "")
    handler = ConnectionHandler({"default": one, "other": one | {"OPTIONS": {**one["OPTIONS"]}}})
    for alias in handler:
        handler[alias].inc_thread_sharing()
    with django_db_blocker.unblock():
        handler["default"].cursor().execute("CREATE TABLE page (body TEXT)")
        yield handler
        handler.close_all()


def asked(connection: Any) -> list[str]:
    """Return a list that grows with what the connection asks of the file."""
    said: list[str] = []

    def listen(execute: Any, sql: str, *args: Any) -> Any:
        said.append(sql)
        return execute(sql, *args)

    connection.execute_wrappers.append(listen)
    return said


@pytest.mark.parametrize("sql", ["BEGIN IMMEDIATE", "INSERT INTO page VALUES ('late')"])
def test_a_writer_waits_anew_until_the_turn_comes(sql: str, writers: ConnectionHandler) -> None:
    first, second = writers["default"], writers["other"]
    first.cursor().execute("BEGIN IMMEDIATE")
    # Behind the waiting, so that it hears every try.
    said, done = asked(second), threading.Event()

    def write() -> None:
        second.cursor().execute(sql)
        done.set()

    thread = threading.Thread(target=write)
    second.ensure_connection()
    thread.start()
    wait_until(lambda: said.count(sql) > 3, "tries while the file is locked")
    assert not done.is_set()
    first.cursor().execute("ROLLBACK")
    thread.join()
    assert done.is_set()


def test_who_has_waited_long_enough_is_told(writers: ConnectionHandler) -> None:
    first, second = writers["default"], writers["other"]
    second.settings_dict["OPTIONS"]["timeout"] = 0.1
    first.cursor().execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="database is locked"):
        second.cursor().execute("INSERT INTO page VALUES ('never')")


def test_another_error_is_told_at_once(writers: ConnectionHandler) -> None:
    said = asked(writers["other"])
    with pytest.raises(OperationalError, match="no such table"):
        writers["other"].cursor().execute("INSERT INTO leaf VALUES ('?')")
    assert len(said) == 1
