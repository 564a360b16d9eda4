"""Rows for tests that need some without going through the services; a ready picture has its files."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory
from PIL import Image

from diaries.models import Entry, EntryIllustration, User
from illustration import storage
from illustration.models import Illustration, Status, Style

PASSWORD = "a good long password"


class UserFactory(DjangoModelFactory[User]):
    """A writer who signs in with PASSWORD."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"writer{n}@example.org")
    display_name = "Writer"
    language = "en"

    @classmethod
    def _create(cls, model_class: type[User], *args: Any, **kwargs: Any) -> User:
        return model_class.objects.create_user(*args, **({"password": PASSWORD} | kwargs))


class EntryFactory(DjangoModelFactory[Entry]):
    """A page in the crayon style that asked for no drawing."""

    class Meta:
        model = Entry

    author = factory.SubFactory(UserFactory)
    written_on = date(2026, 4, 5)
    title = "At the beach"
    body = "I went to the beach with my dog."
    style = factory.LazyFunction(lambda: Style.objects.get(slug="crayon"))


class IllustrationFactory(DjangoModelFactory[Illustration]):
    """A waiting drawing; IllustrationFactory(ready=True) has been drawn and its files lie in MEDIA_ROOT."""

    class Meta:
        model = Illustration

    class Params:
        ready = factory.Trait(
            status=Status.READY,
            title="",
            text="",
            finished_at=factory.LazyFunction(timezone.now),
            attempts=1,
            scene={"language": "en"},
            prompt="crayon drawing, a dog, at the beach",
        )
        failed = factory.Trait(
            status=Status.FAILED,
            title="",
            text="",
            finished_at=factory.LazyFunction(timezone.now),
            attempts=5,
            failure_code="worker_lost",
        )

    requester = "somebody"
    style = factory.LazyFunction(lambda: Style.objects.get(slug="crayon"))
    title = "At the beach"
    text = "I went to the beach with my dog."
    requested_at = factory.LazyFunction(timezone.now)
    run_after = factory.SelfAttribute("requested_at")
    rung_at = factory.SelfAttribute("requested_at")
    seed = factory.Sequence(lambda n: n)
    width = 64
    height = 64

    @classmethod
    def _create(cls, model_class: type[Illustration], *args: Any, **kwargs: Any) -> Illustration:
        if kwargs.get("status") == Status.READY and not kwargs.get("picture"):
            image = Image.new("RGB", (kwargs["width"], kwargs["height"]), (200, 120, kwargs["seed"] % 256))
            kwargs["picture"], kwargs["thumbnail"] = storage.save_picture(image)
        return model_class.objects.create(*args, **kwargs)


class EntryIllustrationFactory(DjangoModelFactory[EntryIllustration]):
    """An entry's drawing, of the entry's present text: EntryIllustrationFactory(illustration__ready=True)."""

    class Meta:
        model = EntryIllustration

    entry = factory.SubFactory(EntryFactory)
    illustration = factory.SubFactory(
        IllustrationFactory,
        requester=factory.LazyAttribute(lambda row: row.factory_parent.entry.author.requester_key),
    )
    entry_version = factory.SelfAttribute("entry.version")
