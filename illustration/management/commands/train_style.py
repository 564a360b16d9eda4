"""Train a style on an operator's own pictures and offer it to writers; nothing is offered before it has drawn."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, transaction
from django.utils.text import slugify

from illustration import loader, samples, storage
from illustration.engine.contract import SCHEDULERS, EngineUnavailable
from illustration.engine.families import family_of
from illustration.models import Recipe, Style

LONGEST_SLUG, LONGEST_NAME, LONGEST_TRIGGER = 40, 40, 100
LIMITS = {
    "rank": (1, 256),
    "steps": (1, 100_000),
    "batch": (1, 64),
    "resolution": (64, 1024),
    "prior": (0, 1000),
    "drawing_steps": (1, 100),
    "guidance": (1, 20),
    "weight": (0.05, 2),
    "learning_rate": (0, 1),
}


class Command(BaseCommand):
    help = (
        "Train an art style on 3 or more pictures of your own (better 10 to 40) and offer it to writers:"
        " manage.py train_style --name '엄마 그림' --images FOLDER. Stopped or killed, it goes on when it is"
        " started again with the same words. docs/models.md tells more."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--name", required=True, help="what writers see, in any language")
        parser.add_argument("--name-en", help="the name on English pages; the same unless given")
        parser.add_argument("--slug", help="the short name, letters a to z, digits and hyphens")
        parser.add_argument("--images", required=True, type=Path, help="a folder of pictures")
        parser.add_argument(
            "--captions",
            type=Path,
            help="what the pictures show: CSV with the columns file_name and text, or JSONL with these keys;"
            " without it NAME.txt beside a picture, else the picture's own name",
        )
        parser.add_argument("--trigger", help="words that call the style up, in English")
        parser.add_argument(
            "--model", type=Path, help="a diffusers folder; the site's own model unless given"
        )
        parser.add_argument("--rank", type=int, default=12, help="size of the adapter (12)")
        parser.add_argument("--steps", type=int, default=400, help="steps of training (400)")
        parser.add_argument("--batch", type=int, default=4, help="views a step (4)")
        parser.add_argument("--resolution", type=int, help="pixels a side; the model's own unless given")
        parser.add_argument("--learning-rate", type=float, default=0.0, help="0: as suits the model")
        parser.add_argument(
            "--prior", type=int, default=0, help="pictures of the model itself that it must not forget (0)"
        )
        parser.add_argument(
            "--no-mirror", action="store_true", help="for pictures with writing: do not mirror them"
        )
        parser.add_argument("--weight", type=float, default=1.0, help="strength when drawing (1)")
        parser.add_argument("--scheduler", choices=SCHEDULERS, help="for drawing; the model's unless given")
        parser.add_argument("--drawing-steps", type=int, help="for drawing; the model's own unless given")
        parser.add_argument("--guidance", type=float, help="for drawing; the model's own unless given")
        parser.add_argument("--out", type=Path, help="folder for the adapter; VAR_DIR/styles unless given")
        parser.add_argument("--inactive", action="store_true", help="do not offer it to writers yet")
        parser.add_argument("--replace", action="store_true", help="train a style of this short name anew")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            self._train(options)
        except DatabaseError as error:
            raise CommandError(
                f"the styles cannot be read from the database ({error}); 'manage.py migrate' makes its tables"
            ) from error
        except EngineUnavailable as error:
            raise CommandError(error.detail) from error
        except KeyboardInterrupt:
            raise CommandError("stopped; the same command goes on from here") from None

    def _train(self, options: dict[str, Any]) -> None:
        _check_numbers(options)
        slug, names, trigger = _names(options)
        known = Style.objects.filter(slug=slug).first()
        if known and not options["replace"]:
            raise CommandError(
                f"there is a style {slug!r} already ({known.name_ko}): choose another --slug,"
                " or train it anew with --replace"
            )
        model = (options["model"] or Path(settings.MODEL_PATH)).absolute()
        here = model.resolve() == Path(settings.MODEL_PATH).resolve()
        out = (options["out"] or Path(settings.VAR_DIR) / "styles").absolute()
        _check_places(out)
        style = known or Style(slug=slug, position=_last_position())
        style.name_ko, style.name_en = names
        style.trigger, style.weight, style.active = trigger, options["weight"], not options["inactive"]
        style.scheduler = options["scheduler"] or ""
        style.steps, style.guidance_scale = options["drawing_steps"], options["guidance"]

        # Imported here: every other command would wait for torch.
        from illustration.training.loop import TrainingError, keep_freed_memory, measure_machine
        from illustration.training.own_style import Order, train_style

        keep_freed_memory()
        recipe = _recipe(style, model)
        order = Order(
            name=slug,
            trigger=trigger,
            model=model,
            images=options["images"],
            sample=", ".join(loader.compose(loader.read(**samples.SCENE)).phrases),
            scheduler=recipe.scheduler,
            drawing_steps=recipe.steps,
            guidance_scale=recipe.guidance_scale,
            captions=options["captions"],
            rank=options["rank"],
            steps=options["steps"],
            batch=options["batch"],
            side=options["resolution"] or (settings.PICTURE_SIZE if here else 0),
            learning_rate=options["learning_rate"],
            prior=options["prior"],
            mirrored=not options["no_mirror"],
            weight=options["weight"],
        )
        work = Path(settings.VAR_DIR) / "training" / "styles" / slug
        try:
            trained = train_style(
                order,
                work,
                machine=measure_machine(settings.ENGINE_DEVICE),
                words_of=_words_of(model),
                say=self._say,
            )
        except TrainingError as error:
            raise CommandError(f"no style was added: {error}") from error
        file = _publish(trained.file, out)
        self._say(f"before and after: {trained.sheet}")
        if not here:
            _forget(work)
            self._say(f"the adapter: {file}")
            self._say(
                f"not offered: this site draws with {settings.MODEL_PATH}. Set MODEL_PATH={model} first."
            )
            return
        try:
            with transaction.atomic():
                style.adapter_file = str(file)
                style.save()
                samples.keep(
                    style=style,
                    image=trained.sample,
                    prompt=trained.prompt,
                    seed=trained.seed,
                    model_hash=trained.model_hash,
                    adapter_hash=trained.adapter_hash,
                )
        except BaseException as error:
            file.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise CommandError(f"no style was added: the sample cannot be stored: {error}") from error
            raise
        _forget(work)
        state = "offered to writers" if style.active else "not offered to writers yet"
        self._say(f"style {slug!r} from {trained.pictures} pictures, {state}: {file}")

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _check_numbers(options: dict[str, Any]) -> None:
    for name, (low, high) in LIMITS.items():
        value = options[name]
        if value is not None and not low <= value <= high:
            raise CommandError(f"--{name.replace('_', '-')} goes from {low} to {high}")


def _names(options: dict[str, Any]) -> tuple[str, tuple[str, str], str]:
    """Short name, the names in Korean and English, trigger words."""
    name = options["name"].strip()
    english = (options["name_en"] or name).strip()
    if not name or max(len(name), len(english)) > LONGEST_NAME:
        raise CommandError(f"--name and --name-en take 1 to {LONGEST_NAME} letters")
    said = slugify(english)[:LONGEST_SLUG].strip("-")
    # A name in another script has no letters to make one of; of the same name it is the same every time.
    slug = options["slug"] or said or f"style-{hashlib.sha256(english.encode()).hexdigest()[:6]}"
    if slug != slugify(slug) or len(slug) > LONGEST_SLUG:
        raise CommandError(f"--slug takes a to z, digits and hyphens, {LONGEST_SLUG} at most")
    usual = f"{said.replace('-', ' ')} style" if said else "hand drawn style"
    trigger = usual if options["trigger"] is None else options["trigger"].strip()
    if len(trigger) > LONGEST_TRIGGER:
        raise CommandError(f"--trigger takes {LONGEST_TRIGGER} letters at most")
    return slug, (name, english), trigger


def _check_places(out: Path) -> None:
    """Everything is written at the end of a long training, so it is tried at its beginning."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise CommandError(f"nothing can be written to {out}: {error.strerror}") from error
    try:
        storage.probe()
    except OSError as error:
        raise CommandError(f"no sample can be written to {settings.MEDIA_ROOT}: {error.strerror}") from error


def _last_position() -> int:
    last = Style.objects.order_by("-position").first()
    return last.position + 1 if last else 0


def _recipe(style: Style, model: Path) -> Recipe:
    family = family_of(model)
    return Recipe(
        style.scheduler or family.scheduler,
        style.steps or family.steps,
        style.guidance_scale or family.guidance_scale,
    )


def _words_of(model: Path) -> Callable[[str], str]:
    """Turns what is said of a picture into a caption: in the model's own words where it tells them, and in English."""
    from illustration.scenes import Vocabulary, detect_language, phrases
    from illustration.scenes.vocabulary import STARTER

    path = model / "vocabulary.json"
    vocabulary = Vocabulary.load(path) if path.is_file() else None

    def words_of(text: str) -> str:
        if vocabulary is None and detect_language(text) == "en":
            return text
        found = phrases(loader.read(text=text), vocabulary or STARTER)
        # Without what the reader adds where a text tells nothing: the picture may show anything there.
        said = (phrase for phrase in found if any(each.item.source != "implied" for each in phrase.asked))
        return ", ".join(phrase.text for phrase in said if phrase.text)

    return words_of


def _forget(work: Path) -> None:
    """A finished training needs its checkpoints no more."""
    for checkpoint in work.glob("*.pt"):
        checkpoint.unlink()


def _publish(file: Path, out: Path) -> Path:
    """Copy the adapter to its place under a name of its own, so that the one in use is never written over."""
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:8]
    place = out / f"{file.stem}-{digest}.safetensors"
    half = place.with_suffix(".writing")
    try:
        shutil.copyfile(file, half)
        os.replace(half, place)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise CommandError(f"no style was added: {place} cannot be written: {error.strerror}") from error
    return place
