"""The cast, the settings of a test, and the site's other processes, all real.

Start tests by `make test ARGS="tests/diaries -k quota"`: it brings a private PostgreSQL and Redis along. A test that
starts processes is marked `django_db(transaction=True)`, for they see only what is committed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings as django_settings
from django.contrib.auth.models import Group
from django.core import serializers
from django.core.cache import cache
from django.db import connection
from django.db.models.signals import post_migrate
from django.test import Client

from deploy.services import private_redis
from diaries.models import User
from diarysite import env
from illustration.models import Style
from tests.factories import UserFactory
from tests.processes import Process, Workers, workers

_for_this_process = ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    """Of pytest's processes that run side by side, each has a Redis of its own, as each has its own database."""
    if hasattr(config, "workerinput"):
        folder = Path(_for_this_process.enter_context(TemporaryDirectory(prefix="diary-redis-")))
        url = _for_this_process.enter_context(private_redis(folder))
        os.environ["REDIS_URL"] = url
        use_redis(django_settings, url)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the file that takes minutes by itself, so that no process is left alone with it at the end."""
    items.sort(key=lambda item: item.path.name != "test_on_sqlite.py")


def pytest_unconfigure(config: pytest.Config) -> None:
    _for_this_process.close()


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The Redis that `make test` brought along; without one, a private one for this session."""
    if given := env.text("REDIS_URL"):
        yield given
    else:
        with private_redis(tmp_path_factory.mktemp("redis")) as url:
            yield url


@pytest.fixture(autouse=True)
def _test_settings(settings: Any, tmp_path: Path) -> None:
    """Pictures in this test's own folder, static files without a manifest, passwords hashed quickly."""
    settings.MEDIA_ROOT = tmp_path / "pictures"
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """On SQLite the test database is a file: other processes cannot open one in memory."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("database") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Put the rows that migrations made back after every test that empties the tables."""
    with django_db_blocker.unblock():
        rows = [*Style.objects.all(), *Group.objects.all()]
        kept = serializers.serialize("json", rows, use_natural_foreign_keys=True)
    # Only apps with models are told that the tables were emptied.
    last = [app for app in apps.get_app_configs() if app.models_module][-1]

    def put_back(**kwargs: object) -> None:
        if not Style.objects.exists():
            for row in serializers.deserialize("json", kept):
                row.save()

    post_migrate.connect(put_back, sender=last, weak=False)


@pytest.fixture
def clean_cache() -> Iterator[None]:
    """Throttles and previews of other tests are forgotten, before and after."""
    cache.clear()
    yield
    cache.clear()


# The cast.


@pytest.fixture
def author(db: None) -> User:
    """A writer, whose language is English."""
    return UserFactory(email="author@example.org", display_name="Author")


@pytest.fixture
def stranger(db: None) -> User:
    """Another writer, who has nothing to do with the author."""
    return UserFactory(email="stranger@example.org", display_name="Stranger")


@pytest.fixture
def moderator(db: None) -> User:
    """A writer who keeps the place decent."""
    user = UserFactory(email="moderator@example.org", display_name="Moderator", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="moderator")[0])
    return user


@pytest.fixture
def operator(db: None) -> User:
    """A writer who keeps the machines running."""
    user = UserFactory(email="operator@example.org", display_name="Operator", is_staff=True)
    user.groups.add(Group.objects.get_or_create(name="operator")[0])
    return user


@pytest.fixture
def administrator(db: None) -> User:
    """Who may do everything in the admin."""
    return UserFactory(
        email="administrator@example.org", display_name="Administrator", is_staff=True, is_superuser=True
    )


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """Return a browser's stand-in in which somebody is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign_in


@pytest.fixture
def style(db: None) -> Style:
    """The crayon style."""
    return Style.objects.get(slug="crayon")


# The site's other processes.


@pytest.fixture
def processes(
    transactional_db: None, redis_url: str, settings: Any, tmp_path: Path, _test_settings: None
) -> Iterator[Workers]:
    """Start draw workers, light workers and commands on this test's database; they are gone afterwards."""
    use_redis(settings, redis_url)
    folder = tmp_path / "logs"
    folder.mkdir()
    with workers(folder, redis_url) as started:
        yield started


@pytest.fixture
def draw_worker(processes: Workers) -> Callable[..., Process]:
    """Start a real draw worker: `draw_worker()`, or `draw_worker(engine=STARTER_ENGINE)` for the real model.

    It returns once the worker's engine is loaded; the worker is gone after the test.
    """
    return processes.draw


def use_redis(settings: Any, url: str) -> None:
    """Make this process ring, and keep its cache, on another Redis."""
    settings.REDIS_URL = url
    settings.CELERY_BROKER_URL = env.broker(url)
    caches = settings.CACHES["default"] | {"LOCATION": env.redis_database(url, 1)}
    settings.CACHES = {"default": caches}
