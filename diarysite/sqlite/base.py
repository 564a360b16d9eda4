"""How writers on SQLite wait for their turn: all alike, however long they have waited already."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from typing import Any

from django.db import OperationalError
from django.db.backends.sqlite3 import base

PRIMARY_CODE = 0xFF
ASK_ANEW_MILLISECONDS = 20


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, but for the waiting; `timeout` in OPTIONS is the patience in seconds.

    SQLite asks ever more rarely the longer it waits, up to ten times a second, so that newcomers overtake who came
    first, again and again. Here the waiting begins anew all the time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.execute_wrappers.append(self._wait_for_turn)

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        # The first statements, which no wrapper sees, still wait as SQLite does.
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        connection.execute(f"PRAGMA busy_timeout = {ASK_ANEW_MILLISECONDS}")
        return connection

    def _wait_for_turn(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        deadline = time.monotonic() + self.settings_dict["OPTIONS"].get("timeout", 5.0)
        while True:
            try:
                return execute(sql, params, many, context)
            except OperationalError as error:
                code = getattr(error.__cause__, "sqlite_errorcode", 0) & PRIMARY_CODE
                # Inside a transaction the turn is had already; what is busy there would stay so.
                if code != sqlite3.SQLITE_BUSY or self.connection.in_transaction:
                    raise
                if time.monotonic() > deadline:
                    raise
