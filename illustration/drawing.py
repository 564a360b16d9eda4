"""What a draw worker does: claim, brief, draw, screen, save. The only module that drives the engine."""

from __future__ import annotations

import logging
import os
import socket
import time
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone
from PIL import Image

from illustration import loader, progress, queue, storage
from illustration.engine.contract import Brief, Engine, EngineLost, EngineUnavailable, Failure, Picture
from illustration.faults import point
from illustration.models import Illustration
from illustration.presence import Presence

logger = logging.getLogger(__name__)
PREVIEW_SECONDS = 0.5
ENGINE_LOST_STATUS = 70


@dataclass
class _Worker:
    """What this process holds between rings."""

    presence: Presence
    stopping: bool = False
    held: dict[UUID, Illustration] = field(default_factory=dict)
    renewed_at: float = 0.0
    previewed_at: dict[UUID, float] = field(default_factory=dict)


_worker: _Worker | None = None


def _this_worker() -> _Worker:
    global _worker
    if _worker is None:
        _worker = _Worker(Presence(f"{socket.gethostname()}:{os.getpid()}"))
        _worker.presence.begin()
        _worker.presence.beat()
    return _worker


def draw_waiting() -> int:
    """Draw every row that waits, admitting new ones between steps; return how many pictures were finished.

    1. Load the engine; where it cannot load, tell the operator and leave the rows waiting.
    2. Claim up to the free capacity, read each scene and admit its brief.
    3. Take one step, renew the leases, drop what was lost, show how far each drawing is.
    4. Save what is finished, and begin again until nothing waits and nothing is in hand.
    """
    worker = _this_worker()
    close_old_connections()
    engine = _engine(worker)
    if engine is None:
        return 0
    count = 0
    try:
        while True:
            if not worker.stopping:
                _admit(worker, engine)
            if not worker.held:
                return count
            _step(worker, engine)
            for result in engine.finished():
                count += _conclude(worker, result)
    except EngineLost as error:
        # A dead device context spoils every later call of this process; the sweep puts the rows back.
        worker.presence.problem(f"device lost: {type(error).__name__}", ready=False)
        logger.error("the device was lost; this worker ends so that a fresh one can start")
        os._exit(ENGINE_LOST_STATUS)
    finally:
        for row in list(worker.held.values()):
            _let_go(worker, engine, row.pk)
            if row.attempts < settings.ATTEMPTS_MOST:
                queue.hand_back(row)
            else:
                queue.fail(row, "engine_failed")


def _engine(worker: _Worker) -> Engine | None:
    try:
        engine = loader.engine()
    except EngineUnavailable as error:
        worker.presence.problem(f"{error.code}: {error.detail}", ready=False)
        logger.error("the engine cannot load: %s: %s", error.code, error.detail)
        return None
    worker.presence.ready(engine)
    return engine


def _admit(worker: _Worker, engine: Engine) -> None:
    rows = queue.claim(free=engine.free(), in_hand=len(worker.held), worker=worker.presence.name)
    for row in rows:
        worker.held[row.pk] = row
        try:
            engine.admit([_brief(row)])
        except EngineLost:
            raise
        except Exception as error:
            # The error's own words may quote the diary, so only its kind is logged.
            logger.error("drawing %s could not be briefed: %s", row.pk, type(error).__name__)
            worker.held.pop(row.pk)
            queue.fail(row, "unreadable_text")


def _brief(row: Illustration) -> Brief:
    from illustration.scenes import compose

    scene = loader.read(text=row.text, title=row.title, weather=row.weather, mood=row.mood)
    prompt = compose(scene, trigger=row.style.trigger)
    row.scene, row.negative_prompt = scene.to_dict(), prompt.negative_prompt
    return Brief(
        key=str(row.pk),
        phrases=prompt.phrases,
        negative_prompt=prompt.negative_prompt,
        style=row.style.slug,
        seed=row.seed,
        scheduler=row.scheduler,
        steps=row.steps,
        guidance_scale=row.guidance_scale,
        width=row.width,
        height=row.height,
    )


def _step(worker: _Worker, engine: Engine) -> None:
    now = time.monotonic()
    if now - worker.renewed_at > min(5.0, settings.LEASE_SECONDS / 4):
        worker.renewed_at = now
        for lost in queue.renew(list(worker.held.values())):
            _let_go(worker, engine, lost)
    for done in engine.step():
        point("mid_step")
        pk = UUID(done.key)
        preview = None
        if time.monotonic() - worker.previewed_at.get(pk, 0) >= PREVIEW_SECONDS:
            worker.previewed_at[pk] = time.monotonic()
            if shape := engine.preview(done.key):
                preview = Image.frombytes("RGB", (shape.width, shape.height), shape.pixels)
            progress.publish(pk, step=done.step, steps=done.steps, preview=preview)


def _let_go(worker: _Worker, engine: Engine, pk: UUID) -> None:
    engine.drop(str(pk))
    worker.held.pop(pk, None)
    worker.previewed_at.pop(pk, None)
    progress.forget(pk)


def _conclude(worker: _Worker, result: Picture | Failure) -> int:
    row = worker.held.pop(UUID(result.key), None)
    if row is None:
        return 0
    company = len(worker.held) + 1
    worker.previewed_at.pop(row.pk, None)
    saved = _save(worker, row, result) if isinstance(result, Picture) else _give_up(worker, row, result)
    progress.forget(row.pk)
    if saved:
        worker.presence.drawn(since=row.claimed_at or timezone.now(), company=company)
    return int(saved)


def _save(worker: _Worker, row: Illustration, picture: Picture) -> bool:
    """Write the file, then the row; a row that is no longer held leaves no file behind."""
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    try:
        names = storage.save_picture(image)
    except OSError as error:
        worker.presence.problem(f"picture not stored: {error.strerror or type(error).__name__}")
        logger.error("drawing %s could not be stored: %s", row.pk, error.strerror)
        queue.fail(row, "storage_failed")
        return False
    point("after_file")
    engine = loader.engine()
    kept = queue.finish(
        row,
        picture=names[0],
        thumbnail=names[1],
        scene=row.scene,
        prompt=picture.prompt,
        negative_prompt=row.negative_prompt,
        width=picture.width,
        height=picture.height,
        model_hash=engine.model_hash,
        adapter_hash=engine.adapter_hashes.get(row.style.slug, ""),
        timings={name: round(seconds, 4) for name, seconds in picture.timings.items()},
    )
    if not kept:
        storage.remove(names)
    return kept


def _give_up(worker: _Worker, row: Illustration, failure: Failure) -> bool:
    """Hand a drawing that did not fit the memory back once, smaller; fail everything else with its code."""
    if failure.code == "out_of_memory" and row.attempts == 1:
        queue.hand_back(row, width=_smaller(row.width), height=_smaller(row.height))
    else:
        queue.fail(row, failure.code)
    worker.presence.problem(f"drawing failed: {failure.code}")
    logger.warning("drawing %s failed: %s", row.pk, failure.code)
    return False


def _smaller(pixels: int) -> int:
    return max(64, pixels * 3 // 4 // 64 * 64)


def stop_admitting() -> None:
    """Finish what is in hand and take nothing new: the worker was asked to stop."""
    if _worker is not None:
        _worker.stopping = True


def stopped() -> None:
    """Tell that this worker draws no more."""
    if _worker is not None:
        _worker.presence.end()
