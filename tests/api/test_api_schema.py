"""The OpenAPI schema: without a warning, served with a page that tries it, and true to the addresses there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import get_resolver
from drf_spectacular.validation import validate_schema
from jsonschema import Draft202012Validator
from rest_framework.test import APIClient

from tests.api.apps import V1, is_problem

pytestmark = pytest.mark.django_db


@pytest.fixture
def schema(nobody: APIClient) -> dict[str, Any]:
    found: dict[str, Any] = nobody.get(f"{V1}/schema/").json()
    return found


def test_the_schema_is_made_without_a_warning(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("spectacular", "--validate", "--fail-on-warn", "--api-version", "v1")
    assert "openapi: 3.1" in capsys.readouterr().out


def test_the_schema_that_is_served_is_valid_and_tells_of_both_ways_in(schema: dict[str, Any]) -> None:
    validate_schema(schema)
    schemes = schema["components"]["securitySchemes"]
    assert schemes["sessionToken"]["name"] == "X-Session-Token"
    assert schemes["sessionCookie"]["in"] == "cookie"


def test_every_operation_has_its_own_name_words_and_problems(schema: dict[str, Any]) -> None:
    operations = [
        (f"{method} {path}", operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    ]
    names = [operation["operationId"] for _, operation in operations]
    assert len(set(names)) == len(names) >= 33
    for name, operation in operations:
        assert operation["description"], name
        assert operation["tags"][0], name
        for status, response in operation["responses"].items():
            if int(status) >= 400:
                assert list(response["content"]) == ["application/problem+json"], (name, status)
            if int(status) < 300 and status != "204":
                assert response["content"], (name, status)
        assert {"429", "503"} <= set(operation["responses"]), name
        body = operation.get("requestBody")
        if body:
            assert {"400", "413", "415", "422"} <= set(operation["responses"]), name
        open_to_all = not operation.get("security") or {} in operation["security"]
        assert ("401" in operation["responses"]) or open_to_all, name


def test_every_address_of_the_api_is_in_the_schema(schema: dict[str, Any]) -> None:
    api = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", "") == "api")

    def addresses(patterns: Any, base: str) -> list[str]:
        found: list[str] = []
        for one in patterns:
            address = base + str(one.pattern)
            found += addresses(one.url_patterns, address) if hasattr(one, "url_patterns") else [address]
        return found

    known = set(schema["paths"])
    missing = set()
    for address in addresses(api.url_patterns, "/api/"):
        path = address.replace("<uuid:", "{").replace("<int:", "{").replace(">", "}")
        if path not in known:
            missing.add(path)
    assert missing == {"/api/v1/schema/", "/api/v1/try/", "/api/^(?P<rest}.*)$"}


def test_inputs_have_examples(schema: dict[str, Any]) -> None:
    for path, method in [("entries/", "post"), ("accounts/", "post"), ("session/", "post")]:
        content = schema["paths"][f"{V1}/{path}"][method]["requestBody"]["content"]["application/json"]
        assert content["examples"], path


def test_the_page_to_try_it_takes_everything_from_this_server() -> None:
    client = Client()
    response = client.get(f"{V1}/try/")
    assert response.status_code == 200
    page = response.content.decode()
    assert "swagger-ui" in page
    assert "http://" not in page
    assert "https://" not in page
    policy = response.headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src 'self' 'unsafe-inline'" not in policy
    script = client.get(f"{V1}/try/?script=")
    assert script.headers["Content-Type"].startswith("application/javascript")
    assert f"{V1}/schema/" in script.content.decode()
    elsewhere = client.get("/").headers["Content-Security-Policy"]
    assert "unsafe-inline" not in elsewhere
    is_problem(client.post(f"{V1}/try/"), 405, "method_not_allowed")


@pytest.mark.parametrize(
    ("name", "text", "empty"), [("EntryInput", "title", True), ("EntryInput", "body", False)]
)
def test_what_may_be_empty_fits_the_schema_and_what_may_not_does_not(
    name: str, text: str, empty: bool, schema: dict[str, Any]
) -> None:
    described = schema["components"]["schemas"][name]["properties"][text]
    assert Draft202012Validator(described).is_valid("") == empty
