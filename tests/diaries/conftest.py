"""A page with a finished picture, and a report of it."""

from __future__ import annotations

import pytest

from diaries.models import Report, User
from diaries.services import moderation
from illustration.models import Illustration
from tests.factories import EntryIllustrationFactory


@pytest.fixture
def tie(author: User) -> object:
    """A page of the author's with a finished picture."""
    return EntryIllustrationFactory(entry__author=author, illustration__ready=True)


@pytest.fixture
def picture(tie: object) -> Illustration:
    return tie.illustration


@pytest.fixture
def report(author: User, picture: Illustration) -> Report:
    return moderation.report_picture(
        reporter=author, illustration_id=picture.pk, reason="scary", note="Teeth!"
    )
