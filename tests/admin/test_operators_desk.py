"""The operator's desk: the line of drawings, styles with their samples, and the overview."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from diaries.models import User
from illustration import figures, queue, samples, storage
from illustration.models import Illustration, Status, Style, Worker
from tests.admin.conftest import page_of
from tests.factories import IllustrationFactory

DOWN = "unet.down_blocks.0.attentions.0.transformer_blocks.0.attn2.to_k.lora_A.weight"
DRAWINGS = "admin:illustration_illustration_changelist"


@pytest.fixture
def desk(signed_in: Callable[[User], Client], operator: User) -> Client:
    """The operator's browser."""
    return signed_in(operator)


@pytest.fixture
def model(settings: Any, tmp_path: Path) -> Path:
    """A model folder whose text encoder is 64 wide."""
    settings.MODEL_PATH = tmp_path / "model"
    (settings.MODEL_PATH / "unet").mkdir(parents=True)
    (settings.MODEL_PATH / "unet" / "config.json").write_text('{"cross_attention_dim": 64}')
    return settings.MODEL_PATH


def adapter(folder: Path, name: str = "ink.safetensors", key: str = DOWN, width: int = 64) -> str:
    """Write a file in the form of safetensors with one weight, 4 × width; return its name."""
    size = 4 * width * 4
    row = {"dtype": "F32", "shape": [4, width], "data_offsets": [0, size]}
    header = json.dumps({key: row}).encode()
    (folder / name).write_bytes(struct.pack("<Q", len(header)) + header + bytes(size))
    return name


def style_fields(**changes: str) -> dict[str, str]:
    return {
        "slug": "ink",
        "name_ko": "먹",
        "name_en": "Ink",
        "adapter_file": "ink.safetensors",
        "trigger": "ink drawing",
        "weight": "0.9",
        "guidance_scale": "5",
        "scheduler": "dpmpp_2m_karras",
        "steps": "12",
        "active": "on",
        "position": "5",
    } | changes


# Drawings


def test_the_list_tells_where_each_drawing_stands(desk: Client, diary: list[Illustration]) -> None:
    page = page_of(desk.get(reverse(DRAWINGS)))
    for said in ("Ready", "Failed", "Waiting", "worker_lost", "Crayon"):
        assert said in page
    for row in diary:
        assert str(row.pk)[:8] in page


def test_a_drawings_page_and_the_lists_speak_korean(
    desk: Client, diary: list[Illustration], operator: User
) -> None:
    User.objects.filter(pk=operator.pk).update(language="ko")
    Illustration.objects.filter(pk=diary[2].pk).update(status=Status.STALE)
    assert "지난 그림" in page_of(desk.get(reverse(DRAWINGS)))
    form = desk.get(reverse("admin:illustration_illustration_change", args=[diary[0].pk])).context[
        "adminform"
    ]
    labels = [str(field.field["label"]) for part in form for line in part for field in line]
    assert len(labels) == 23
    assert [label for label in labels if label.isascii()] == []


def test_failed_drawings_are_drawn_again_from_their_pages(desk: Client, diary: list[Illustration]) -> None:
    ids = [str(row.pk) for row in diary]
    response = desk.post(reverse(DRAWINGS), {"action": "retry", "_selected_action": ids}, follow=True)
    assert "1 drawing waits again." in page_of(response)
    failed = Illustration.objects.get(pk=diary[1].pk)
    assert failed.status == Status.QUEUED
    assert failed.text == failed.entry_tie.entry.body
    assert failed.title == failed.entry_tie.entry.title


@pytest.mark.parametrize("why", ["never", "off", "suspended", "stopped"])
def test_nothing_is_drawn_again_for_who_wants_or_may_have_no_pictures(
    desk: Client, diary: list[Illustration], writer: User, why: str
) -> None:
    entry = diary[1].entry_tie.entry
    if why == "never":
        type(entry).objects.filter(pk=entry.pk).update(mode="never")
    else:
        changes: dict[str, Any] = {
            "off": {"draws_pictures": False},
            "suspended": {"suspended_at": timezone.now()},
            "stopped": {"drawing_stopped_until": timezone.now() + timedelta(days=1)},
        }[why]
        User.objects.filter(pk=writer.pk).update(**changes)
    sent = {"action": "retry", "_selected_action": [str(diary[1].pk)]}
    response = desk.post(reverse(DRAWINGS), sent, follow=True)
    assert "Nothing to draw again" in page_of(response)
    assert Illustration.objects.get(pk=diary[1].pk).status == Status.FAILED


def test_unfinished_and_failed_drawings_are_discarded_and_finished_ones_stay(
    desk: Client, diary: list[Illustration]
) -> None:
    ids = [str(row.pk) for row in diary]
    response = desk.post(reverse(DRAWINGS), {"action": "discard", "_selected_action": ids}, follow=True)
    assert "2 drawings are discarded." in page_of(response)
    assert list(Illustration.objects.all()) == [diary[0]]
    assert storage.full_path(diary[0].picture).is_file()


# Styles


def test_a_fifth_style_gets_a_sample(desk: Client, model: Path) -> None:
    adapter(model)
    response = desk.post(reverse("admin:illustration_style_add"), style_fields())
    assert response.status_code == 302
    style = Style.objects.get(slug="ink")
    assert (style.weight, style.guidance_scale, style.steps) == (0.9, 5.0, 12)
    (waiting,) = Illustration.objects.all()
    assert (waiting.style, waiting.status, waiting.steps) == (style, Status.QUEUED, 12)
    page = reverse("admin:illustration_style_change", args=[style.pk])
    assert "on its way" in page_of(desk.get(page))

    names = storage.save_picture(Image.new("RGB", (64, 64), "green"))
    (claimed,) = queue.claim(free=1, in_hand=[], worker="studio")
    assert queue.finish(claimed, picture=names[0], thumbnail=names[1])
    style.refresh_from_db()
    assert style.sample == names[0]
    assert "on its way" not in page_of(desk.get(page))
    sample = desk.get(reverse("admin:illustration_style_sample", args=[style.pk]))
    assert b"".join(sample.streaming_content) == storage.full_path(names[0]).read_bytes()


def test_the_old_sample_is_shown_until_the_new_one_is_ready(model: Path, style: Style) -> None:
    first = samples.request(style=style)
    names = storage.save_picture(Image.new("RGB", (64, 64), "green"))
    queue.finish(queue.claim(free=1, in_hand=[], worker="studio")[0], picture=names[0], thumbnail=names[1])
    style.refresh_from_db()
    second = samples.request(style=style)
    third = samples.request(style=style)
    assert set(samples.of(style)) == {first, third}
    assert not Illustration.objects.filter(pk=second.pk).exists()


@pytest.mark.parametrize(
    ("write", "said"),
    [
        (lambda folder: None, "There is no such file"),
        (lambda folder: (folder / "ink.safetensors").mkdir(), "There is no such file"),
        (lambda folder: (folder / "ink.safetensors").write_bytes(b"PK"), "cannot be read"),
        (lambda folder: (folder / "ink.safetensors").write_bytes(b"\xff" * 64), "cannot be read"),
        (lambda folder: adapter(folder, key="text_encoder.lora_A.weight"), "text encoder"),
        (lambda folder: adapter(folder, key="unet.conv_in.weight"), "no LoRA weights"),
        (lambda folder: adapter(folder, width=768), "another model"),
    ],
)
def test_a_file_that_cannot_be_a_style_is_refused(
    desk: Client, model: Path, write: Callable[[Path], object], said: str
) -> None:
    write(model)
    response = desk.post(reverse("admin:illustration_style_add"), style_fields())
    assert said in page_of(response)
    assert not Style.objects.filter(slug="ink").exists()
    assert not Illustration.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("steps", "0"),
        ("steps", "101"),
        ("guidance_scale", "0.5"),
        ("guidance_scale", "nan"),
        ("weight", "0"),
        ("weight", "3"),
        ("scheduler", "magic"),
        ("slug", "a b"),
        ("slug", "crayon"),
    ],
)
def test_a_recipe_out_of_bounds_is_refused(desk: Client, model: Path, field: str, value: str) -> None:
    adapter(model)
    response = desk.post(reverse("admin:illustration_style_add"), style_fields(**{field: value}))
    assert response.status_code == 200
    assert field in response.context["adminform"].form.errors
    assert Style.objects.count() == 4


def test_a_change_of_name_asks_for_no_new_sample(desk: Client, model: Path) -> None:
    adapter(model)
    desk.post(reverse("admin:illustration_style_add"), style_fields())
    style = Style.objects.get(slug="ink")
    page = reverse("admin:illustration_style_change", args=[style.pk])
    desk.post(page, style_fields(name_en="Black ink"))
    style.refresh_from_db()
    assert style.name_en == "Black ink"
    assert Illustration.objects.count() == 1


# Overview


def test_the_overview_tells_how_drawing_goes(desk: Client, diary: list[Illustration], style: Style) -> None:
    now = timezone.now()
    for seconds in range(1, 21):
        IllustrationFactory(
            ready=True,
            requested_at=now - timedelta(seconds=seconds + 10),
            claimed_at=now - timedelta(seconds=seconds),
            finished_at=now,
        )
    Worker.objects.create(name="studio:1", started_at=now, last_seen_at=now, ready=True, device="cuda:0")
    Worker.objects.create(name="attic:2", started_at=now, last_seen_at=now - timedelta(hours=1), ready=True)
    found = figures.overview()
    assert (found.waiting, found.drawing) == (1, 0)
    assert found.oldest == diary[2].requested_at
    assert found.days[-1].total == found.most_a_day == 21
    assert found.days[-1].bars[0].height == pytest.approx(40)
    assert found.drawn_in == figures.Spread(p50=pytest.approx(11, abs=1), p95=pytest.approx(19, abs=1))
    assert found.asked_to_ready.p50 == pytest.approx(21, abs=1)
    assert found.failures == (("worker_lost", 1, 100),)
    assert found.workers_alive == 1
    page = page_of(desk.get("/admin/"))
    for said in ("worker_lost", "studio:1", "attic:2", 'class="desk-chart"'):
        assert said in page


def test_the_overview_of_a_new_site_is_no_error(desk: Client) -> None:
    page = page_of(desk.get("/admin/"))
    assert "No worker has ever started." in page
    assert "No picture was drawn in these days." in page
