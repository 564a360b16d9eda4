"""What a draw worker does: claim, brief, draw, screen, save. The only module that drives the engine."""

from __future__ import annotations

import logging
import os
import socket
import time
import traceback
from dataclasses import dataclass, field
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections
from PIL import Image

from illustration import loader, progress, queue, storage
from illustration.engine.contract import Brief, Engine, EngineLost, EngineUnavailable, Failure, Picture
from illustration.faults import point
from illustration.models import Illustration
from illustration.presence import Presence
from illustration.wishes import Wishes

logger = logging.getLogger(__name__)
# How often a busy worker looks for more, tells that it still holds what it holds, and shows previews.
LOOK_SECONDS, RENEW_SECONDS, PREVIEW_SECONDS = 0.2, 5.0, 0.5
ENGINE_LOST_STATUS = 70
SMALLEST = 64


@dataclass
class _Drawing:
    """A drawing in hand, and the worker's seconds that went into it alone."""

    row: Illustration
    seconds: float = 0.0
    previewed_at: float = 0.0


@dataclass
class _Worker:
    """What this process holds between rings."""

    name: str
    stopping: bool = False
    # Unknown before the first look.
    cannot_store: bool = True
    held: dict[UUID, _Drawing] = field(default_factory=dict)
    looked_at: float = 0.0
    renewed_at: float = 0.0
    moved_at: float = 0.0

    def __post_init__(self) -> None:
        self.presence = Presence(self.name, pulse=self.pulse)

    def rows(self) -> list[Illustration]:
        return [drawing.row for drawing in list(self.held.values())]

    def pulse(self) -> None:
        """Keep the leases while a step takes long; one that does not end ends the process."""
        if self.held and time.monotonic() - self.moved_at > settings.STEP_SECONDS_MOST:
            self.presence.problem("a step took too long", ready=False)
            logger.error("a step took too long; this worker ends so that a fresh one can start")
            os._exit(ENGINE_LOST_STATUS)
        try:
            queue.renew(self.rows())
        except DatabaseError as error:
            logger.warning("leases not renewed: %s", type(error).__name__)


_worker: _Worker | None = None


def _this_worker() -> _Worker:
    global _worker
    if _worker is None:
        _worker = _Worker(f"{socket.gethostname()}:{os.getpid()}")
        _worker.presence.begin()
    return _worker


def draw_waiting() -> int:
    """Draw every row that waits, admitting new ones between steps; return how many pictures were finished.

    1. Load the engine; where it cannot load, tell the operator and leave the rows waiting.
    2. Claim up to the free capacity, read each scene and admit its brief.
    3. Take one step, renew the leases, drop what was lost, show how far each drawing is.
    4. Save what is finished, and begin again until nothing waits and nothing is in hand.

    An error ends the round, never the worker: what was in hand goes back in the line.
    """
    worker = _this_worker()
    close_old_connections()
    engine: Engine | None = None
    count = 0
    try:
        while True:
            if not worker.held:
                # Let go of first: where it must be loaded anew, two would not fit the memory.
                engine = None
                engine = _engine(worker)
            if engine is None:
                return count
            _admit(worker, engine)
            if not worker.held:
                if worker.stopping or loader.is_current():
                    return count
                continue
            _step(worker, engine)
            alone = len(worker.held) == 1
            for result in engine.finished():
                count += _conclude(worker, engine, result, alone=alone)
    except EngineLost:
        # A dead device context spoils every later call of this process; the sweep puts the rows back.
        worker.presence.problem("the device was lost", ready=False)
        logger.error("the device was lost; this worker ends so that a fresh one can start")
        os._exit(ENGINE_LOST_STATUS)
    except Exception as error:
        # The error's own words may quote the diary, so only its kind and its place are told.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("drawing stopped by %s\n%s", type(error).__name__, where)
        worker.presence.problem(f"drawing stopped: {type(error).__name__}")
        return count
    finally:
        for row in worker.rows():
            _put_down(worker, engine, row)


def _engine(worker: _Worker) -> Engine | None:
    try:
        engine = loader.engine()
    except EngineUnavailable as error:
        problem = f"{error.code}: {error.detail}"
    except DatabaseError:
        raise
    except Exception as error:
        # Nothing of a diary is at hand yet, so the operator may read the error's own words.
        problem = f"{type(error).__name__}: {error}"
    else:
        problem = _cannot_store() if worker.cannot_store else ""
        if not problem:
            worker.cannot_store = False
            worker.presence.ready(engine)
            return engine
    worker.presence.problem(problem, ready=False)
    logger.error("nothing can be drawn: %s", problem)
    return None


def _cannot_store() -> str:
    try:
        storage.probe()
    except OSError as error:
        return f"pictures cannot be stored: {error.strerror or type(error).__name__}"
    return ""


def _admit(worker: _Worker, engine: Engine) -> None:
    now = time.monotonic()
    if worker.stopping or (worker.held and now - worker.looked_at < LOOK_SECONDS):
        return
    worker.looked_at = now
    free = engine.free()
    if free < 1 or worker.cannot_store or not loader.is_current():
        # After a change of styles nothing new is claimed until the engine is loaded anew.
        return
    claimed = queue.claim(free=free, in_hand=worker.rows(), worker=worker.name, styles=loader.styles(engine))
    worker.moved_at = now
    worker.held |= {row.pk: _Drawing(row) for row in claimed}
    for row in claimed:
        _admit_one(worker, engine, row)


def _admit_one(worker: _Worker, engine: Engine, row: Illustration) -> None:
    try:
        brief = _brief(row)
    except Exception as error:
        # The error's own words may quote the diary, so only its kind is logged.
        logger.error("drawing %s could not be briefed: %s", row.pk, type(error).__name__)
        queue.fail(row, "unreadable_text")
        _let_go(worker, engine, row.pk)
    else:
        engine.admit([brief])


def _brief(row: Illustration) -> Brief:
    scene = loader.read(
        text=row.text,
        title=row.title,
        weather=row.weather,
        mood=row.mood,
        wishes=Wishes.from_dict(row.wishes),
    )
    prompt = loader.compose(scene, trigger=row.style.trigger)
    # With what became of each of its words, so that the page needs neither the lexicon nor the model's vocabulary.
    row.scene = {**scene.to_dict(), "asked": list(prompt.asked), "left": list(prompt.left)}
    row.negative_prompt = prompt.negative_prompt
    return Brief(
        key=str(row.pk),
        phrases=prompt.phrases,
        negative_prompt=prompt.negative_prompt,
        style=row.style.slug if row.style.adapter_file else "",
        seed=row.seed,
        scheduler=row.scheduler,
        steps=row.steps,
        guidance_scale=row.guidance_scale,
        width=row.width,
        height=row.height,
    )


def _step(worker: _Worker, engine: Engine) -> None:
    began = time.monotonic()
    if began - worker.renewed_at > min(RENEW_SECONDS, settings.LEASE_SECONDS / 4):
        worker.renewed_at = began
        for lost in queue.renew(worker.rows()):
            _let_go(worker, engine, lost)
    began = worker.moved_at = time.monotonic()
    steps = engine.step()
    share = (time.monotonic() - began) / max(len(worker.held), 1)
    for drawing in worker.held.values():
        drawing.seconds += share
    for done in steps:
        point("mid_step")
        pk = UUID(done.key)
        held = worker.held.get(pk)
        if held is not None and time.monotonic() - held.previewed_at >= PREVIEW_SECONDS:
            held.previewed_at = time.monotonic()
            shape = engine.preview(done.key)
            preview = Image.frombytes("RGB", (shape.width, shape.height), shape.pixels) if shape else None
            progress.publish(pk, step=done.step, steps=done.steps, preview=preview)


def _let_go(worker: _Worker, engine: Engine | None, pk: UUID) -> None:
    if engine is not None:
        engine.drop(str(pk))
    worker.held.pop(pk, None)
    progress.forget(pk)


def _put_down(worker: _Worker, engine: Engine | None, row: Illustration) -> None:
    """Put a drawing back in the line at once; where the database is away, its lease runs out instead."""
    _let_go(worker, engine, row.pk)
    try:
        queue.hand_back(row, code="engine_failed")
    except DatabaseError as error:
        logger.warning("drawing %s could not be handed back: %s", row.pk, type(error).__name__)


def _conclude(worker: _Worker, engine: Engine, result: Picture | Failure, *, alone: bool) -> int:
    drawing = worker.held.get(UUID(result.key))
    if drawing is None:
        return 0
    saved = False
    if isinstance(result, Picture):
        saved = _save(worker, engine, drawing.row, result)
    else:
        _give_up(worker, drawing.row, result, alone=alone)
    _let_go(worker, engine, drawing.row.pk)
    if saved:
        worker.presence.drawn(seconds=drawing.seconds)
    return int(saved)


def _save(worker: _Worker, engine: Engine, row: Illustration, picture: Picture) -> bool:
    """Write the file, then the row; a row that is no longer held leaves no file behind."""
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    try:
        names = storage.save_picture(image)
    except OSError as error:
        # No fault of the drawing's: it waits, with all behind it, until the folder takes pictures again.
        worker.cannot_store = True
        problem = error.strerror or type(error).__name__
        worker.presence.problem(f"picture not stored: {problem}", ready=False)
        logger.error("drawing %s could not be stored: %s", row.pk, problem)
        queue.hand_back(row, code="storage_failed", counted=False)
        return False
    point("after_file")
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


def _give_up(worker: _Worker, row: Illustration, failure: Failure, *, alone: bool) -> None:
    """Hand back what may yet be drawn, alone or smaller; fail everything else with its code."""
    worker.presence.problem(f"drawing failed: {failure.code}")
    logger.warning("drawing %s failed: %s", row.pk, failure.code)
    full = row.width, row.height
    small = _smaller(row.width), _smaller(row.height)
    if failure.code == "engine_failed" or (failure.code == "out_of_memory" and not alone):
        # Any of the company may be the cause, and whoever was tried once is drawn alone.
        queue.hand_back(row, code=failure.code)
    elif failure.code == "out_of_memory" and max(full) >= settings.PICTURE_SIZE and small != full:
        queue.hand_back(row, code=failure.code, width=small[0], height=small[1])
    else:
        queue.fail(row, failure.code)


def _smaller(pixels: int) -> int:
    return max(SMALLEST, pixels * 3 // 4 // SMALLEST * SMALLEST)


def stop_admitting() -> None:
    """Finish what is in hand and take nothing new: the worker was asked to stop."""
    if _worker is not None:
        _worker.stopping = True


def stopped() -> None:
    """Tell that this worker draws no more."""
    if _worker is not None:
        _worker.presence.end()
