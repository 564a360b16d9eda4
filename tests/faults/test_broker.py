"""F5 to F10: a broker that refuses, swallows, dies, forgets or repeats costs time, and no writer's patience."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from celery import Task, current_app
from django.conf import settings as site
from django.db import connection
from django.test import Client
from django.urls import reverse

from deploy.services import free_port
from diaries.models import Entry, User
from illustration import services, tasks
from illustration.models import Illustration, Status
from tests.conftest import use_redis
from tests.factories import PASSWORD, UserFactory
from tests.faults.diary import SUBJECTS, check_pictures, save, status_of, text_about, unfinished
from tests.faults.proxy import Proxy, proxy_before
from tests.faults.redis_server import RedisServer
from tests.processes import Process, Workers, wait_until

pytestmark = [pytest.mark.faults, pytest.mark.django_db(transaction=True)]
# Of these clocks `make soak` makes an assertion: other work on the machine must not fail `make test`.
SAVE_SECONDS, SIGN_IN_SECONDS, DRAWN_SECONDS = 2.0, 5.0, 30.0
# Longer than the workers' socket timeout: what they were saying when it began has failed by its end.
OUTAGE_SECONDS = 7.0
# Long enough for workers that try again ever more slowly to have become slow.
LONG_OUTAGE_SECONDS = 60.0


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RedisServer]:
    """A Redis of this test's own, to be killed and emptied."""
    server = RedisServer(tmp_path / "redis", free_port())
    yield server
    server.kill()


@pytest.fixture
def proxy(redis: RedisServer, processes: Workers, settings: Any) -> Iterator[Proxy]:
    """A proxy before that Redis; this process and the workers to come talk through it."""
    with proxy_before(redis.url) as (before, url):
        use_redis(settings, url)
        processes.redis_url = url
        yield before


@pytest.fixture
def own_redis(redis: RedisServer, processes: Workers, settings: Any) -> RedisServer:
    """That Redis, without a proxy."""
    use_redis(settings, redis.url)
    processes.redis_url = redis.url
    return redis


@pytest.fixture
def sites_clocks(settings: Any) -> None:
    """The clocks that a site runs by unless its settings say otherwise: what is promised in seconds is so by these."""
    settings.LEASE_SECONDS, settings.SWEEP_SECONDS, settings.RETRY_SECONDS = 60, 15, 10


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    began = time.monotonic()
    answer = act()
    return time.monotonic() - began, answer


def write_pages(client: Client, author: User, number: int) -> list[float]:
    """Save pages as a browser does; each must be answered by its page. Return the seconds of each save."""
    seconds = []
    for count in range(number):
        form = {
            "written_on": author.today().isoformat(),
            "title": "",
            "body": text_about(SUBJECTS[count % len(SUBJECTS)]),
            "style": Illustration.style.field.related_model.objects.get(slug="crayon").pk,
            "mode": "draw",
        }
        took, answer = timed(lambda form=form: client.post(reverse("diaries:entry-create"), form))
        assert answer.status_code == 302, answer.content[:500]
        seconds.append(took)
    return seconds


def client_of(author: User) -> Client:
    client = Client()
    client.force_login(author)
    return client


def keep_alive(*crew: Process) -> Callable[[], None]:
    """Return what starts dead workers again, as the site's supervisor does."""

    def restart() -> None:
        for worker in crew:
            if worker.status is not None:
                worker.start()

    return restart


def journey(author: User, pages: int) -> dict[str, list[float]]:
    """Sign in, write, read the page and its picture box: everything is answered, and how long it took."""
    client = Client()
    took: dict[str, list[float]] = {"sign in": [], "page": [], "picture box": []}
    sign_in = {"login": author.email, "password": PASSWORD}
    seconds, answer = timed(lambda: client.post(reverse("account_login"), sign_in))
    assert answer.status_code == 302, answer.content[:500]
    took["sign in"].append(seconds)
    took["save"] = write_pages(client, author, pages)
    for entry in Entry.objects.filter(author=author)[:3]:
        for name, place in (("page", "entry-detail"), ("picture box", "picture-box")):
            address = reverse(f"diaries:{place}", args=[entry.pk])
            seconds, answer = timed(lambda address=address: client.get(address))
            assert answer.status_code == 200
            took[name].append(seconds)
    return took


def broker_away(
    mode: Any, proxy: Proxy, processes: Workers, author: User, *, outage: float = OUTAGE_SECONDS
) -> dict[str, list[float]]:
    """Write and read through an outage, until all is drawn after it; return how long each answer took meanwhile."""
    worker, light = processes.draw(), processes.light()
    wait_until(lambda: "ready." in light.words(), "the light worker")
    # Once before, so that nothing is loaded for the first time while the clock runs.
    usual = journey(UserFactory(), pages=2)
    wait_until(lambda: unfinished() == 0, "the first pages drawn")
    services.ring()
    proxy.set(mode)
    outage_began = time.monotonic()
    took = journey(author, pages=4)
    while time.monotonic() - outage_began < OUTAGE_SECONDS:
        took["save"] += write_pages(client_of(author), author, 1)
    for name, seconds in took.items():
        print(
            f"\n{mode}, {len(seconds)} times: {name} at most {max(seconds):.2f} s, usually {max(usual[name]):.2f} s",
            end="",
        )
    wait_until(lambda: time.monotonic() - outage_began >= outage, "the end of the outage")
    assert unfinished() == len(took["save"])
    proxy.set("pass")
    began = time.monotonic()
    wait_until(lambda: unfinished() == 0, "all drawn", meanwhile=keep_alive(worker, light))
    took["drawn"] = [time.monotonic() - began]
    print(
        f"\nF5/F6 {connection.vendor} {mode}: {len(took['save'])} pages drawn {took['drawn'][0]:.1f} s after the broker"
        f" was back from {outage:g} s (sweep {site.SWEEP_SECONDS:g} s)"
    )
    check_pictures(Entry.objects.all())
    return took


@pytest.mark.timeout(400)
@pytest.mark.parametrize("mode", ["refuse", "black_hole"])
def test_writers_are_served_while_the_broker_is_away(
    mode: Any, proxy: Proxy, processes: Workers, author: User
) -> None:
    broker_away(mode, proxy, processes, author)


@pytest.mark.soak
@pytest.mark.timeout(400)
@pytest.mark.parametrize("mode", ["refuse", "black_hole"])
def test_writers_do_not_notice_a_broker_that_is_away(
    mode: Any, proxy: Proxy, processes: Workers, author: User, sites_clocks: None
) -> None:
    took = broker_away(mode, proxy, processes, author, outage=LONG_OUTAGE_SECONDS)
    assert max(took["save"] + took["page"] + took["picture box"]) <= SAVE_SECONDS
    assert max(took["sign in"]) <= SIGN_IN_SECONDS
    assert max(took["drawn"]) <= DRAWN_SECONDS


@pytest.mark.timeout(300)
@pytest.mark.parametrize("mode", ["refuse", "black_hole"])
def test_a_command_draws_what_waits_without_a_broker(
    mode: Any, proxy: Proxy, processes: Workers, author: User
) -> None:
    proxy.set(mode)
    first = [save(author) for _ in range(2)]
    processes.manage("draw_waiting", "--loop")
    wait_until(lambda: unfinished() == 0, "all drawn without a broker")
    second = save(author)
    wait_until(lambda: status_of(second) == Status.READY, "a page saved later")
    check_pictures([*first, second])


@pytest.mark.timeout(300)
def test_a_drawing_goes_on_while_the_broker_is_a_black_hole(
    proxy: Proxy, processes: Workers, author: User, tmp_path: Path
) -> None:
    gate = tmp_path / "gate"
    worker = processes.draw(SMALL_ENGINE_GATE=gate, SMALL_ENGINE_STEPS=20)
    page = save(author)
    wait_until(lambda: status_of(page) == Status.DRAWING, "the drawing's begin")
    proxy.set("black_hole")
    gate.touch()
    wait_until(lambda: status_of(page) == Status.READY, "the picture")
    assert page.drawings()[0].attempts == 1
    assert worker.status is None


def outage(
    processes: Workers, redis: RedisServer, *, pages: int, break_it: Callable[[], None]
) -> tuple[float, int]:
    """Break the broker while many wait; return the seconds until all are drawn and how many workers were restarted."""
    worker = processes.draw(ENGINE_CAPACITY=4, SMALL_ENGINE_STEP_SECONDS=0.05)
    light = processes.light()
    wait_until(lambda: "ready." in light.words(), "the light worker")
    authors = [UserFactory() for _ in range(4)]
    dice = random.Random(7)
    saved = [save(dice.choice(authors), dice.choice(SUBJECTS)) for _ in range(pages)]
    assert unfinished()
    break_it()
    saved += [save(dice.choice(authors), dice.choice(SUBJECTS)) for _ in range(3)]
    restarts = 0

    def restart() -> None:
        nonlocal restarts
        for process in (worker, light):
            if process.status is not None:
                restarts += 1
                process.start()

    began = time.monotonic()
    wait_until(lambda: unfinished() == 0, "all drawn", seconds=300, meanwhile=restart)
    seconds = time.monotonic() - began
    late = save(authors[0])
    wait_until(lambda: status_of(late) == Status.READY, "a page saved afterwards", meanwhile=restart)
    check_pictures(Entry.objects.all())
    assert not Illustration.objects.filter(status=Status.FAILED).exists()
    return seconds, restarts


def kill_and_restart(redis: RedisServer, author: User) -> None:
    redis.kill()
    # The ring of this save reaches nobody.
    save(author)
    redis.start()


@pytest.mark.timeout(400)
def test_a_broker_killed_and_restarted_empty_loses_no_drawing(
    own_redis: RedisServer, processes: Workers, author: User
) -> None:
    outage(processes, own_redis, pages=15, break_it=lambda: kill_and_restart(own_redis, author))


@pytest.mark.timeout(400)
def test_a_broker_that_forgets_everything_loses_no_drawing(
    own_redis: RedisServer, processes: Workers
) -> None:
    outage(processes, own_redis, pages=15, break_it=own_redis.flush)


@pytest.mark.soak
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("fault", ["killed", "emptied"])
def test_three_hundred_waiting_survive_the_broker(
    fault: str, own_redis: RedisServer, processes: Workers, author: User
) -> None:
    def break_it() -> None:
        if fault == "killed":
            kill_and_restart(own_redis, author)
        else:
            own_redis.flush()

    seconds, restarts = outage(processes, own_redis, pages=300, break_it=break_it)
    print(
        f"\n{'F7' if fault == 'killed' else 'F8'} {connection.vendor}: broker {fault} with 300 waiting: 0 lost,"
        f" all drawn {seconds:.1f} s later, {restarts} workers restarted by their supervisor"
    )


@pytest.mark.timeout(300)
def test_messages_that_come_ten_times_in_any_order_have_one_effect(processes: Workers, author: User) -> None:
    """F9: rings are all alike and carry nothing, so their order can differ from that of sweeps and saves alone."""
    for _ in range(2):
        processes.draw(wait=False, SMALL_ENGINE_STEP_SECONDS=0.02)
    light = processes.light()
    wait_until(lambda: "ready." in light.words(), "the light worker")
    dice, pages = random.Random(9), []
    for number in range(6):
        messages = [tasks.draw_waiting, tasks.sweep] * 10
        dice.shuffle(messages)
        for message in messages:
            send(message)
        pages.append(save(author, SUBJECTS[number]))
    for message in [tasks.draw_waiting, tasks.sweep] * 10:
        send(message)
    wait_until(lambda: unfinished() == 0, "all drawn")
    late = save(author)
    wait_until(lambda: status_of(late) == Status.READY, "a page behind all the messages")
    assert set(Illustration.objects.values_list("attempts", flat=True)) == {1}
    check_pictures([*pages, late])


def send(message: Task) -> None:
    with current_app.connection_for_write(site.CELERY_BROKER_URL) as line:
        message.apply_async(connection=line)


def rung_after_death(processes: Workers, author: User) -> float:
    """Kill a web process between its commit and its ring; return the seconds until the picture is there."""
    processes.draw()
    light = processes.light()
    wait_until(lambda: "ready." in light.words(), "the light worker")
    saving = processes.run(
        "web",
        ["-m", "tests.faults.save_page", str(author.pk)],
        FAULT="before_ring",
        DJANGO_SETTINGS_MODULE="diarysite.settings",
    )
    assert saving.ended() == -9, saving.words()
    (page,) = Entry.objects.all()
    began = time.monotonic()
    wait_until(lambda: status_of(page) == Status.READY, "the picture")
    seconds = time.monotonic() - began
    check_pictures([page])
    return seconds


@pytest.mark.timeout(300)
def test_a_web_process_that_dies_before_it_rings_is_rung_for(processes: Workers, author: User) -> None:
    """F10: the page is committed, its ring is never sent; the sweep rings."""
    rung_after_death(processes, author)


@pytest.mark.soak
@pytest.mark.timeout(400)
def test_a_page_whose_ring_was_never_sent_is_drawn_within_half_a_minute(
    processes: Workers, author: User, sites_clocks: None
) -> None:
    seconds = rung_after_death(processes, author)
    print(
        f"\nF10 {connection.vendor}: drawn {seconds:.1f} s after the web process died (sweep {site.SWEEP_SECONDS:g} s)"
    )
    assert seconds <= DRAWN_SECONDS
