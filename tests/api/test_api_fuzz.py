"""Schemathesis over every operation, in this process: no server error, and every answer as the schema says.

`make test` sends 200 requests to each operation, signed in and not; `make soak` sends 1,000.
"""

from __future__ import annotations

import uuid
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils.http import urlencode
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from hypothesis.errors import FlakyStrategyDefinition
from hypothesis.stateful import run_state_machine_as_test
from schemathesis.checks import not_a_server_error
from schemathesis.core.parameters import ParameterLocation
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi import checks

from diaries.api import links
from diaries.models import Entry, User
from diarysite.wsgi import application
from tests.api.apps import day, token_of
from tests.factories import EntryFactory, EntryIllustrationFactory, UserFactory

CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
    checks.ignored_auth,
    checks.use_after_free,
]
KINDS = {"ready": {"illustration__ready": True}, "failed": {"illustration__failed": True}, "waiting": {}}


def operations() -> Iterator[str]:
    """Yield the name of every operation, read off the views."""
    api = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "api")
    waiting = list(api.url_patterns)
    while waiting:
        one = waiting.pop(0)
        waiting += getattr(one, "url_patterns", [])
        view = getattr(getattr(one, "callback", None), "view_class", None)
        yield from getattr(view, "names", {}).values()


@pytest.fixture(scope="module")
def schema() -> Any:
    found = schemathesis.openapi.from_dict(SchemaGenerator().get_schema(public=True))
    found.app = application
    return found


@pytest.fixture
def _calm(settings: Any) -> Iterator[None]:
    """No throttles, which would answer most of the requests, a cache in this process, one connection throughout."""
    settings.API_RATES = dict.fromkeys(settings.API_RATES, "")
    settings.ACCOUNT_RATE_LIMITS = False
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Writer:
    """Somebody with a page and drawings that are there again for every request."""

    def __init__(self) -> None:
        self.user: User = UserFactory(email=f"{uuid.uuid4().hex}@example.org")
        self.token = token_of(self.user)
        self.ties: dict[str, Any] = {}

    def tie(self, kind: str) -> Any:
        """Return a drawing of this kind that is there."""
        tie = self.ties.get(kind)
        if tie is None or not type(tie).objects.filter(pk=tie.pk).exists():
            tie = EntryIllustrationFactory(entry=EntryFactory(author=self.user), **KINDS[kind])
            self.ties[kind] = tie
        return tie


def run(schema: Any, name: str, *, signed_in: bool, examples: int) -> None:
    """Send so many requests to one operation: as the schema says and not so, to pages that are there and not."""
    operation = next(
        result.ok()
        for result in schema.get_all_operations()
        if result.ok().definition.raw["operationId"] == name
    )
    writer = Writer()
    requests = operation.as_strategy(generation_mode=GenerationMode.POSITIVE)
    if operation.path_parameters or operation.query or operation.headers or operation.body:
        requests |= operation.as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=examples <= 200,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=requests, kind=st.sampled_from([*KINDS, ""]), fits=st.booleans())
    def send(case: Any, kind: str, fits: bool) -> None:
        # What was made unfit on purpose stays so: mended, it would be a good request that is called a bad one.
        unfit = {place for place, part in case.meta.components.items() if part.mode.is_negative}
        if kind and ParameterLocation.PATH not in unfit and "entry" in (case.path_parameters or {}):
            tie = writer.tie(kind)
            case.path_parameters["entry"] = str(tie.entry_id)
            if "drawing" in case.path_parameters:
                case.path_parameters["drawing"] = str(tie.illustration_id)
            if fits and ParameterLocation.HEADER not in unfit and "If-Match" in (case.headers or {}):
                case.headers["If-Match"] = f'"{Entry.objects.get(pk=tie.entry_id).version}"'
        headers = {"X-Session-Token": writer.token} if signed_in else {}
        case.call_and_validate(checks=CHECKS, headers=headers)

    send()
    assert User.objects.filter(pk=writer.user.pk).exists()


def follow(schema: Any, *, runs: int, steps: int) -> None:
    """Go from answer to request along the links: what was deleted must be gone, whatever way leads there."""
    writer, seen, failures = Writer(), Counter[str](), list[BaseException]()
    wanted = {*links.LINKS, *(target for targets in links.LINKS.values() for target in targets)}

    class Journey(schema.include(operation_id=sorted(wanted)).as_state_machine()):  # type: ignore[misc]
        def before_call(self, case: Any) -> None:
            # Most random pages do not fit; a journey begins with one that does.
            if case.operation.definition.raw["operationId"] == "create_entry":
                case.body, case.headers = day(), {}

        def get_call_kwargs(self, case: Any) -> dict[str, Any]:
            return {"headers": {"X-Session-Token": writer.token}}

        def validate_response(self, response: Any, case: Any, **kwargs: Any) -> None:
            if 200 <= response.status_code < 300:
                seen[case.operation.definition.raw["operationId"]] += 1
            headers = {"X-Session-Token": writer.token}
            try:
                case.validate_response(
                    response, checks=CHECKS, headers=headers, transport_kwargs=kwargs, recorder=self.recorder
                )
            except BaseException as failure:
                failures.append(failure)
                raise

    for number in range(runs):
        # Few at a time: ids that the server makes up differ between examples, which Hypothesis takes for a flaw.
        with suppress(FlakyStrategyDefinition):
            run_state_machine_as_test(
                seed(number)(Journey),
                settings=settings(
                    max_examples=3,
                    stateful_step_count=steps,
                    deadline=None,
                    database=None,
                    phases=[Phase.generate],
                    suppress_health_check=list(HealthCheck),
                ),
            )
        if failures:
            raise failures[0]
    for name in (
        "create_entry",
        "get_entry",
        "update_entry",
        "delete_entry",
        "get_drawing",
        "delete_drawing",
    ):
        assert seen[name], f"no journey came through {name}: {seen}"


@pytest.mark.django_db
@pytest.mark.usefixtures("_calm")
@pytest.mark.timeout(300)
def test_along_the_links_nothing_is_used_after_it_was_deleted(schema: Any) -> None:
    follow(schema, runs=30, steps=20)


@pytest.mark.django_db
@pytest.mark.usefixtures("_calm")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "nobody"])
@pytest.mark.parametrize("name", list(operations()))
def test_no_request_is_answered_by_an_error_of_the_server(schema: Any, name: str, signed_in: bool) -> None:
    run(schema, name, signed_in=signed_in, examples=200)


@pytest.mark.django_db
@pytest.mark.usefixtures("_calm")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("name", ["schema", "try"])
def test_the_schemas_own_addresses_stand_outside_it_and_fail_as_little(name: str) -> None:
    """What tells of the operations is none itself; here its queries and headers are anything a browser can send."""
    text = st.text(st.characters(min_codepoint=32, max_codepoint=255, exclude_characters="\x7f"), max_size=40)
    names = st.sampled_from(["format", "lang", "version", "script", "cursor"])
    headers = st.sampled_from(["Accept", "Accept-Language", "X-Session-Token", "If-None-Match", "Cookie"])
    client = Client(raise_request_exception=False)

    @settings(
        max_examples=200,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        method=st.sampled_from(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "BREW"]),
        query=st.dictionaries(names, text, max_size=2),
        headers=st.dictionaries(headers, text, max_size=2),
    )
    def send(method: str, query: dict[str, str], headers: dict[str, str]) -> None:
        path = f"{reverse(f'api:{name}')}?{urlencode(query)}"
        response = client.generic(method, path, headers=headers)
        assert response.status_code in ((200, 304) if method in ("GET", "HEAD") else (405,)), response

    send()


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.usefixtures("_calm")
@pytest.mark.timeout(3600)
@pytest.mark.parametrize("signed_in", [True, False], ids=["signed in", "nobody"])
@pytest.mark.parametrize("name", list(operations()))
def test_a_thousand_requests_to_each_operation(schema: Any, name: str, signed_in: bool) -> None:
    run(schema, name, signed_in=signed_in, examples=1000)


@pytest.mark.soak
@pytest.mark.django_db
@pytest.mark.usefixtures("_calm")
@pytest.mark.timeout(3600)
def test_three_hundred_journeys_along_the_links(schema: Any) -> None:
    follow(schema, runs=300, steps=20)
