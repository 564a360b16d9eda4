"""Draw one text into one file, without the site, a queue or a worker."""

from __future__ import annotations

import secrets
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from PIL import Image

from illustration import loader, storage
from illustration.engine.contract import SCHEDULERS, Brief, EngineUnavailable, Failure
from illustration.models import Style

WHY = {"bad_brief": "a number is out of its range; --help names them"}


class Command(BaseCommand):
    help = "Draw a diary text in a style: manage.py draw --text '오늘은 바다에 갔다' --style crayon --out sea.webp"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--text", required=True)
        parser.add_argument("--style", default="crayon")
        parser.add_argument("--out", required=True, type=Path, help="a .webp or .png file")
        parser.add_argument("--seed", type=int, help="0 to 2**63-1; random unless given")
        parser.add_argument("--steps", type=int, help="1 to 100; the style's own unless given")
        parser.add_argument("--scheduler", choices=SCHEDULERS)
        parser.add_argument("--guidance", type=float, help="1 (none) to 20")
        parser.add_argument(
            "--size",
            type=int,
            default=settings.PICTURE_SIZE,
            help="pixels, a multiple of what the model can draw; the setting's own unless given",
        )

    def handle(self, *args: object, **options: object) -> None:
        out = options["out"]
        assert isinstance(out, Path)
        if out.suffix.lower() not in {".webp", ".png"}:
            raise CommandError("--out must end in .webp or .png")
        if not out.parent.is_dir():
            raise CommandError(f"there is no folder {out.parent}")
        try:
            style = _style(str(options["style"]))
            engine = loader.engine()
        except DatabaseError as error:
            raise CommandError(
                f"the styles cannot be read from the database ({error}); 'manage.py migrate' makes its tables"
            ) from error
        except EngineUnavailable as error:
            raise CommandError(f"the engine cannot load: {error.detail}") from error
        if unfit := engine.unfit_styles.get(style.slug):
            raise CommandError(f"the style {style.slug!r} cannot be used: {unfit}")
        scene = loader.read(text=str(options["text"]))
        prompt = loader.compose(scene, trigger=style.trigger)
        recipe = style.recipe
        brief = Brief(
            key="draw",
            phrases=prompt.phrases,
            negative_prompt=prompt.negative_prompt,
            style=style.slug if style.adapter_file else "",
            seed=_given(options["seed"], secrets.randbelow(2**63)),
            scheduler=_given(options["scheduler"], recipe.scheduler),
            steps=_given(options["steps"], recipe.steps),
            guidance_scale=_given(options["guidance"], recipe.guidance_scale),
            width=options["size"],  # type: ignore[arg-type]
            height=options["size"],  # type: ignore[arg-type]
        )
        engine.admit([brief])
        while engine.in_hand():
            for done in engine.step():
                self.stderr.write(f"\rstep {done.step} of {done.steps}", ending="")
        self.stderr.write("")
        (result,) = engine.finished()
        if isinstance(result, Failure):
            raise CommandError(f"not drawn: {WHY.get(result.code, result.code)}")
        image = Image.frombytes("RGB", (result.width, result.height), result.pixels)
        try:
            image.save(out, xmp=storage.AI_MARK) if out.suffix.lower() == ".webp" else image.save(out)
        except OSError as error:
            raise CommandError(f"cannot write {out}: {error.strerror}") from error
        self.stdout.write(f"{out}: {result.prompt!r}, seed {result.seed}")


def _style(slug: str) -> Style:
    style = Style.objects.filter(slug=slug).first()
    if style is None:
        known = ", ".join(Style.objects.values_list("slug", flat=True))
        raise CommandError(f"no style {slug!r}; there are: {known}")
    return style


def _given(value, default):  # type: ignore[no-untyped-def]
    return default if value is None else value
