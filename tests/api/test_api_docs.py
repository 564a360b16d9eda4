"""docs/api.md tells every code and every limit as they are."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.urls import resolve

from diaries.api.problems import KINDS

GUIDE = (Path(__file__).parents[2] / "docs/api.md").read_text()
PERIODS = {"s": "a second", "m": "a minute", "h": "an hour", "d": "a day"}


def test_every_problem_stands_in_the_guide_with_its_status() -> None:
    told = {
        code: int(status)
        for status, codes in re.findall(r"^\| (\d{3}) \| ([^|]+) \|", GUIDE, re.M)
        for code in re.findall(r"`(\w+)`", codes)
    }
    assert told == {code: kind.status for code, kind in KINDS.items()}


def test_every_throttle_stands_in_the_guide_with_its_rate() -> None:
    told = {name.lower(): rate for rate, name in re.findall(r"\| (\d+ an? \w+) \(`API_RATE_(\w+)`\)", GUIDE)}
    known = {}
    for name, rate in settings.API_RATES.items():
        number, period = rate.split("/")
        known[name] = f"{number} {PERIODS[period]}"
    assert told == known


def test_every_address_in_the_guide_leads_somewhere() -> None:
    drawing = "5e0f6c52-7a4c-4b6b-9a64-0d6f1f3a6f10"
    found = set(re.findall(r"\$api/([\w/$-]+)", GUIDE))
    found |= set(re.findall(r"`(?:GET|POST|PATCH|DELETE) (entries/[^`…]*/|\w[\w-]*/(?:[\w-]+/)*)`", GUIDE))
    assert len(found) >= 12
    for address in found:
        path = re.sub(r"\$entry|\$drawing|\{entry\}|\{drawing\}", drawing, address)
        assert resolve(f"/api/v1/{path}").url_name != "unknown", address
