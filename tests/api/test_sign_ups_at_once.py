"""Two people, or two presses of one button, sign up with the same address at the same moment."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from diaries.models import User
from diaries.services import accounts
from tests.api.apps import V1, app_of, is_problem
from tests.factories import PASSWORD
from tests.processes import wait_until

ADDRESS = "new@example.org"


def by_app() -> Any:
    return app_of(None).post(f"{V1}/accounts/", {"email": ADDRESS, "password": PASSWORD})


def by_page() -> Any:
    return Client().post("/accounts/signup/", {"email": ADDRESS, "password1": PASSWORD, "display_name": ""})


def somebody_waits() -> bool:
    """Whether the second sign-up stands before the first one's row; on SQLite it waits before it looks."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("shared_cache")
@pytest.mark.parametrize("send", [by_app, by_page])
def test_the_second_is_told_that_the_address_is_taken(send: Any) -> None:
    answers = []

    def second() -> None:
        try:
            answers.append(send())
        finally:
            connection.close()

    thread = threading.Thread(target=second)
    with transaction.atomic():
        accounts.create_confirmed_account(email=ADDRESS, password=PASSWORD)
        thread.start()
        wait_until(somebody_waits, "the second sign-up")
    thread.join()
    (answer,) = answers
    if send is by_app:
        told = is_problem(answer, 422, "invalid")
        assert [error["field"] for error in told["errors"]] == ["email"]
    else:
        assert answer.status_code < 400
        assert "email" in answer.context["form"].errors
    assert User.objects.get().email == ADDRESS
