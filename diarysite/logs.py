"""How the site's log is written: what went wrong and where, in words that cannot come from a diary.

PostgreSQL quotes the row that it refuses, and much else quotes what it could not read; both may be somebody's diary.
"""

from __future__ import annotations

import copy
import logging
import traceback
from collections.abc import Iterator
from typing import Any

import kombu.exceptions
import redis.exceptions
from django.db.utils import OperationalError

# PostgreSQL sends its code with whatever it says of a statement, so without one nobody has read the statement;
# SQLite's own are of locks, tables and disks.
UNREACHABLE = (
    OperationalError,
    kombu.exceptions.OperationalError,
    redis.exceptions.ConnectionError,
    redis.exceptions.TimeoutError,
)


class DiscreetFormatter(logging.Formatter):
    """Prints of exceptions their kinds and the places in the code, from the first cause on."""

    def format(self, record: logging.LogRecord) -> str:
        # Another handler may have left its own print on the record.
        record = copy.copy(record)
        record.exc_text = None
        told = list(_chain(record.exc_info[1])) if record.exc_info else []
        if 400 <= getattr(record, "status_code", 0) < 500:
            # A request was refused, as it should be: where in the code would bury what an operator wants to read.
            record.exc_info = None
        words = {spoken for error in told for spoken in (str(error), repr(error))}

        def discreet(value: Any) -> Any:
            if isinstance(value, BaseException):
                return kind(value)
            return kind(told[0]) if isinstance(value, str) and value and value in words else value

        record.msg = discreet(record.msg)
        if isinstance(record.args, dict):
            record.args = {name: discreet(value) for name, value in record.args.items()}
        elif record.args:
            record.args = tuple(discreet(value) for value in record.args)
        return super().format(record)

    def formatException(self, ei: Any) -> str:
        return "\n".join(
            "".join(traceback.format_tb(error.__traceback__)) + kind(error)
            for error in reversed(list(_chain(ei[1])))
        )


def kind(error: BaseException) -> str:
    """Name an exception's class, with what cannot come from a diary.

    That is the code that a database server sent, five characters of SQL's standard; the operating system's words for
    its own error; and all words of a connection that failed, for who cannot connect was not told anything yet.
    """
    name = type(error).__qualname__
    code = getattr(error.__cause__, "sqlstate", None) or getattr(error, "sqlstate", None)
    if code:
        return f"{name} ({code})"
    if isinstance(error, OSError):
        # Not all of them: a mail server's refusal names the reader.
        return f"{name}: {error.strerror}" if error.strerror else name
    return f"{name}: {error}" if isinstance(error, UNREACHABLE) else name


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an exception, then what it came from, as a traceback would tell."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
