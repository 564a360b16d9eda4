"""What goes in and out: strict JSON of bounded depth, and one form of answer whatever Accept says."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request

from diaries.api.problems import Problem

DEPTH_MOST = 20


class StrictJSONParser(BaseParser):
    """Read one JSON object as RFC 8259 has it: UTF-8, no NaN, no name twice, at most 20 levels deep."""

    media_type = "application/json"
    renderer_class = JSONRenderer

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        try:
            found = json.loads(
                stream.read().decode("utf-8"),
                object_pairs_hook=_object,
                parse_constant=_refuse_constant,
                parse_float=_number,
            )
        except RecursionError:
            raise _too_deep() from None
        except ValueError:
            raise Problem("unreadable", detail=_("The body is not JSON in UTF-8.")) from None
        if not isinstance(found, dict):
            raise Problem("unreadable", detail=_("The body must be a JSON object."))
        _measure(found, DEPTH_MOST)
        return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise Problem("unreadable", detail=_("A name stands twice in one JSON object."))
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _number(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("too large a number")
    return number


def _measure(value: object, left: int) -> None:
    if isinstance(value, (dict, list)):
        if left == 0:
            raise _too_deep()
        for inner in value.values() if isinstance(value, dict) else value:
            _measure(inner, left - 1)


def _too_deep() -> Problem:
    return Problem(
        "unreadable",
        detail=_("The JSON is nested too deeply: %(most)d levels at most.") % {"most": DEPTH_MOST},
    )


class OneForm(BaseContentNegotiation):
    """Every address has one form of answer; what Accept says is not asked, so there is no 406."""

    def select_parser(self, request: Request, parsers: list[BaseParser]) -> BaseParser | None:
        sent = (request.content_type or "").split(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == sent), None)

    def select_renderer(
        self, request: Request, renderers: list[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type or ""
