"""What the address of a list may ask: its filters. A count of rows would otherwise tell every column word by word."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from diaries.admin.reports import NEVER_READ
from diaries.models import ModerationAct, Report, User
from illustration.models import Illustration
from tests.admin.conftest import CANARY

OPEN: dict[type[Model], set[str]] = {
    Illustration: {"status", "style", "failure_code", "priority", "worker"},
    User: {"suspended_at", "drawing_stopped_until", "is_staff", "groups"},
    Report: {"status", "reason", "outcome"},
    ModerationAct: {"action", "actor_name"},
}


def address(model: type[Model], query: str) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist") + f"?{query}"


def closed() -> Iterator[tuple[type[Model], str]]:
    for model, names in OPEN.items():
        for field in model._meta.get_fields():
            if field.name not in names:
                yield model, field.name


@pytest.mark.parametrize(("model", "name"), list(closed()), ids=str)
@pytest.mark.parametrize("lookup", ["{}", "{}__isnull", "{}__startswith"])
def test_a_list_cannot_be_asked_about_any_other_column(
    signed_in: Callable[[User], Client], administrator: User, model: type[Model], name: str, lookup: str
) -> None:
    response = signed_in(administrator).get(address(model, f"{lookup.format(name)}=1"))
    assert response.status_code == 400


def test_what_must_never_be_read_is_among_the_columns_tried() -> None:
    tried = {(model, name) for model, name in closed()}
    assert {(Illustration, name) for name in (*NEVER_READ, "picture", "thumbnail", "token")} <= tried
    assert (User, "password") in tried


@pytest.mark.parametrize(
    ("model", "query"),
    [
        (Illustration, f"prompt__icontains={CANARY}"),
        (Illustration, f"text__icontains={CANARY}"),
        (Illustration, "title__startswith=A"),
        (Illustration, f"scene__who__0__said={CANARY}"),
        (Illustration, f"style__name_en__icontains={CANARY}"),
        (Illustration, f"entry_tie__entry__body__icontains={CANARY}"),
        (User, "email=writer@example.org&password__startswith=md5"),
        (User, f"entries__body__icontains={CANARY}"),
        (User, "groups__user__password__startswith=md5"),
    ],
)
def test_an_operator_cannot_guess_at_words_or_passwords(
    signed_in: Callable[[User], Client],
    operator: User,
    diary: list[Illustration],
    model: type[Model],
    query: str,
) -> None:
    assert signed_in(operator).get(address(model, query)).status_code == 400


@pytest.mark.parametrize("model", list(OPEN), ids=str)
def test_every_filter_of_a_list_works(
    signed_in: Callable[[User], Client], administrator: User, report: Report, model: type[Model]
) -> None:
    client = signed_in(administrator)
    page = client.get(address(model, ""))
    offered = admin.site._registry[model].get_list_filter(page.wsgi_request)
    assert {item if isinstance(item, str) else item[0] for item in offered} == OPEN[model]
    tried = [
        choice["query_string"]
        for spec in page.context["cl"].filter_specs
        for choice in spec.choices(page.context["cl"])
        if not choice["selected"]
    ]
    assert tried
    for query in tried:
        assert client.get(address(model, query.lstrip("?"))).status_code == 200, query
